"""How a reader follows the states of a site, alone on a stream."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.revocations import Revocations
from gateway.domain.feed import Changes, Position
from gateway.push import feeds
from gateway.push.board import REPLAYED_CHANGES, BoardFollowing
from gateway.push.feeds import Feed
from gateway.push.reader import Ground, Reader, Rhythm
from gateway.push.streams import OpenStreams
from gateway.push.views import View
from gateway.telemetry import declare_push_metrics
from tests.unit.gateway.changes import a_break, a_large_link, a_link
from tests.unit.gateway.fakes import MORNING

NEVER = timedelta(days=1)
WHOLE_SITE = View(None, permissions=frozenset({"presence.reasons.read"}))
ONLY_ME = View(frozenset({"agents/me"}))


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
        self.teams: dict[str, str] = {}
        self.clock = ManualClock(MORNING)
        self.feed = Feed(
            "sites/bank", lambda agent: self.teams.get(agent, ""), self.clock, tick_seconds=0
        )
        self.feed.begin(Position(1, 5))
        self.allowed = True
        self.revocations = Revocations()
        self.streams = OpenStreams(self.revocations, most_streams=100)
        self.metrics = declare_push_metrics(CollectorRegistry())
        self.ground = Ground(
            self.clock, self.metrics, self.streams, Rhythm(heartbeat, access_check)
        )

    def read(
        self, position: Position | None = None, view: View = WHOLE_SITE
    ) -> AsyncGenerator[bytes, None]:
        async def still_allowed() -> bool:
            return self.allowed

        board = BoardFollowing(self.feed, view, position, self.owner.replay, self.metrics)
        return Reader(self.ground, "accounts/a", [board], still_allowed).frames()

    async def publish(self, *links: Changes) -> None:
        for link in links:
            self.feed.append(link)
        while self.feed.released != links[-1].position:  # noqa: ASYNC110 - the loop's turn is all that is needed
            await asyncio.sleep(0)


@pytest.fixture
async def desk() -> Desk:
    return Desk()


def kind_and_place(frame: bytes) -> tuple[str, str]:
    fields = dict(line.split(": ", 1) for line in frame.decode().strip().split("\n") if line)
    return fields["event"], fields.get("id", "")


async def test_a_stream_begins_with_a_heartbeat_at_its_place(desk: Desk) -> None:
    first = await anext(desk.read(Position(1, 5)))

    assert first == (
        b'retry: 2000\n\nid: 1:5\nevent: heartbeat\ndata: {"serverTime":"2026-11-22T08:00:00Z"}\n\n'
    )


async def test_changes_of_a_tick_come_as_one_frame(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)

    await desk.publish(a_link(6), a_link(7), a_link(8))

    frame = await anext(frames)
    assert kind_and_place(frame) == ("states", "1:8")
    assert frame.count(b"agents/a05") == 3


async def test_what_all_see_from_one_place_on_is_encoded_once(desk: Desk) -> None:
    await desk.publish(a_link(6))

    _, first = desk.feed.frame_after(Position(1, 5), WHOLE_SITE)
    _, second = desk.feed.frame_after(Position(1, 5), WHOLE_SITE)

    assert first is second


async def test_frames_are_kept_within_a_bound(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    await desk.publish(a_link(6), a_link(7))
    _, first = desk.feed.frame_after(Position(1, 5), WHOLE_SITE)
    monkeypatch.setattr(feeds, "KEPT_BYTES", len(first or b""))

    desk.feed.frame_after(Position(1, 6), WHOLE_SITE)

    _, again = desk.feed.frame_after(Position(1, 5), WHOLE_SITE)
    assert again == first
    assert again is not first


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


async def test_a_reader_without_a_place_begins_now(desk: Desk) -> None:
    await desk.publish(a_link(6))
    frames = desk.read()
    await anext(frames)

    following = asyncio.ensure_future(anext(frames))
    await asyncio.sleep(0)
    await desk.publish(a_link(7))

    assert kind_and_place(await following) == ("states", "1:7")


async def test_a_reader_of_a_new_site_is_told_of_its_first_link(desk: Desk) -> None:
    desk.feed = Feed("sites/new", lambda _agent: "", desk.clock, tick_seconds=0)
    frames = desk.read()
    await anext(frames)

    following = asyncio.ensure_future(anext(frames))
    await asyncio.sleep(0)
    await desk.publish(a_link(1))

    assert kind_and_place(await following) == ("states", "1:1")


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


async def test_who_is_ahead_of_the_feed_is_asked_about_once(desk: Desk) -> None:
    frames = desk.read(Position(1, 7))
    await anext(frames)
    following = asyncio.ensure_future(anext(frames))

    for seq in (6, 7, 8):
        await desk.publish(a_link(seq))

    assert kind_and_place(await following) == ("states", "1:8")
    assert desk.owner.ask_count == 1


async def test_an_older_place_is_replayed_from_the_owner(desk: Desk) -> None:
    desk.owner.links = tuple(a_link(seq) for seq in range(1, 6))
    frames = desk.read(Position(1, 2))
    await anext(frames)

    frame = await anext(frames)

    assert kind_and_place(frame) == ("states", "1:5")
    assert frame.count(b"agents/a05") == 3


@pytest.mark.parametrize("position", [Position(1, 2), Position(1, 9), Position(2, 5)])
async def test_a_place_that_the_owner_does_not_know_ends_in_resync(
    desk: Desk, position: Position
) -> None:
    desk.owner.failure = Refusal(Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "not kept")

    frames = [frame async for frame in desk.read(position)]

    assert frames[-1] == (
        b'event: resync\ndata: {"topic":"board/sites/bank","reason":"BEHIND"}\n\n'
    )


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
    frames = desk.read(Position(1, 5), ONLY_ME)
    await anext(frames)

    await desk.publish(a_link(6, "other"), a_link(7, "other", "me"), a_link(8, "other"))

    frame = await anext(frames)
    assert b"agents/me" in frame
    assert b"agents/other" not in frame


async def test_what_occurred_days_ago_is_told_to_those_alone_who_see_the_past(desk: Desk) -> None:
    frames = desk.read(Position(1, 5), View(None, past_agents=frozenset({"agents/me"})))
    await anext(frames)
    now_ms = int(MORNING.timestamp() * 1000)
    days_ago_ms = now_ms - 2 * 86_400_000
    late = (a_break("other", days_ago_ms), a_break("me", days_ago_ms), a_break("third", now_ms))

    await desk.publish(Changes(Position(1, 6), late))

    frame = await anext(frames)
    assert [name in frame for name in (b"agents/other", b"agents/me", b"agents/third")] == [
        False,
        True,
        True,
    ]


async def test_a_lead_sees_whoever_is_in_the_team_at_that_moment(desk: Desk) -> None:
    desk.teams = {"agents/a": "teams/red", "agents/b": "teams/blue"}
    frames = desk.read(Position(1, 5), View(frozenset(), frozenset({"teams/red"})))
    await anext(frames)
    await desk.publish(a_link(6, "a", "b", "c"))
    before = await anext(frames)

    desk.teams = {"agents/a": "teams/blue", "agents/b": "teams/red"}
    await desk.publish(a_link(7, "a", "b", "c"))
    after = await anext(frames)

    assert [name in before for name in (b"agents/a", b"agents/b", b"agents/c")] == [
        True,
        False,
        False,
    ]
    assert [name in after for name in (b"agents/a", b"agents/b", b"agents/c")] == [
        False,
        True,
        False,
    ]


async def test_what_she_may_not_see_still_moves_her_place() -> None:
    desk = Desk(heartbeat=timedelta(milliseconds=1))
    frames = desk.read(Position(1, 5), ONLY_ME)
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


async def test_a_stream_ends_at_once_when_somebodys_access_was_taken_here(desk: Desk) -> None:
    watching = asyncio.create_task(desk.streams.watch_revocations())
    frames = desk.read(Position(1, 5))
    await anext(frames)
    rest = asyncio.ensure_future(anext(frames, None))
    await asyncio.sleep(0)

    desk.allowed = False
    desk.revocations.announce()

    assert await rest is None
    watching.cancel()


async def test_a_stream_ends_when_the_gateway_leaves(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)

    desk.streams.close()

    assert [frame async for frame in frames] == []


async def test_a_feed_that_lost_its_place_sends_readers_for_a_snapshot(desk: Desk) -> None:
    frames = desk.read(Position(1, 5))
    await anext(frames)
    await desk.publish(a_link(6))
    await anext(frames)

    desk.feed.lose()
    desk.feed.begin(Position(1, 90))

    assert [kind_and_place(frame)[0] async for frame in frames] == ["resync"]
