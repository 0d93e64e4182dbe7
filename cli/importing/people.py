"""Makes sure that the roster knows whom a file of calls names."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from itertools import islice
from typing import Any, Protocol

import grpc.aio
from google.type import date_pb2
from muster.roster.v1 import people_pb2, roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.errors import Code, Refusal
from cli.errors import CommandError
from cli.importing.calling import call_patiently
from cli.importing.calls import Agent
from cli.importing.mapping import SiteRule, TeamRule
from cli.importing.protection import choose_profile

_PAGE_SIZE = 1_000
# A file may tell of people who left since.
_EVER = date_pb2.Date(year=1970, month=1, day=1)
_AGENTS_PER_CALL = 5_000
# Who is not there at the start is not awaited as one who was and left.
_FIRST_ANSWER_SECONDS = 5.0


class Place(Protocol):
    """Where the people of a file belong, as a mapping says it."""

    @property
    def site(self) -> SiteRule:
        """Returns the site of all."""

    @property
    def team(self) -> TeamRule | None:
        """Returns the team that those who are created join."""

    @property
    def time_zone(self) -> str:
        """Returns the zone of a site that is created."""


async def ensure_people(channel: grpc.aio.Channel, mapping: Place, agents: Sequence[Agent]) -> int:
    """Creates the mapping's site, its team and the agents that are missing; returns how many rows.

    What exists stays as it is. Raises CommandError if something is missing that the mapping does
    not create, or an agent belongs to another site.
    """
    roster = RosterServiceStub(channel)
    exists = await _site_exists(roster, mapping)
    known = await _known_names(roster, mapping.site.id) if exists else frozenset()
    missing = [agent for agent in agents if f"agents/{agent.id}" not in known]
    if mapping.site.display_name is None and (missing or not exists):
        raise _not_created(mapping, missing, exists=exists)
    with_team = mapping.team is not None and f"teams/{mapping.team.id}" not in known
    requests = _requests(mapping, missing, with_site=not exists, with_team=with_team)
    for request in requests:
        await _check_for_others(roster, mapping, request)
    answers = [await call_patiently(roster.ApplyRoster, request) for request in requests]
    if not exists and mapping.site.protection is not None:
        await choose_profile(channel, mapping.site.id, mapping.site.protection)
    return sum(answer.created_count for answer in answers)


async def _site_exists(roster: RosterServiceStub, mapping: Place) -> bool:
    request = roster_service_pb2.GetSiteRequest(name=f"sites/{mapping.site.id}")
    try:
        await call_patiently(roster.GetSite, request, patience=_FIRST_ANSWER_SECONDS)
    except Refusal as refusal:
        if refusal.code is Code.NOT_FOUND:
            return False
        raise
    return True


async def _known_names(roster: RosterServiceStub, site: str) -> frozenset[str]:
    """Returns the names of a site's teams and agents."""
    known: set[str] = set()
    teams = roster_service_pb2.ListTeamsRequest(site=f"sites/{site}", page_size=_PAGE_SIZE)
    async for team_page in _pages(roster.ListTeams, teams):
        known.update(team.name for team in team_page.teams)
    agents = roster_service_pb2.ListAgentsRequest(
        site=f"sites/{site}", page_size=_PAGE_SIZE, start_date=_EVER
    )
    async for agent_page in _pages(roster.ListAgents, agents):
        known.update(agent.name for agent in agent_page.agents)
    return frozenset(known)


async def _pages(method: Callable[..., Awaitable[Any]], request: Any) -> AsyncIterator[Any]:
    while True:
        page = await call_patiently(method, request)
        yield page
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token


def _requests(
    mapping: Place, agents: Sequence[Agent], *, with_site: bool, with_team: bool
) -> list[roster_service_pb2.ApplyRosterRequest]:
    site = f"sites/{mapping.site.id}"
    team = f"teams/{mapping.team.id}" if mapping.team else ""
    sites = [
        people_pb2.Site(
            name=site, display_name=mapping.site.display_name or "", time_zone=mapping.time_zone
        )
    ]
    teams = (
        [people_pb2.Team(name=team, display_name=mapping.team.display_name, site=site)]
        if mapping.team
        else []
    )
    rows = iter(agents)
    requests = []
    while part := list(islice(rows, _AGENTS_PER_CALL)):
        requests.append(
            roster_service_pb2.ApplyRosterRequest(
                sites=sites if with_site else [],
                teams=teams if with_team else [],
                agents=[
                    people_pb2.Agent(
                        name=f"agents/{agent.id}",
                        display_name=agent.display_name,
                        site=site,
                        team=team,
                    )
                    for agent in part
                ],
            )
        )
    return requests


async def _check_for_others(
    roster: RosterServiceStub, mapping: Place, request: roster_service_pb2.ApplyRosterRequest
) -> None:
    trial = roster_service_pb2.ApplyRosterRequest()
    trial.CopyFrom(request)
    trial.validate_only = True
    answer = await call_patiently(roster.ApplyRoster, trial)
    # None of these agents is at the site, so one who would be changed is at another.
    if answer.updated_count:
        raise CommandError(
            f"{answer.updated_count} of the file's agents belong to another site than "
            f"{mapping.site.id}: give them other ids, by a prefix in agent.id of the mapping or by "
            "--alias"
        )


def _not_created(mapping: Place, missing: Sequence[Agent], *, exists: bool) -> CommandError:
    if not exists:
        what = f"there is no site {mapping.site.id}"
    else:
        named = ", ".join(agent.id for agent in missing[:5])
        what = f"the site {mapping.site.id} lacks {len(missing)} agents of the file ({named}, ...)"
    return CommandError(
        f"{what}: import the roster first, or give site.display_name in the mapping, or "
        "--site-name, to create them"
    )
