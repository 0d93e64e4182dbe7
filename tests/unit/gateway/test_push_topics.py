"""How the queues and the roster of a site are followed, and several topics at once."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster.dispatch.v1.queue_pb2 import QueueFigures, SiteQueueFigures
from prometheus_client import CollectorRegistry

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.revocations import Revocations
from gateway.domain.feed import Changes, Position
from gateway.domain.topics import read_places
from gateway.push.board import BoardFollowing
from gateway.push.feeds import Feed
from gateway.push.following import Following
from gateway.push.reader import Ground, Reader, Rhythm
from gateway.push.roster import Part, RosterFeed, RosterFollowing
from gateway.push.streams import OpenStreams
from gateway.push.views import View
from gateway.push.waiting import WaitingFeed, WaitingFollowing
from gateway.telemetry import declare_push_metrics
from tests.unit.gateway.changes import a_link
from tests.unit.gateway.fakes import MORNING

NEVER = timedelta(days=1)
EVERYTHING = View(None, permissions=frozenset({"presence.reasons.read"}))


class Owner:
    """Tells the figures that it is given, and counts who watches."""

    def __init__(self) -> None:
        self.told: asyncio.Queue[SiteQueueFigures | Refusal] = asyncio.Queue()
        self.watch_count = 0
        self.open_count = 0

    async def watch(self, _site: str) -> AsyncGenerator[SiteQueueFigures, None]:
        self.watch_count += 1
        self.open_count += 1
        try:
            while True:
                told = await self.told.get()
                if isinstance(told, Refusal):
                    raise told
                yield told
        finally:
            self.open_count -= 1

    def tell(self, seq: int, **waiting: int) -> None:
        figures = SiteQueueFigures(time_zone="UTC")
        figures.cursor.site, figures.cursor.epoch, figures.cursor.seq = "sites/bank", 1, seq
        figures.figures.extend(
            QueueFigures(queue=f"sites/bank/queues/{queue}", waiting_count=count)
            for queue, count in waiting.items()
        )
        self.told.put_nowait(figures)


def a_reader(*followings: Following) -> AsyncGenerator[bytes, None]:
    async def allowed() -> bool:
        return True

    ground = Ground(
        ManualClock(MORNING),
        declare_push_metrics(CollectorRegistry()),
        OpenStreams(Revocations(), most_streams=100),
        Rhythm(NEVER, NEVER),
    )
    return Reader(ground, "accounts/a", followings, allowed).frames()


def waiting_counts(frame: bytes) -> dict[str, int]:
    """The numbers that wait by queue, as a frame tells them."""
    data = json.loads(frame.decode().split("data: ")[1])
    return {one["queue"].rpartition("/")[2]: one.get("waitingCount", 0) for one in data["figures"]}


@pytest.fixture
def owner() -> Owner:
    return Owner()


@pytest.fixture
def queues(owner: Owner) -> WaitingFeed:
    return WaitingFeed("sites/bank", owner.watch, tick_seconds=0)


async def test_all_readers_of_a_site_share_one_watch_that_ends_with_the_last(
    owner: Owner, queues: WaitingFeed
) -> None:
    first = a_reader(WaitingFollowing(queues, frozenset()))
    second = a_reader(WaitingFollowing(queues, frozenset()))
    await anext(first)
    await anext(second)
    owner.tell(1, sales=3)

    frames = [await anext(first), await anext(second)]

    assert [waiting_counts(frame) for frame in frames] == [{"sales": 3}] * 2
    assert owner.watch_count == 1
    await first.aclose()
    assert owner.open_count == 1
    await second.aclose()
    assert owner.open_count == 0


async def test_a_reader_who_comes_later_is_told_at_once_how_things_stand(
    owner: Owner, queues: WaitingFeed
) -> None:
    first = a_reader(WaitingFollowing(queues, frozenset()))
    await anext(first)
    owner.tell(1, sales=3, care=1)
    await anext(first)
    owner.tell(2, sales=4)
    await anext(first)

    second = a_reader(WaitingFollowing(queues, frozenset()))
    await anext(second)

    assert waiting_counts(await anext(second)) == {"sales": 4, "care": 1}
    await first.aclose()
    await second.aclose()


async def test_a_slow_reader_gets_the_newest_figures_and_none_in_between(
    owner: Owner, queues: WaitingFeed
) -> None:
    frames = a_reader(WaitingFollowing(queues, frozenset()))
    await anext(frames)
    for count in range(1, 50):
        owner.tell(count, sales=count)
    while queues.version < 1 or not owner.told.empty():  # noqa: ASYNC110 - the loop's turn is all that is needed
        await asyncio.sleep(0.001)

    assert waiting_counts(await anext(frames)) == {"sales": 49}
    await frames.aclose()


async def test_figures_that_stand_still_say_so(owner: Owner, queues: WaitingFeed) -> None:
    frames = a_reader(WaitingFollowing(queues, frozenset()))
    await anext(frames)
    owner.told.put_nowait(Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "away"))

    frame = await anext(frames)

    assert b'event: missing\ndata: {"topic":"waiting/sites/bank"' in frame
    assert b"BACKEND_UNAVAILABLE" in frame
    await frames.aclose()


async def test_figures_of_another_day_replace_all_others(owner: Owner, queues: WaitingFeed) -> None:
    frames = a_reader(WaitingFollowing(queues, frozenset()))
    await anext(frames)
    owner.tell(1, sales=3, gone=2)
    await anext(frames)
    tomorrow = SiteQueueFigures(time_zone="UTC")
    tomorrow.day.day = 2
    tomorrow.figures.add(queue="sites/bank/queues/sales")

    owner.told.put_nowait(tomorrow)

    assert waiting_counts(await anext(frames)) == {"sales": 0}
    await frames.aclose()


async def known(_site: str, _place: Position) -> bool:
    return True


def parts(frame: bytes) -> set[str]:
    return set(json.loads(frame.decode().split("data: ")[1])["parts"])


@pytest.fixture
async def roster() -> RosterFeed:
    feed = RosterFeed("sites/bank", tick_seconds=0)
    feed.begin(Position(1, 10))
    return feed


async def released(feed: RosterFeed, position: Position) -> None:
    async with asyncio.timeout(5):
        while feed.released != position:  # noqa: ASYNC110 - the loop's turn is all that is needed
            await asyncio.sleep(0)


async def test_a_reader_is_told_which_parts_of_the_roster_to_fetch(roster: RosterFeed) -> None:
    frames = a_reader(RosterFollowing(roster, Position(1, 10), known))
    await anext(frames)
    roster.touch(Part.SHIFTS, Position(1, 11))

    frame = await anext(frames)

    assert parts(frame) == {"PART_SHIFTS"}
    assert frame.startswith(b"id: 1:11\n")
    await frames.aclose()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (Position(1, 9), {"PART_PEOPLE", "PART_SHIFTS"}),
        (Position(1, 10), {"PART_PEOPLE", "PART_SHIFTS"}),
        (Position(1, 12), {"PART_PEOPLE"}),
    ],
)
async def test_a_reader_who_was_away_is_told_once_what_she_missed(
    roster: RosterFeed, place: Position, told: set[str]
) -> None:
    roster.touch(Part.SHIFTS, Position(1, 11))
    roster.touch(Part.PEOPLE, Position(1, 13))
    await released(roster, Position(1, 13))

    following = RosterFollowing(roster, place, known)

    frame = await following.next_frame()
    assert frame is not None
    assert parts(frame) == told
    assert await following.next_frame() is None


async def test_a_roster_of_another_epoch_is_fetched_whole(roster: RosterFeed) -> None:
    roster.begin(Position(2, 3))

    frame = await RosterFollowing(roster, Position(1, 99), known).next_frame()

    assert frame is not None
    assert parts(frame) == {"PART_PEOPLE", "PART_SHIFTS"}


async def test_a_reader_ahead_of_this_replica_is_not_taken_back(roster: RosterFeed) -> None:
    asked: list[Position] = []

    async def known_once(_site: str, place: Position) -> bool:
        asked.append(place)
        return True

    following = RosterFollowing(roster, Position(1, 15), known_once)

    assert [await following.next_frame(), await following.next_frame()] == [None, None]
    assert following.place == Position(1, 15)
    assert asked == [Position(1, 15)]


async def test_a_reader_ahead_of_the_roster_itself_is_sent_for_a_snapshot(
    roster: RosterFeed,
) -> None:
    async def unknown(_site: str, _place: Position) -> bool:
        return False

    frames = a_reader(RosterFollowing(roster, Position(1, 15), unknown))

    assert b'event: resync\ndata: {"topic":"roster/sites/bank"' in [one async for one in frames][-1]


@given(
    steps=st.lists(st.sampled_from(["board", "roster", "drop", "one frame", "all"]), max_size=40),
)
def test_dropped_at_any_frame_a_reader_of_several_topics_misses_and_repeats_nothing(
    steps: Sequence[str],
) -> None:
    asyncio.run(_play(steps))


async def _play(steps: Sequence[str]) -> None:
    """Two boards and a roster move while the reader is dropped between any two of her frames."""
    boards = [
        Feed(f"sites/s{number}", lambda _agent: "", ManualClock(MORNING), tick_seconds=0)
        for number in range(2)
    ]
    roster = RosterFeed("sites/bank", tick_seconds=0)
    for board in boards:
        board.begin(Position(1, 0))
    roster.begin(Position(1, 0))
    reading = _Reading(boards, roster)
    published = [0, 0]
    roster_seq = 0
    for number, step in enumerate(steps):
        if step == "board":
            place = number % 2
            published[place] += 1
            boards[place].append(a_link(published[place], f"a{published[place]}"))
        elif step == "roster":
            roster_seq += 1
            roster.touch(Part.PEOPLE, Position(1, roster_seq))
        elif step == "drop":
            await reading.drop()
        else:
            await reading.read(1 if step == "one frame" else 100)
        await asyncio.sleep(0)

    await asyncio.sleep(0.001)
    await reading.read()
    assert reading.agents == [
        [f"agents/a{number}" for number in range(1, count + 1)] for count in published
    ]
    assert reading.roster_place == roster_seq
    await reading.drop()


class _Reading:
    """Reads what there is, and resumes by the id of the last frame as a browser does."""

    def __init__(self, boards: Sequence[Feed], roster: RosterFeed) -> None:
        self._boards = boards
        self._roster = roster
        self._last_id = "1:0,1:0,1:0"
        self._frames: AsyncGenerator[bytes, None] | None = None
        self._next: asyncio.Future[bytes] | None = None
        self.agents: list[list[str]] = [[], []]
        self.roster_place = 0

    async def read(self, most: int = 100) -> None:
        """Takes so many of the frames that are there."""
        if self._frames is None:
            self._frames = self._open()
        for _ in range(most):
            self._next = self._next or asyncio.ensure_future(anext(self._frames))
            done, _ = await asyncio.wait({self._next}, timeout=0)
            if not done:
                await asyncio.sleep(0)
                if not self._next.done():
                    return
            frame, self._next = self._next.result(), None
            self._take(frame)

    async def drop(self) -> None:
        if self._next is not None:
            self._next.cancel()
            await asyncio.wait({self._next})
            if not self._next.cancelled():
                self._take(self._next.result())
            self._next = None
        if self._frames is not None:
            await self._frames.aclose()
            self._frames = None

    def _open(self) -> AsyncGenerator[bytes, None]:
        *places, roster_place = read_places(self._last_id)
        metrics = declare_push_metrics(CollectorRegistry())
        followings: list[Following] = [
            BoardFollowing(feed, EVERYTHING, place, _nothing_older, metrics)
            for feed, place in zip(self._boards, places, strict=True)
        ]
        return a_reader(*followings, RosterFollowing(self._roster, roster_place, known))

    def _take(self, frame: bytes) -> None:
        lines = [line for line in frame.decode().split("\n") if ": " in line]
        fields = dict(line.split(": ", 1) for line in lines)
        self._last_id = fields["id"]
        data = json.loads(fields["data"])
        if fields["event"] == "states":
            self.agents[int(data["cursor"]["site"][-1])] += data["agents"]
        elif fields["event"] == "roster":
            self.roster_place = int(data["cursor"]["seq"])


async def _nothing_older(_site: str, _after: Position) -> AsyncGenerator[Changes, None]:
    raise AssertionError("the ring has it all")
    yield
