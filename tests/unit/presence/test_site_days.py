"""What is kept of days always says what the log says."""

import asyncio

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.presence.app.site_days import SiteDays
from services.presence.domain.agent_day import DAY_MS
from services.presence.domain.looks import Look
from tests.unit.presence.snapshots import SITE, FakeLog
from tests.unit.presence.timelines import DAY_START, intervals_of, looks

ANA, BOB = "agents/ana", "agents/bob"
ONLINE, BUSY = Look(1, 0, 0, ""), Look(2, 0, 0, "")
FIRST_DAY = DAY_START - DAY_MS
TODAY = range(DAY_START, DAY_START + DAY_MS)
names = st.sampled_from(["ana", "bob", "eve"])


class Histories(RuleBasedStateMachine):
    """Changes come in any order, days end, replicas start anew; each reading is the fold."""

    @initialize()
    def begin(self) -> None:
        self.log = FakeLog(DAY_START + 1)
        self.days = SiteDays(self.log)

    @rule(agent=names, back_ms=st.integers(0, 2 * DAY_MS), look=looks)
    def somebody_changes(self, agent: str, back_ms: int, look: Look) -> None:
        # No two entries at midnight sharp, where two equal ones stay apart.
        self.log.record(agent, (self.log.now_ms - back_ms) | 1, look)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.log.now_ms += hours * 3_600_000

    @rule()
    def a_replica_starts(self) -> None:
        self.days = SiteDays(self.log)

    @rule()
    def the_outbox_was_pruned(self) -> None:
        self.log.forgotten = True
        self.somebody_reads({"ana", "bob", "eve"}, -DAY_MS, 2 * DAY_MS)
        self.log.forgotten = False

    @rule(
        who=st.sets(names, min_size=1),
        start=st.integers(-DAY_MS, DAY_MS),
        length=st.integers(1, 2 * DAY_MS),
    )
    def somebody_reads(self, who: set[str], start: int, length: int) -> None:
        agents = tuple(sorted(f"agents/{name}" for name in who))
        span_ms = range(DAY_START + start, DAY_START + start + length)

        place, told = asyncio.run(self.days.read(SITE, agents, span_ms))

        assert intervals_of(told) == intervals_of(self.log.whole_truth(agents, span_ms))
        assert place == self.log.place

    @invariant()
    def the_order_is_total(self) -> None:
        assert len(self.log.changes) == self.log.place.seq


Histories.TestCase.settings = settings(max_examples=25, stateful_step_count=12)
TestHistories = Histories.TestCase


async def test_only_whoever_changed_is_folded_again() -> None:
    log = FakeLog(DAY_START + 5_000)
    log.record("ana", DAY_START + 1, ONLINE)
    log.record("bob", DAY_START + 1, ONLINE)
    days = SiteDays(log)
    await days.read(SITE, (ANA, BOB), TODAY)

    log.record("bob", DAY_START + 9, BUSY)
    await days.read(SITE, (ANA, BOB), TODAY)

    assert log.folded == [(ANA, BOB), (BOB,)]


async def test_a_reading_in_which_nothing_changed_is_the_very_same_value() -> None:
    log = FakeLog(DAY_START + 5_000)
    log.record("ana", DAY_START + 1, ONLINE)
    days = SiteDays(log)

    _, first = await days.read(SITE, (ANA,), TODAY)
    _, second = await days.read(SITE, (ANA,), TODAY)

    assert first is second


async def test_a_day_that_is_over_is_not_folded_again_after_a_restart() -> None:
    log = FakeLog(DAY_START + 5_000)
    log.record("ana", DAY_START + 1, ONLINE)
    log.now_ms = DAY_START + DAY_MS + 1
    log.record("ana", log.now_ms, BUSY)
    await SiteDays(log).read(SITE, (ANA, BOB), TODAY)

    _, told = await SiteDays(log).read(SITE, (ANA, BOB), TODAY)

    assert log.folded == [(ANA, BOB)]
    assert list(told.agents) == [ANA, BOB]


async def test_who_reads_more_of_a_day_that_is_over_finds_it_kept_too() -> None:
    log = FakeLog(DAY_START + 5_000)
    log.record("ana", DAY_START + 1, ONLINE)
    log.record("bob", DAY_START + 1, BUSY)
    log.now_ms = DAY_START + DAY_MS + 1
    log.record("ana", log.now_ms, BUSY)
    await SiteDays(log).read(SITE, (ANA, BOB), TODAY)
    days = SiteDays(log)

    _, hers = await days.read(SITE, (ANA,), TODAY)
    _, both = await days.read(SITE, (ANA, BOB), TODAY)

    assert (hers.agents, both.agents) == ((ANA,), (ANA, BOB))
    assert log.folded == [(ANA, BOB)]


async def test_the_oldest_days_make_room() -> None:
    log = FakeLog(DAY_START + 5_000)
    log.record("ana", FIRST_DAY, ONLINE)
    days = SiteDays(log, most_intervals=1)

    for span_ms in (TODAY, range(FIRST_DAY, DAY_START), TODAY):
        await days.read(SITE, (ANA,), span_ms)

    assert len(log.folded) == 3


async def test_what_a_caller_gave_up_waiting_for_serves_the_next_one() -> None:
    log = FakeLog(DAY_START + 5_000)
    log.record("ana", DAY_START + 1, ONLINE)
    log.may_fold.clear()
    days = SiteDays(log)

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await days.read(SITE, (ANA,), TODAY)
    log.may_fold.set()
    _, told = await days.read(SITE, (ANA,), TODAY)

    assert list(told.agents) == [ANA]
    assert log.folded == [(ANA,)]
