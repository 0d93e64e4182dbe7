"""Random histories in a real store: what is kept and read is what the definition says."""

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chassis.clock import ManualClock
from chassis.database import Database
from chassis.telemetry import silent_telemetry
from services.presence.app.ports import Span
from services.presence.bus.encoding import encode_link
from services.presence.domain.agent_state import replay
from services.presence.domain.columns import IntervalColumns
from services.presence.domain.entry import Entry, Place, microseconds_of
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import EntryKind, State
from services.presence.domain.timeline import fold_timelines
from services.presence.store.entry_reader import Reading, read_site_entries
from services.presence.store.packing import unpack_tracks
from services.presence.store.state_log import PostgresStateLog
from services.presence.telemetry import PresenceTelemetry
from tests.component.conftest import OpenDatabase
from tests.unit.presence.builders import MORNING, an_entry
from tests.unit.presence.columns import REASONS, fold
from tests.unit.presence.histories import histories

START, END = MORNING + timedelta(seconds=4), MORNING + timedelta(seconds=15)
RULES = PrecedenceHistory()
Told = list[tuple[object, ...]]
NOBODY_KNOWS: Told = [(0, State.UNOBSERVED, "", 0, 0, "", 0)]


@st.composite
def recordings(draw: st.DrawFn) -> list[list[Entry]]:
    """A history in commits of a few entries."""
    history = draw(histories())
    chance = random.Random(draw(st.integers(0, 99)))
    commits: list[list[Entry]] = []
    while history:
        size = chance.randint(1, 6)
        commits.append(history[:size])
        history = history[size:]
    return commits


