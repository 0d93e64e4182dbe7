"""The use cases of reading timelines: of a site or of one agent, now or as known in the past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chassis.errors import FieldViolation, invalid_fields
from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.site_days import SiteDays
from services.presence.app.timeline_ports import EntryReference, Folded, SiteSnapshots
from services.presence.domain.entry import FIRST_EPOCH, Place
from services.presence.domain.site_timelines import SiteTimelines, no_timelines

MOST_KNOWN_THEN = 500
"""How many agents can be read as known at a past instant."""
# Who asks for less than this part of a site does not make a replica fold and keep the whole of it.
_PART_OF_SITE = 4


@dataclass(frozen=True, slots=True)
class Selection:
    """Whom of a site a caller wants to see; nothing given means everybody."""

    site: str
    agents: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """Timelines and the place in the site's order at which they were read."""

    place: Place
    timelines: SiteTimelines


@dataclass(frozen=True, slots=True, eq=False)
class AgentRead:
    """One agent's timeline, and of each interval the entry whose word it shows."""

    place: Place
    folded: Folded
    entries: Sequence[EntryReference | None]


class ReadTimelines:
    """Reads what the caller may see; what she may not see is as if it did not exist."""

    def __init__(self, directory: AgentDirectory, snapshots: SiteSnapshots, days: SiteDays) -> None:
        self._directory = directory
        self._snapshots = snapshots
        self._days = days

    async def of_site(
        self, wanted: Selection, span_ms: range, scope: Scope, known_by: datetime | None = None
    ) -> Read:
        """Returns the timelines of the visible agents who belong to the site now, of what was
        recorded at the site; whoever has no entry there is UNOBSERVED.
        """
        agents = select_agents(self._directory, wanted, scope)
        if not agents:
            return await self._nobody(wanted.site, span_ms, scope)
        if known_by is not None:
            _ensure_few(len(agents))
        of_site = len(self._directory.agents_of(wanted.site))
        if known_by is None and len(agents) * _PART_OF_SITE >= of_site:
            return Read(*await self._days.read(wanted.site, agents, span_ms))
        async with self._snapshots.open(wanted.site) as snapshot:
            folded = await snapshot.fold(agents, span_ms, known_by, frozenset({wanted.site}))
        return Read(snapshot.place, folded.timelines.completed(agents))

    async def of_agent(
        self, agent: str, span_ms: range, scope: Scope, known_by: datetime | None
    ) -> AgentRead:
        """Returns one agent's timeline, of what was recorded at the sites that the caller sees.

        Raises NOT_FOUND/UNKNOWN_AGENT also for an agent whom the caller may not see.
        """
        site = await self._directory.find_visible_site(agent, scope)
        sites = self._directory.sites_seen(agent, scope)
        async with self._snapshots.open(site) as snapshot:
            folded = await snapshot.fold([agent], span_ms, known_by, sites)
            words = folded.words
            said = {word for word in words if word is not None}
            entries = await snapshot.find_entries(agent, said, known_by)
        told = [None if word is None else entries.get(word) for word in words]
        return AgentRead(snapshot.place, folded, told)

    async def _nobody(self, site: str, span_ms: range, scope: Scope) -> Read:
        none = no_timelines(span_ms.start, span_ms.stop)
        if not scope.sees_site(f"sites/{site}"):
            return Read(Place(site, FIRST_EPOCH, 0), none)
        async with self._snapshots.open(site) as snapshot:
            return Read(snapshot.place, none)


def select_agents(directory: AgentDirectory, wanted: Selection, scope: Scope) -> tuple[str, ...]:
    """Returns the agents whom a selection means and the caller may see, in name order."""
    agents = directory.agents_of(wanted.site)
    if scope.sees_site(f"sites/{wanted.site}") and not (wanted.agents or wanted.teams):
        return agents
    return tuple(
        agent
        for agent in agents
        if (not wanted.agents or agent in wanted.agents)
        and (not wanted.teams or directory.team_of(agent) in wanted.teams)
        and directory.sees(agent, scope)
    )


def _ensure_few(agent_count: int) -> None:
    if agent_count > MOST_KNOWN_THEN:
        raise invalid_fields(
            [
                FieldViolation(
                    "as_known_at_time",
                    f"is for at most {MOST_KNOWN_THEN} agents at once and these are {agent_count};"
                    " name some of them in `agents` or `teams`",
                )
            ]
        )
