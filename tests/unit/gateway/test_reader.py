import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.domain.feed import Changes, Position
from gateway.push.feeds import KEPT_FRAMES, Audience, Feed
from gateway.push.reader import REPLAYED_CHANGES, Ground, Reader, Rhythm
from gateway.telemetry import declare_push_metrics
from tests.unit.gateway.changes import a_large_link, a_link
from tests.unit.gateway.fakes import MORNING

NEVER = timedelta(days=1)


class Owner:
    """Replays what it is given after a place, and counts how often it was asked."""

    def __init__(self, *links: Changes) -> None:
        self.links = links
        self.ask_count = 0
        self.failure: Refusal | None = None

    async def replay(self, _site: str, after: Position) -> AsyncIterator[Changes]:
        self.ask_count += 1
        if self.failure:
            raise self.failure
        for link in self.links:
            if link.position > after:
                yield link


class Desk:
    """A feed at seq 5 and readers of it, without time in between."""

    def __init__(self, *, heartbeat: timedelta = NEVER, access_check: timedelta = NEVER) -> None:
        self.owner = Owner()
        self.feed = Feed("sites/bank", tick_seconds=0)
        self.feed.begin(Position(1, 5))
        self.allowed = True
        self.ground = Ground(
            ManualClock(MORNING),
            self.owner.replay,
            declare_push_metrics(CollectorRegistry()),
            Rhythm(heartbeat, access_check),
        )

    def read(
        self, position: Position | None = None, audience: Audience = None
    ) -> AsyncGenerator[bytes, None]:
        async def still_allowed() -> bool:
            return self.allowed

        return Reader(self.ground, self.feed, audience, position, still_allowed).frames()

    async def publish(self, *links: Changes) -> None:
        for link in links:
            self.feed.append(link)
        while self.feed.released != links[-1].position:
            await self.feed.moved()


@pytest.fixture
async def desk() -> Desk:
    return Desk()


def kind_and_place(frame: bytes) -> tuple[str, str]:
    fields = dict(line.split(": ", 1) for line in frame.decode().strip().split("\n") if line)
    return fields["event"], fields.get("id", "")


async def test_a_stream_begins_with_a_heartbeat_at_its_place(desk: Desk) -> None:
    first = await anext(desk.read(Position(1, 5)))

    assert first == (
        b'retry: 2000\n\nevent: heartbeat\nid: 1:5\ndata: {"serverTime":"2026-11-22T08:00:00Z"}\n\n'
    )


async def test_changes_of_a_tick_come_as_one_frame(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)

    await desk.publish(a_link(6), a_link(7), a_link(8))

    frame = await anext(frames)
    assert kind_and_place(frame) == ("states", "1:8")
    assert frame.count(b"agents/a05") == 3


async def test_all_readers_at_one_place_get_the_same_bytes(desk: Desk) -> None:
    first, second = desk.read(Position(1, 5)), desk.read(Position(1, 5))
    await anext(first)
    await anext(second)

    await desk.publish(a_link(6))

    assert await anext(first) is await anext(second)


async def test_a_reader_who_is_always_behind_is_asked_for_her_access_all_the_same() -> None:
    desk = Desk(access_check=timedelta())
    frames = desk.read(Position(1, 5))
    await anext(frames)
    await desk.publish(a_link(6))
    await anext(frames)

    desk.allowed = False
    await desk.publish(a_link(7))

    with pytest.raises(StopAsyncIteration):
        await anext(frames)


async def test_frames_are_kept_for_a_limited_number_of_places(desk: Desk) -> None:
    await desk.publish(*(a_link(6 + number) for number in range(KEPT_FRAMES + 1)))
    _, first = desk.feed.frame_after(Position(1, 5), None)

    for number in range(KEPT_FRAMES):
        desk.feed.frame_after(Position(1, 6 + number), None)

    _, again = desk.feed.frame_after(Position(1, 5), None)
    assert again == first
    assert again is not first


async def test_a_reader_without_a_place_begins_now(desk: Desk) -> None:
    await desk.publish(a_link(6))
    frames = desk.read()
    await anext(frames)

    publishing = asyncio.create_task(desk.publish(a_link(7)))

    assert kind_and_place(await anext(frames)) == ("states", "1:7")
    await publishing


