"""One agent's day: what presence, roster and dispatch tell of it, asked at once."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Protocol

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.board_people import Viewer
from gateway.app.board_ports import Roster, Sites
from gateway.app.board_span import BoardSpan, WantedSpan, choose_span
from gateway.app.parts import MissingPart, Part, Parts
from gateway.domain.heatmap import Coverage, Label, Person, Site
from gateway.domain.state_times import Interval, StateTime, state_times


class AgentTimeline(NamedTuple):
    """The intervals of an agent up to what has passed of the span, and the whole as presence packed
    it, unread here.
    """

    intervals: Sequence[Interval]
    packed: bytes


class AgentParts(Protocol):
    """What the owners know of one agent over a span, asked in the name of the present caller.

    Packed answers are passed on unread. Each refuses as its owner does.
    """

    async def timeline(self, agent: str, start: datetime, end: datetime) -> AgentTimeline: ...

    async def log(self, agent: str, start: datetime, end: datetime) -> bytes: ...

    async def shifts(
        self, site: str, agent: str, start: datetime, end: datetime
    ) -> Sequence[bytes]: ...

    async def contacts(self, agent: str, start: datetime, end: datetime) -> bytes: ...


@dataclass(frozen=True, slots=True)
class AgentDay:
    """An agent's day; a part that is None is told among the missing ones."""

    person: Person
    site: Site
    labels: Mapping[str, Label]
    span: BoardSpan
    passed_time: datetime
    timeline: AgentTimeline | None
    state_times: Sequence[StateTime]
    log: bytes | None
    shifts: Sequence[bytes]
    contacts: bytes | None
    missing: Sequence[MissingPart]
    read_time: datetime


class ReadAgentDay:
    """Reads one agent's day in one call. Only roster must answer, for who she is."""

    def __init__(
        self, sites: Sites, roster: Roster, owners: AgentParts, parts: Parts, clock: Clock
    ) -> None:
        self._sites = sites
        self._roster = roster
        self._owners = owners
        self._parts = parts
        self._clock = clock

    async def __call__(self, agent: str, wanted: WantedSpan, viewer: Viewer) -> AgentDay:
        """Returns the day. NOT_FOUND for an agent whom the viewer does not see over it."""
        now = self._clock.now()
        person = await self._roster.find_person(agent)
        if person is None or not _sees(viewer, person, now, now):
            raise _unknown_agent(agent)
        site = await self._sites.get_site(person.site)
        span = choose_span(wanted, site, Coverage(None, None), now).span
        if not _sees(viewer, person, span.start_time, now):
            raise _unknown_agent(agent)
        labels = await self._roster.labels_of(site.name)
        told = await self._ask(person, span)
        passed = _passed(told.timeline.value, span, now)
        times = _times(told.timeline.value, passed)
        return AgentDay(
            person,
            site,
            {site.name: Label(site.name, site.display_name), **labels},
            span,
            passed,
            told.timeline.value,
            times,
            told.log.value,
            told.shifts.value or (),
            told.contacts.value,
            [part.missing for part in told if part.missing],
            now,
        )

    async def _ask(self, person: Person, span: BoardSpan) -> "_Told":
        agent, start, end = person.agent, span.start_time, span.end_time
        fetch, owners = self._parts.fetch_permitted, self._owners
        return _Told(
            *await asyncio.gather(
                fetch("timeline", owners.timeline(agent, start, end)),
                fetch("log", owners.log(agent, start, end)),
                fetch("shifts", owners.shifts(person.site, agent, start, end)),
                fetch("contacts", owners.contacts(agent, start, end)),
            )
        )


class _Told(NamedTuple):
    timeline: Part[AgentTimeline]
    log: Part[bytes]
    shifts: Part[Sequence[bytes]]
    contacts: Part[bytes]


def _passed(timeline: AgentTimeline | None, span: BoardSpan, now: datetime) -> datetime:
    """Returns how far the span has passed; where presence's clock is behind, how far it tells."""
    passed = max(span.start_time, min(now, span.end_time))
    if timeline is None:
        return passed
    if not timeline.intervals:
        return span.start_time
    return min(passed, datetime.fromtimestamp(timeline.intervals[-1].end_ms / 1000, UTC))


def _times(timeline: AgentTimeline | None, passed: datetime) -> Sequence[StateTime]:
    if timeline is None:
        return ()
    return state_times(timeline.intervals, int(passed.timestamp() * 1000))


def _sees(viewer: Viewer, person: Person, start: datetime, now: datetime) -> bool:
    return viewer.scope_at(start, now).sees_agent(person.agent, person.site, person.team)


def _unknown_agent(agent: str) -> Refusal:
    return Refusal(
        Code.NOT_FOUND,
        "UNKNOWN_AGENT",
        f"{agent} does not exist or is not yours to see",
        metadata={"agent": agent},
    )
