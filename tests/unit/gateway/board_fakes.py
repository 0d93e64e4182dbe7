"""Stands for who is asked for a board: roster and presence of a few sites, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.scope import EVERYTHING, Scope
from gateway.app.board import BoardBackends, ReadBoard
from gateway.app.board_people import Viewer
from gateway.app.board_ports import People, Plan
from gateway.app.board_span import BoardSpan
from gateway.app.parts import Parts
from gateway.domain.board_rows import person_key
from gateway.domain.heatmap import Coverage, Label, Person, Place, Site
from gateway.domain.protection import RULE_SETS, STRICT, Rules
from gateway.domain.timelines import LENGTH_BYTES, Look, Timelines, pack_numbers

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
BANK = Site("sites/bank", "Bank", "Europe/Madrid")
PORTO = Site("sites/porto", "Porto", "Europe/Lisbon")
ONLINE, BUSY, BREAK, OFFLINE = 1, 2, 4, 5
COULD_TAKE_MORE = Look(BUSY, capacity_left=True)
EVERYBODY = Viewer(EVERYTHING, EVERYTHING)
LONG_AGO = datetime(2026, 8, 1, tzinfo=UTC)
Stretches = Sequence[tuple[int | Look, int]]
"""States or looks with the seconds that they hold; the last one holds on."""


def a_person(name: str, display_name: str = "", **fields: object) -> Person:
    """Returns an agent of the bank by her id."""
    return Person(
        f"agents/{name}",
        display_name or name.title(),
        **{"team": "", "site": BANK.name, **fields},  # type: ignore[arg-type]  # what a test gives
    )


def timelines_of(
    told: Mapping[str, Stretches], start: datetime, end: datetime, site: str = BANK.name
) -> Timelines:
    """Returns timelines of agents by id, in whole seconds, as presence would tell them."""
    start_ms, end_ms = (int(instant.timestamp() * 1000) for instant in (start, end))
    lengths, seen, counts, last = [], [], [], []
    for name in sorted(told):
        cut = _cut(told[name], (end_ms - start_ms) // 1000)
        lengths += [seconds for _, seconds in cut]
        seen += [one if isinstance(one, Look) else Look(one) for one, _ in cut]
        counts.append(len(cut))
        last.append(end_ms - cut[-1][1] * 1000)
    looks = sorted(set(seen))
    return Timelines(
        places=(Place(site, 1, 7),),
        start_ms=start_ms,
        end_ms=end_ms,
        agents=tuple(f"agents/{name}" for name in sorted(told)),
        counts=np.array(counts, np.int64),
        last_changes_ms=np.array(last, np.int64),
        unit_ms=1000,
        lengths_packed=pack_numbers(np.array(lengths, np.int64), LENGTH_BYTES),
        looks=tuple(looks),
        look_indexes_packed=pack_numbers(np.array([looks.index(one) for one in seen], np.int64), 1),
    )


def _cut(stretches: Stretches, span: int) -> list[tuple[int | Look, int]]:
    """Returns the stretches within a span of seconds, the last one filling it."""
    cut: list[tuple[int | Look, int]] = []
    left = span
    for state, seconds in stretches[:-1]:
        held = min(seconds, left)
        if held > 0:
            cut.append((state, held))
            left -= held
    return [*cut, (stretches[-1][0], left)] if left else cut


@dataclass
class FakeSites:
    """Sites that the caller may see."""

    sites: Sequence[Site] = (BANK,)
    failure: Refusal | None = None

    async def get_site(self, name: str) -> Site:
        if self.failure:
            raise self.failure
        for site in self.sites:
            if site.name == name:
                return site
        raise Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "there is no such site")

    async def find_sites(self) -> Sequence[Site]:
        return self.sites


@dataclass
class FakeRoster:
    """People of sites, and what is planned for them."""

    people: Sequence[Person] = ()
    labels: Mapping[str, Label] = field(default_factory=dict)
    plan: Plan = field(default_factory=dict)
    plan_failure: Refusal | None = None

    async def people_of(self, sites: Sequence[str]) -> People:
        found = sorted((one for one in self.people if one.site in sites), key=person_key)
        return People(found, [Place(site, 1, 3) for site in sites], self.labels)

    async def find_person(self, agent: str) -> Person | None:
        return next((one for one in self.people if one.agent == agent), None)

    async def labels_of(self, site: str) -> Mapping[str, Label]:
        return self.labels

    async def shifts_of(self, place: Place, span: BoardSpan) -> Plan:
        if self.plan_failure:
            raise self.plan_failure
        wanted = {one.agent for one in self.people if one.site == place.site}
        return {agent: shifts for agent, shifts in self.plan.items() if agent in wanted}


@dataclass
class FakePresence:
    """Presence that tells what it is given; notes the spans that it was asked for."""

    told: Mapping[str, Stretches] = field(default_factory=dict)
    site_of: Mapping[str, str] = field(default_factory=dict)
    coverage: Coverage = field(default_factory=lambda: Coverage(LONG_AGO, MORNING))
    coverage_failure: Refusal | None = None
    timelines_failure: Refusal | None = None
    asked: list[tuple[datetime, datetime]] = field(default_factory=list)

    async def get_coverage(self, site: str) -> Coverage:
        if self.coverage_failure:
            raise self.coverage_failure
        return self.coverage

    async def get_timelines(self, site: str, start: datetime, end: datetime) -> Timelines:
        self.asked.append((start, end))
        if self.timelines_failure:
            raise self.timelines_failure
        own = {
            name: stretches
            for name, stretches in self.told.items()
            if self.site_of.get(name, BANK.name) == site
        }
        return timelines_of(own, start, end, site)


@dataclass
class FakePolicies:
    """Presence's policies: how many milliseconds a break may last, by its reason."""

    limits: Mapping[str, int] = field(default_factory=dict)
    failure: Refusal | None = None

    async def break_limits_ms(self, _site: str) -> Mapping[str, int]:
        if self.failure:
            raise self.failure
        return self.limits


@dataclass
class BoardDesk:
    """Everything behind the board, to be set up as a test needs it."""

    sites: FakeSites = field(default_factory=FakeSites)
    roster: FakeRoster = field(default_factory=FakeRoster)
    presence: FakePresence = field(default_factory=FakePresence)
    policies: FakePolicies = field(default_factory=FakePolicies)
    rules: Rules = RULE_SETS[STRICT]
    clock: ManualClock = field(default_factory=lambda: ManualClock(MORNING))

    @property
    def backends(self) -> BoardBackends:
        """Who is asked."""
        return BoardBackends(
            self.sites, self.roster, self.roster, self.presence, self.policies, self._rules_of
        )

    def read_board(self) -> ReadBoard:
        """The use case."""
        return ReadBoard(self.backends, Parts(self.clock), self.clock)

    async def _rules_of(self, site: str) -> Rules:
        return self.rules


def sees(*agents: str, history: Sequence[str] = ()) -> Viewer:
    """Returns a viewer who sees agents by id, and the past of some of them."""
    return Viewer(
        Scope(frozenset(), frozenset(f"agents/{one}" for one in agents)),
        Scope(frozenset(), frozenset(f"agents/{one}" for one in history)),
    )


DAY = timedelta(days=1)