async def test_a_reader_resumes_where_it_was_without_asking_the_owner(desk: Desk) -> None:
    await desk.publish(a_link(6), a_link(7))

    frames = desk.read(Position(1, 6))
    await anext(frames)
    frame = await anext(frames)

    assert kind_and_place(frame) == ("states", "1:7")
    assert frame.count(b"agents/a05") == 1
    assert desk.owner.ask_count == 0


async def test_a_snapshot_ahead_of_the_feed_is_not_repeated(desk: Desk) -> None:
    frames = desk.read(Position(1, 7))
    await anext(frames)

    await desk.publish(a_link(6), a_link(7), a_link(8))

    frame = await anext(frames)
    assert kind_and_place(frame) == ("states", "1:8")
    assert frame.count(b"agents/a05") == 1


async def test_an_older_place_is_replayed_from_the_owner(desk: Desk) -> None:
    desk.owner.links = tuple(a_link(seq) for seq in range(1, 6))
    frames = desk.read(Position(1, 2))
    await anext(frames)

    frame = await anext(frames)

    assert kind_and_place(frame) == ("states", "1:5")
    assert frame.count(b"agents/a05") == 3


@pytest.mark.parametrize("position", [Position(1, 2), Position(2, 5)])
async def test_a_place_that_the_owner_no_longer_keeps_ends_in_resync(
    desk: Desk, position: Position
) -> None:
    desk.owner.failure = Refusal(Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "too old")

    kinds = [kind_and_place(frame)[0] async for frame in desk.read(position) if b"event" in frame]

    assert kinds[-1] == "resync"


async def test_where_too_much_was_missed_a_snapshot_is_cheaper(desk: Desk) -> None:
    desk.feed.lose()
    desk.feed.begin(Position(1, 99))
    desk.owner.links = tuple(a_large_link(seq, REPLAYED_CHANGES // 4) for seq in range(1, 100))

    frames = [frame async for frame in desk.read(Position(1, 0))]

    assert kind_and_place(frames[-1])[0] == "resync"
    assert len(frames) < 10


async def test_a_reader_that_fell_out_of_the_ring_is_sent_for_a_snapshot(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)
    await desk.publish(a_link(6))
    await anext(frames)

    await desk.publish(*(a_large_link(seq, 1000) for seq in range(7, 20)))

    assert [kind_and_place(frame)[0] async for frame in frames] == ["resync"]
    assert desk.owner.ask_count == 0


async def test_a_reader_sees_her_own_rows_only(desk: Desk) -> None:
    frames = desk.read(Position(1, 5), frozenset({"agents/me"}))
    await anext(frames)

    await desk.publish(a_link(6, "other"), a_link(7, "other", "me"), a_link(8, "other"))

    frame = await anext(frames)
    assert b"agents/me" in frame
    assert b"agents/other" not in frame


async def test_what_she_may_not_see_still_moves_her_place() -> None:
    desk = Desk(heartbeat=timedelta(milliseconds=1))
    frames = desk.read(Position(1, 5), frozenset({"agents/me"}))
    await anext(frames)

    await desk.publish(a_link(6, "other"))

    kinds = {kind_and_place(await anext(frames)) for _ in range(3)}
    assert ("heartbeat", "1:6") in kinds
    assert {kind for kind, _ in kinds} == {"heartbeat"}


async def test_a_stream_ends_when_access_is_withdrawn() -> None:
    desk = Desk(access_check=timedelta(milliseconds=1))
    frames = desk.read(Position(1, 5))
    await anext(frames)

    desk.allowed = False

    assert [frame async for frame in frames] == []


async def test_a_stream_ends_when_the_gateway_leaves(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)

    desk.feed.close()

    assert [frame async for frame in frames] == []


async def test_a_feed_that_lost_its_place_sends_readers_for_a_snapshot(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)
    await desk.publish(a_link(6))
    await anext(frames)

    desk.feed.lose()
    desk.feed.begin(Position(1, 90))

    assert [kind_and_place(frame)[0] async for frame in frames] == ["resync"]
