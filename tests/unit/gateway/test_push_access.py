"""Who may open a push stream, and until when."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from chassis.access import Caller
from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.identity import Identity, sign_in_required
from chassis.rpc.server import server_layers
from chassis.scope import EVERYTHING, Scope
from chassis.telemetry import silent_telemetry
from gateway.domain.feed import Changes, Position
from gateway.http.layered import Layered
from gateway.push import endpoint
from gateway.push.endpoint import PushEndpoint, audience_of
from gateway.push.events import EventStream
from gateway.push.feeds import Feeds
from gateway.push.reader import Ground, Rhythm
from gateway.telemetry import declare_push_metrics
from tests.unit.gateway.fakes import MORNING

SOON = timedelta(milliseconds=1)
BEARER = {"authorization": "Bearer token"}
PATH = "/v1/push?topic=board/sites/bank"


class Door:
    """The endpoint with an identity and a roster that can change their minds."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.identity: Identity | None = Identity(
            "accounts/a", frozenset({"board.read"}), EVERYTHING
        )
        self.site_refusal: Refusal | None = None
        self.check_count = 0
        self.feeds = Feeds(tick_seconds=0)
        self.endpoint = PushEndpoint(
            Ground(
                ManualClock(MORNING),
                _no_replay,
                declare_push_metrics(self.registry),
                Rhythm(access_check=SOON),
            ),
            self.feeds,
            Layered(server_layers(silent_telemetry("gateway"), self._authenticate)),
            self._authenticate,
            self._check_site,
        )

    async def read(self) -> httpx.Response:
        """Opens a stream and returns it once it has ended."""
        transport = httpx.ASGITransport(self.endpoint)
        async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as client:
            return await client.get(PATH, headers=BEARER)

    async def _authenticate(self, _bearer: str) -> Caller:
        self.check_count += 1
        if self.identity is None:
            raise sign_in_required("the session has ended")
        return Caller(self.identity, "jwt")

    async def _check_site(self, _site: str) -> None:
        if self.site_refusal:
            raise self.site_refusal


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
    door.identity = Identity("accounts/a", frozenset({"board.read"}), scope)

    assert (await reading).status_code == 200


async def test_a_stream_outlives_a_roster_that_is_away(door: Door) -> None:
    reading = asyncio.create_task(door.read())
    await checked(door, 2)

    door.site_refusal = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "away")
    await checked(door, door.check_count + 5)

    assert not reading.done()
    door.feeds.close()
    await reading


async def test_a_site_that_one_may_not_see_has_no_stream(door: Door) -> None:
    door.site_refusal = Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "there is no such site")

    answer = await door.read()

    assert answer.status_code == 404


async def test_a_caller_has_a_limited_number_of_streams(
    door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint, "MOST_STREAMS", 1)
    reading = asyncio.create_task(door.read())
    await checked(door, 2)

    refused = await door.read()

    assert (refused.status_code, refused.json()["reason"]) == (429, "TOO_MANY_STREAMS")
    door.feeds.close()
    await reading
    assert (await door.read()).status_code == 200


def test_whoever_sees_the_site_sees_all_its_rows_and_others_their_own() -> None:
    own = frozenset({"agents/me"})

    assert audience_of(EVERYTHING, "sites/bank") is None
    assert audience_of(Scope(frozenset({"sites/bank"}), own), "sites/bank") is None
    assert audience_of(Scope(frozenset(), own), "sites/bank") == own


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
