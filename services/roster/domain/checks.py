"""What is wrong with a roster that somebody wants to have applied."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from services.roster.domain.catalogue import Catalogue
from services.roster.domain.localtime import is_time_zone
from services.roster.domain.people import (
    Agent,
    Line,
    People,
    Site,
    SiteName,
    Skill,
    Team,
    TeamName,
    is_name,
)

MOST_SITES, MOST_LINES, MOST_TEAMS, MOST_SKILLS, MOST_AGENTS = 1_000, 500, 5_000, 2_000, 10_000
MOST_LEADS = 20
DISPLAY_ORDERS = range(10_000)
YEARS = range(1970, 2200)
LONGEST_LABEL = 200

MayChange = Callable[[SiteName], bool]

_Row = TypeVar("_Row", Site, Line, Team, Skill, Agent)


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be applied: its field, such as `agents[3].team`, and what is wrong."""

    field: str
    description: str


def check_sizes(requested: People) -> tuple[Fault, ...]:
    """Returns the lists that are longer than one call may bring."""
    sizes = (
        ("sites", len(requested.sites), MOST_SITES),
        ("lines", len(requested.lines), MOST_LINES),
        ("teams", len(requested.teams), MOST_TEAMS),
        ("skills", len(requested.skills), MOST_SKILLS),
        ("agents", len(requested.agents), MOST_AGENTS),
    )
    return tuple(
        Fault(field, f"has {count} rows; at most {most} in one call")
        for field, count, most in sizes
        if count > most
    )


def check_people(
    requested: People, known: People, may_change: MayChange, *, may_change_all: bool
) -> tuple[Fault, ...]:
    """Returns the first fault of each faulty row, in the order of the request.

    `known` holds what exists of everything that the request names; `may_change` tells whether the
    caller may change a site and who belongs to it, `may_change_all` whether what belongs to none.
    """
    check = _Check(requested, known, may_change, may_change_all=may_change_all)
    return tuple(check.faults())


class _Check:
    """The checks of one request, with what they look up."""

    def __init__(
        self, requested: People, known: People, may_change: MayChange, *, may_change_all: bool
    ) -> None:
        self._requested = requested
        self._may_change = may_change
        self._catalogue = Catalogue(requested, known, may_change=may_change_all)
        self._sites = {site.name for site in (*known.sites, *requested.sites)}
        # What exists counts: a team stays at its site.
        self._team_sites = {team.name: team.site for team in (*requested.teams, *known.teams)}
        # Who leads already stays, also when the request does not bring her.
        self._leads = {team.name: team.leads for team in known.teams}
        self._agent_sites = {agent.name: agent.site for agent in known.agents}
        self._sites_to_be = self._agent_sites | {a.name: a.site for a in requested.agents}

    def faults(self) -> Iterator[Fault]:
        yield from _check_rows("sites", self._requested.sites, self._check_site)
        yield from _check_rows("lines", self._requested.lines, self._catalogue.check_row)
        yield from _check_rows("teams", self._requested.teams, self._check_team)
        yield from _check_rows("skills", self._requested.skills, self._catalogue.check_row)
        yield from _check_rows("agents", self._requested.agents, self._check_agent)

    def _check_site(self, site: Site) -> Iterator[tuple[str, str]]:
        yield from _check_label(site)
        if not is_time_zone(site.time_zone):
            yield "time_zone", "is no IANA time zone; write for example Asia/Jerusalem"
        if site.display_order not in DISPLAY_ORDERS:
            yield "display_order", f"must be 0 to {DISPLAY_ORDERS[-1]}"
        if not self._may_change(site.name):
            yield "name", "is a site that you may not change"

    def _check_team(self, team: Team) -> Iterator[tuple[str, str]]:
        yield from _check_label(team)
        yield from self._check_belonging(team.site)
        if self._team_sites[team.name] != team.site:
            yield "site", f"differs from {self._site_told(team.name)}, where the team stays"
        yield from self._catalogue.check_line(team)
        if len(team.leads) > MOST_LEADS:
            yield "leads", f"has {len(team.leads)} agents; at most {MOST_LEADS}"
        for lead in set(team.leads).difference(self._leads.get(team.name, ())):
            if self._sites_to_be.get(lead) != team.site:
                yield "leads", f"names {lead!r}, who is no agent of {team.site}"

    def _check_agent(self, agent: Agent) -> Iterator[tuple[str, str]]:
        yield from _check_label(agent)
        yield from self._check_belonging(agent.site)
        if not self._may_change(self._agent_sites.get(agent.name, agent.site)):
            yield "name", "belongs to a site that you may not change"
        if agent.team is not None:
            yield from self._check_membership(agent)
        yield from self._catalogue.check_skills(agent)
        if agent.end_date is not None and agent.end_date.year not in YEARS:
            yield "end_date", f"must lie in the years {YEARS[0]} to {YEARS[-1]}"

    def _check_belonging(self, site: SiteName) -> Iterator[tuple[str, str]]:
        if site not in self._sites:
            yield "site", f"names {site!r}, which neither exists nor is in the request"
        elif not self._may_change(site):
            yield "site", "is a site that you may not change"

    def _check_membership(self, agent: Agent) -> Iterator[tuple[str, str]]:
        if agent.team not in self._team_sites:
            yield "team", f"names {agent.team!r}, which neither exists nor is in the request"
        elif self._team_sites[agent.team] != agent.site:
            yield "team", f"names a team of {self._site_told(agent.team)}, not of {agent.site}"

    def _site_told(self, team: TeamName) -> str:
        """A team's site for the ears of the caller, who may have to do with other sites only."""
        site = self._team_sites[team]
        return site if self._may_change(site) else "another site"


def _check_rows(
    collection: str, rows: Sequence[_Row], check: Callable[[_Row], Iterator[tuple[str, str]]]
) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, row in enumerate(rows):
        fault = next(_faults_of(row, collection, seen, check), None)
        if fault is not None:
            field, description = fault
            yield Fault(f"{collection}[{index}].{field}", description)
        seen.add(row.name)


def _faults_of(
    row: _Row, collection: str, seen: set[str], check: Callable[[_Row], Iterator[tuple[str, str]]]
) -> Iterator[tuple[str, str]]:
    if not is_name(row.name, collection):
        yield "name", f"is no name such as {collection}/my-id, the id of [a-z0-9-]{{1,63}}"
    if row.name in seen:
        yield "name", "comes twice in the request"
    yield from check(row)


def _check_label(row: Site | Team | Agent) -> Iterator[tuple[str, str]]:
    if not 1 <= len(row.display_name) <= LONGEST_LABEL or not row.display_name.isprintable():
        yield "display_name", f"must have 1 to {LONGEST_LABEL} printable characters"