class Store:
    """A log of an agent of its own for each example, as two replicas write it in turns."""

    def __init__(self, database: Database, number: int) -> None:
        self._database = database
        self.agent, self.site = f"agents/ana-{number}", f"bank-{number}"
        self._clock = ManualClock(MORNING + timedelta(hours=1))
        telemetry = PresenceTelemetry(silent_telemetry())
        self._replicas = [
            PostgresStateLog(database, self._clock, telemetry, encode_link) for _ in range(2)
        ]

    async def record(self, commits: Sequence[Sequence[Entry]]) -> list[datetime]:
        """Records commits a second after each other, and tells when."""
        times = []
        for number, commit in enumerate(commits):
            own = [entry._replace(agent=self.agent if entry.agent else "") for entry in commit]
            await self._replicas[number % 2].record(self.site, own)
            times.append(self._clock.now())
            self._clock.advance(timedelta(seconds=1))
        return times

    async def read_agents(self, agents: Sequence[str]) -> dict[str, Told]:
        """The timelines of agents of the site who have one, read together."""
        async with self._database.connection() as connection:
            reading = Reading(self.site, agents, Span(START, END))
            read = await read_site_entries(connection, Place(self.site, 1, 0), reading, RULES)
        folded = fold_timelines(
            read.columns, read.spans, read.rules, microseconds_of(START), microseconds_of(END)
        )
        intervals = iter(told(folded, read.reasons))
        counts = folded.interval_counts.tolist()
        return {
            agent: [next(intervals) for _ in range(count)]
            for agent, count in zip(read.agents, counts, strict=True)
            if count
        }

    async def read(self, known_at: datetime | None = None) -> Told:
        """The timeline of the agent as the store tells it."""
        async with self._database.connection() as connection:
            reading = Reading(self.site, [self.agent], Span(START, END), known_at)
            place = Place(self.site, 1, 0)
            read = await read_site_entries(connection, place, reading, RULES)
        span_us = microseconds_of(START), microseconds_of(END)
        folded = fold_timelines(read.columns, read.spans, read.rules, *span_us)
        # Who has no entry up to the end of the span is left out.
        return told(folded, read.reasons) or NOBODY_KNOWS

    async def kept(self) -> tuple[object, ...] | None:
        """What is kept of the agent."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(
                "SELECT state, reason, activity, marks, contacts,"
                " state = 2 AND load_count < capacity_count,"
                " since_time, tracks"
                " FROM agent_state WHERE agent = %s",
                (self.agent,),
            )
            row = await cursor.fetchone()
        if row is None:
            return None
        *look, contacts, has_left, since_time, packed = row
        tracks, _ = unpack_tracks(self.agent, packed)
        orders = sorted(entry.order for entry in tracks)
        return (*look, tuple(contacts), has_left, since_time, orders)


def told(folded: IntervalColumns, reasons: Sequence[str]) -> Told:
    """Start, state, reason, activity, marks, contacts and whether capacity was left, of each
    interval.
    """
    columns = (
        folded.start_offsets_ms,
        folded.states,
        folded.reason_indexes,
        folded.activities,
        folded.marks,
        folded.contact_indexes,
        folded.capacity_left,
    )
    return [
        (start, state, reasons[reason], activity, marks, folded.contacts[held], left)
        for start, state, reason, activity, marks, held, left in zip(
            *(column.tolist() for column in columns), strict=True
        )
    ]


def defined(history: Sequence[Entry]) -> Told:
    """The timeline of entries in the order of their recording."""
    if not any(entry.agent and entry.kind is not EntryKind.ACCEPTANCE for entry in history):
        # An acceptance without the entry that it accepts tells of nobody; nobody can record one.
        return NOBODY_KNOWS
    return told(fold(history, START, END), REASONS) or NOBODY_KNOWS


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(commits=recordings(), known=st.integers(0, 10))
async def test_what_is_stored_is_what_the_definition_says(
    commits: list[list[Entry]], known: int, opened: Database, numbers: Iterator[int]
) -> None:
    store = Store(opened, next(numbers))

    times = await store.record(commits)

    history = [entry for commit in commits for entry in commit]
    assert await store.read() == defined(history)
    then = [entry for commit in commits[: known + 1] for entry in commit]
    if commits:
        known_at = times[min(known, len(times) - 1)]
        assert await store.read(known_at) == defined(then)
    state = replay(history, RULES)
    if state.tracks:
        orders = sorted(entry.order for entry in state.tracks)
        assert await store.kept() == (*state.look, state.since_time, orders)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(history=st.lists(recordings(), min_size=2, max_size=4), order=st.randoms())
async def test_agents_who_are_read_together_are_what_each_is_alone(
    history: list[list[list[Entry]]],
    order: random.Random,
    opened: Database,
    numbers: Iterator[int],
) -> None:
    store = Store(opened, next(numbers))
    agents = [f"{store.agent}-{number}" for number in range(len(history))]
    commits = [
        (agent, commit) for agent, own in zip(agents, history, strict=True) for commit in own
    ]
    order.shuffle(commits)
    for agent, commit in commits:
        store.agent = agent
        await store.record([commit])

    together = await store.read_agents(agents)

    alone = [await store.read_agents([agent]) for agent in agents]
    assert together == {agent: told for each in alone for agent, told in each.items()}


@pytest.fixture
async def opened(database: OpenDatabase) -> Database:
    return await database("presence")


@pytest.fixture
def numbers() -> Iterator[int]:
    return count()


async def test_who_moves_to_another_site_and_back_keeps_all_her_tracks(opened: Database) -> None:
    bank, shop = Store(opened, 1), Store(opened, 2)
    shop.agent = bank.agent
    said = [
        an_entry(
            state=State.BREAK,
            source=source,
            event_id=source,
            occurred_time=MORNING + timedelta(seconds=second),
        )
        for second, source in enumerate(("pbx", "chat", "mail"))
    ]

    await bank.record([said[:1]])
    await shop.record([said[1:2]])
    # The first replica's copy of the bank knows nothing of the shop's commit.
    await bank.record([said[2:]])

    told_now = replay(said, RULES)
    assert await bank.kept() == (
        *told_now.look,
        told_now.since_time,
        [entry.order for entry in said],
    )
