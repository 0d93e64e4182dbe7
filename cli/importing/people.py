"""Makes sure that the roster knows whom a file of calls names."""

from collections.abc import Sequence
from itertools import islice

import grpc.aio
from muster.roster.v1 import people_pb2, roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.errors import Code, Refusal
from cli.errors import CommandError
from cli.importing.calling import call_patiently
from cli.importing.calls import Agent
from cli.importing.mapping import Mapping

_PAGE_SIZE = 1_000
_AGENTS_PER_CALL = 5_000
# Who is not there at the start is not awaited as one who was and left.
_FIRST_ANSWER_SECONDS = 5.0


async def ensure_people(
    channel: grpc.aio.Channel, mapping: Mapping, agents: Sequence[Agent]
) -> int:
    """Creates the mapping's site, its team and the agents that are missing; returns how many rows.

    What exists stays as it is. Raises CommandError if something is missing that the mapping does
    not create, or an agent belongs to another site.
    """
    roster = RosterServiceStub(channel)
    exists = await _site_exists(roster, mapping)
    known = await _known_agents(roster, mapping.site.id) if exists else frozenset()
    missing = [agent for agent in agents if f"agents/{agent.id}" not in known]
    if mapping.site.display_name is None and (missing or not exists):
        raise _not_created(mapping, missing, exists=exists)
    requests = list(_requests(mapping, missing, with_site=not exists))
    for request in requests:
        await _check_for_others(roster, mapping, request)
    answers = [await call_patiently(roster.ApplyRoster, request) for request in requests]
    return sum(answer.created_count for answer in answers)


async def _site_exists(roster: RosterServiceStub, mapping: Mapping) -> bool:
    request = roster_service_pb2.GetSiteRequest(name=f"sites/{mapping.site.id}")
    try:
        await call_patiently(roster.GetSite, request, patience=_FIRST_ANSWER_SECONDS)
    except Refusal as refusal:
        if refusal.code is Code.NOT_FOUND:
            return False
        raise
    return True


async def _known_agents(roster: RosterServiceStub, site: str) -> frozenset[str]:
    request = roster_service_pb2.ListAgentsRequest(site=f"sites/{site}", page_size=_PAGE_SIZE)
    known: set[str] = set()
    while True:
        answer = await call_patiently(roster.ListAgents, request)
        known.update(agent.name for agent in answer.agents)
        if not answer.next_page_token:
            return frozenset(known)
        request.page_token = answer.next_page_token


def _requests(
    mapping: Mapping, agents: Sequence[Agent], *, with_site: bool
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
                teams=teams,
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
    roster: RosterServiceStub, mapping: Mapping, request: roster_service_pb2.ApplyRosterRequest
) -> None:
    trial = roster_service_pb2.ApplyRosterRequest()
    trial.CopyFrom(request)
    trial.validate_only = True
    answer = await call_patiently(roster.ApplyRoster, trial)
    # None of these agents is at the site, so one who would be changed is at another.
    if answer.updated_count:
        raise CommandError(
            f"{answer.updated_count} of the file's agents belong to another site than "
            f"{mapping.site.id}: give them other ids, by a prefix in agent.id of the mapping"
        )


def _not_created(mapping: Mapping, missing: Sequence[Agent], *, exists: bool) -> CommandError:
    if not exists:
        what = f"there is no site {mapping.site.id}"
    else:
        named = ", ".join(agent.id for agent in missing[:5])
        what = f"the site {mapping.site.id} lacks {len(missing)} agents of the file ({named}, ...)"
    return CommandError(
        f"{what}: import the roster first, or give site.display_name in the mapping to create them"
    )
