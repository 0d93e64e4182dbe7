"""Figures as they change, with nobody telling that a day ends."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import datetime, timedelta

import pytest

from chassis.calendar import ZoneDay
from chassis.clock import ManualClock
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from services.dispatch.app.live_figures import LiveFigures
from services.dispatch.app.ports import AgentPlace, SiteFigures
from services.dispatch.app.sites import SiteDirectory
from services.dispatch.domain.event import Place
from services.dispatch.domain.figures import QueueFigures
from services.dispatch.domain.queue import DEFAULT_LONGEST_WAIT, Queue, QueueKey
from services.dispatch.domain.service_level import StayCounts
from services.dispatch.telemetry import DispatchTelemetry
from tests.unit.dispatch.builders import NINE

QUEUES = [Queue(QueueKey("harbor", name)) for name in ("sales", "support")]


class FakeRoster:
    async def find_agent_places(self, agents: Sequence[str]) -> Mapping[str, AgentPlace]:
        return {}

    async def find_team_agents(self, teams: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        return {}

    async def find_time_zones(self, sites: Sequence[str]) -> Mapping[str, str]:
        return dict.fromkeys(sites, "UTC")


class FakeReader:
    """Counts what a test says, and how often it was asked."""

    def __init__(self) -> None:
        self.waiting = {"sales": 0, "support": 0}
        self.reads = 0
        self.failure: Exception | None = None
        self.oldest_enqueue_time: datetime | None = None

    async def read_figures(
        self, day: ZoneDay, now: datetime, site: str, queues: Collection[str]
    ) -> SiteFigures:
        self.reads += 1
        if self.failure is not None:
            failure, self.failure = self.failure, None
            raise failure
        figures = tuple(
            QueueFigures(
                queue, self.waiting[queue.key.queue], self.oldest_enqueue_time, StayCounts()
            )
            for queue in QUEUES
        )
        return SiteFigures(Place(site, 1, self.reads), day, figures)

    async def read_heads(self) -> list[Place]:
        return []


@pytest.fixture
def reader() -> FakeReader:
    return FakeReader()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NINE)


@pytest.fixture
def live(reader: FakeReader, clock: ManualClock) -> LiveFigures:
    return LiveFigures(
        SiteDirectory(FakeRoster(), clock),
        reader,
        clock,
        DispatchTelemetry(silent_telemetry()),
        most_watches=2,
    )


async def told_next(watch: AsyncIterator[SiteFigures]) -> list[str]:
    """The ids of the queues that are told next."""
    async with asyncio.timeout(10):
        told = await anext(watch)
    return [it.queue.key.queue for it in told.figures]


async def test_only_queues_that_differ_are_told_after_the_first(
    live: LiveFigures, reader: FakeReader
) -> None:
    watch = live.watch("harbor", (), EVERYTHING)

    first = await told_next(watch)
    reader.waiting["sales"] = 3
    live.touch("harbor")
    second = await told_next(watch)
    live.close()

    assert (first, second) == (["sales", "support"], ["sales"])
    with pytest.raises(StopAsyncIteration):
        await anext(watch)


async def test_a_site_is_counted_once_for_all_who_watch(
    live: LiveFigures, reader: FakeReader
) -> None:
    one = live.watch("harbor", (), EVERYTHING)
    other = live.watch("harbor", {"support"}, EVERYTHING)

    told = [await told_next(one), await told_next(other)]
    live.close()

    assert told == [["sales", "support"], ["support"]]
    assert reader.reads == 1


async def test_a_new_day_is_told_though_nothing_happened(
    live: LiveFigures, clock: ManualClock
) -> None:
    clock.advance(timedelta(hours=15) - timedelta(milliseconds=300))
    watch = live.watch("harbor", (), EVERYTHING)
    await told_next(watch)

    clock.advance(timedelta(seconds=1))
    told = await told_next(watch)
    live.close()

    assert told == ["sales", "support"]


async def test_who_watches_stays_while_the_figures_cannot_be_counted(
    live: LiveFigures, reader: FakeReader
) -> None:
    reader.failure = ConnectionError("the database is away")
    watch = live.watch("harbor", (), EVERYTHING)

    told = await told_next(watch)
    live.close()

    assert told == ["sales", "support"]
    assert reader.reads == 2


async def test_that_a_wait_is_lost_is_told_though_nothing_happened(
    live: LiveFigures, reader: FakeReader
) -> None:
    # Less than half a second is left of the longest believable wait.
    reader.oldest_enqueue_time = NINE - DEFAULT_LONGEST_WAIT + timedelta(milliseconds=400)
    watch = live.watch("harbor", (), EVERYTHING)
    await told_next(watch)

    reader.oldest_enqueue_time = None
    told = await told_next(watch)
    live.close()

    assert told == ["sales", "support"]
