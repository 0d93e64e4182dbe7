"""Who may open a push stream, of which topics, and until when."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from muster.dispatch.v1.queue_pb2 import SiteQueueFigures
from prometheus_client import CollectorRegistry

from chassis.access import Caller
from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.identity import Identity, sign_in_required
from chassis.rpc.server import server_layers
from chassis.scope import EVERYTHING, Scope, Scopes
from chassis.telemetry import silent_telemetry
from gateway.app.revocations import Revocations
from gateway.domain.feed import Changes, Position
from gateway.http.layered import Layered
from gateway.push import streams
from gateway.push.asking import MOST_TOPICS
from gateway.push.endpoint import Door as EndpointDoor
from gateway.push.endpoint import PushEndpoint
from gateway.push.events import EventStream
from gateway.push.feeds import Feeds
from gateway.push.opening import Topics
from gateway.push.reader import Ground, Rhythm
from gateway.push.roster import RosterFeeds
from gateway.push.sites import SiteChecks
from gateway.push.streams import OpenStreams
from gateway.push.views import View
from gateway.push.waiting import WaitingFeeds
from gateway.telemetry import declare_push_metrics
from tests.unit.gateway.fakes import MORNING

SOON = timedelta(milliseconds=1)
BEARER = {"authorization": "Bearer token"}
BOARD = "topic=board/sites/bank"
WAITING = "topic=waiting/sites/bank"
PERMISSIONS = frozenset({"board.read", "roster.people.read", "dispatch.figures.read"})


class Door:
    """The endpoint with an identity and a roster that can change their minds."""

    def __init__(self, most_streams: int = 100, access_check: timedelta = SOON) -> None:
        self.registry = CollectorRegistry()
        self.identity: Identity | None = Identity("accounts/a", PERMISSIONS, EVERYTHING)
        self.unavailable = False
        self.site_refusal: Refusal | None = None
        self.check_count = 0
        self.charged: list[int] = []
        self.streams = OpenStreams(Revocations(), most_streams=most_streams)
        metrics = declare_push_metrics(self.registry)
        topics = Topics(
            Feeds(lambda _agent: "", ManualClock(MORNING), tick_seconds=0),
            WaitingFeeds(_nobody_waits, tick_seconds=0),
            RosterFeeds(tick_seconds=0),
            _no_replay,
            _knows_all,
            SiteChecks(self._check_site),
            metrics,
        )
        self.endpoint = PushEndpoint(
            Ground(ManualClock(MORNING), metrics, self.streams, Rhythm(access_check=access_check)),
            topics,
            EndpointDoor(
                Layered(server_layers(silent_telemetry("gateway"), self._authenticate)),
                self._authenticate,
                self.charged.append,
            ),
        )

    async def read(self, query: str = BOARD, **headers: str) -> httpx.Response:
        """Opens a stream and returns it once it has ended."""
        transport = httpx.ASGITransport(self.endpoint)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            return await client.get(f"/v1/push?{query}", headers=BEARER | headers)

    async def read_beginning(self, query: str, **headers: str) -> str:
        """Returns what a stream tells that ends after its first check."""
        reading = asyncio.create_task(self.read(query, **headers))
        await checked(self, self.check_count + 2)
        self.streams.close()
        return (await reading).text

    async def _authenticate(self, _bearer: str) -> Caller:
        self.check_count += 1
        if self.unavailable:
            raise Refusal(Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "away")
        if self.identity is None:
            raise sign_in_required("the session has ended")
        return Caller(self.identity, "jwt")

    async def _check_site(self, _site: str) -> None:
        if self.site_refusal:
            raise self.site_refusal


async def _nobody_waits(_site: str) -> AsyncGenerator[SiteQueueFigures, None]:
    await asyncio.Event().wait()
    yield SiteQueueFigures()


async def _knows_all(_site: str, _place: Position) -> bool:
    return True


async def _no_replay(_site: str, _after: Position) -> AsyncIterator[Changes]:
    raise AssertionError("nothing is replayed here")
    yield


@pytest.fixture
async def door() -> Door:
    return Door()


async def checked(door: Door, count: int) -> None:
    """Returns when access was asked for that often."""
    async with asyncio.timeout(10):
        while door.check_count < count:  # noqa: ASYNC110 - the loop's turn is all that is needed
            await asyncio.sleep(0)


async def test_a_stream_ends_with_the_session(door: Door) -> None:
    reading = asyncio.create_task(door.read())
    await checked(door, 3)

    door.identity = None

    assert (await reading).status_code == 200


async def test_a_stream_ends_when_the_permission_is_taken_away(door: Door) -> None:
    reading = asyncio.create_task(door.read())
    await checked(door, 3)

    door.identity = Identity("accounts/a", frozenset(), EVERYTHING)

    assert (await reading).status_code == 200


async def test_a_stream_ends_when_its_reader_may_see_other_rows_than_before(door: Door) -> None:
    reading = asyncio.create_task(door.read())
    await checked(door, 3)

    scope = Scope(frozenset(), frozenset({"agents/me"}))
    door.identity = Identity("accounts/a", PERMISSIONS, scope)

    assert (await reading).status_code == 200


async def test_a_stream_outlives_a_database_that_is_away(door: Door) -> None:
    reading = asyncio.create_task(door.read())
    await checked(door, 2)

    door.unavailable = True
    await checked(door, door.check_count + 5)

    assert not reading.done()
    door.streams.close()
    await reading


async def test_a_site_that_one_may_not_see_has_no_stream(door: Door) -> None:
    door.site_refusal = Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "there is no such site")

    answer = await door.read()

    assert answer.status_code == 404


async def test_a_refused_topic_is_named_and_the_others_go_on(door: Door) -> None:
    own_row = Scope(frozenset(), frozenset({"agents/me"}))
    door.identity = Identity("accounts/a", PERMISSIONS, own_row)

    told = await door.read_beginning(f"{BOARD}&{WAITING}")

    assert told.count("event: heartbeat") == 1
    assert (
        'event: refused\ndata: {"topic":"waiting/sites/bank","reason":"WHOLE_SITE_NEEDED"' in told
    )


async def test_the_places_of_a_stream_keep_that_of_a_refused_topic(door: Door) -> None:
    own_row = Scope(frozenset(), frozenset({"agents/me"}))
    door.identity = Identity("accounts/a", PERMISSIONS, own_row)

    told = await door.read_beginning(f"{WAITING}&{BOARD}&cursor=&cursor=1:42")

    assert "id: -,1:42\nevent: heartbeat" in told


async def test_a_stream_of_refused_topics_alone_is_refused(door: Door) -> None:
    door.identity = Identity("accounts/a", frozenset(), EVERYTHING)

    answer = await door.read(f"{BOARD}&{WAITING}")

    assert (answer.status_code, answer.json()["reason"]) == (403, "PERMISSION_MISSING")


async def test_a_roster_that_is_away_is_no_refusal_of_a_topic(door: Door) -> None:
    door.site_refusal = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "away")

    answer = await door.read(f"{BOARD}&{WAITING}")

    assert answer.status_code == 503


async def test_the_nth_cursor_is_that_of_the_nth_topic(door: Door) -> None:
    told = await door.read_beginning(f"{WAITING}&{BOARD}&cursor=&cursor=1:42")

    assert "id: -,1:42\nevent: heartbeat" in told


async def test_the_places_that_a_browser_repeats_win(door: Door) -> None:
    query = f"{WAITING}&{BOARD}&topic=roster/sites/bank&cursor=&cursor=1:42"

    told = await door.read_beginning(query, **{"last-event-id": "-,1:50,2:7"})

    assert "id: -,1:50,2:7\nevent: heartbeat" in told


@pytest.mark.parametrize(
    ("query", "last_event_id"),
    [
        ("", ""),
        ("topic=plan/sites/bank", ""),
        (f"{BOARD}&{BOARD}", ""),
        ("&".join(f"topic=board/sites/s{number}" for number in range(MOST_TOPICS + 1)), ""),
        (f"{BOARD}&cursor=1", ""),
        (f"{BOARD}&cursor=1:1&cursor=1:2", ""),
        (f"{BOARD}&{WAITING}", "1:1"),
        (BOARD, "1:1,1:2"),
        (BOARD, "x"),
    ],
)
async def test_what_is_malformed_is_refused_by_the_name_of_its_field(
    door: Door, query: str, last_event_id: str
) -> None:
    answer = await door.read(query, **({"last-event-id": last_event_id} if last_event_id else {}))

    assert (answer.status_code, answer.json()["reason"]) == (400, "INVALID_FIELD")
    assert answer.json()["violations"][0]["description"]


async def test_a_parameter_that_there_is_not_is_refused_by_its_name(door: Door) -> None:
    answer = await door.read(f"{BOARD}&cursr=1:42")

    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")
    assert answer.json()["violations"][0]["field"] == "cursr"


async def test_a_stream_costs_as_much_as_a_watch_of_each_of_its_topics(door: Door) -> None:
    await door.read_beginning(f"{BOARD}&{WAITING}")
    await door.read("topic=plan/sites/bank")

    assert door.charged == [2]


async def test_a_caller_has_a_limited_number_of_streams(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST_STREAMS", 1)
    reading = asyncio.create_task(door.read())
    await checked(door, 2)

    refused = await door.read()

    assert (refused.status_code, refused.json()["reason"]) == (429, "TOO_MANY_STREAMS")
    assert refused.headers["retry-after"] == "10"
    door.streams.close()
    await reading
    assert (await door.read()).status_code == 200


async def test_a_replica_has_a_limited_number_of_streams() -> None:
    door = Door(most_streams=1, access_check=timedelta(days=1))
    reading = asyncio.create_task(door.read())
    while not door.registry.get_sample_value("muster_gateway_push_readers"):  # noqa: ASYNC110 - the loop's turn is all that is needed
        await asyncio.sleep(0)

    door.identity = Identity("accounts/b", PERMISSIONS, EVERYTHING)
    refused = await door.read()

    assert (refused.status_code, refused.json()["reason"]) == (429, "STREAMS_FULL")
    door.streams.close()
    await reading


def test_whoever_sees_the_site_sees_all_its_rows_and_others_teams_and_single_agents() -> None:
    own, teams = frozenset({"agents/me"}), frozenset({"teams/red"})
    site, part = Scope(frozenset({"sites/bank"}), own), Scope(frozenset(), own, teams)

    def view(live: Scope, history: Scope) -> View:
        return View.of(Scopes(live, history), "sites/bank", frozenset())

    assert view(EVERYTHING, EVERYTHING).sees_all
    assert view(site, site).sees_all
    assert view(site, part) == View(None, past_agents=own, past_teams=teams)
    assert view(part, part) == View(own, teams, past_agents=own, past_teams=teams)


async def test_a_reader_that_takes_nothing_is_given_up() -> None:
    registry = CollectorRegistry()
    ended = asyncio.Event()

    async def frames() -> Any:
        try:
            while True:
                yield b"event: heartbeat\n\n"
        finally:
            ended.set()

    async def stuck(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def connected() -> Any:
        await asyncio.Event().wait()

    stream = EventStream(frames(), declare_push_metrics(registry), stalled_seconds=0.01)
    await stream({"type": "http"}, connected, stuck)

    assert ended.is_set()
    assert registry.get_sample_value("muster_gateway_push_stalled_total") == 1
    assert registry.get_sample_value("muster_gateway_push_readers") == 0
