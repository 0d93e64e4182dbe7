import asyncio
import json
import socket
from urllib.parse import urlsplit

import pytest
from muster.presence.v1.events_pb2 import AgentStatesChanged

from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk, events_of
from tests.support.waiting import eventually

PUSH = f"/v1/push?topic=board/{SITE}"


async def test_a_change_reaches_the_reader(desk: Desk) -> None:
    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", f"{PUSH}&cursor=1:0") as answer,
    ):
        events = events_of(answer)
        first = await anext(events)
        await desk.publish(desk.presence.add_link("a"))

        kind, place, data = await anext(events)

    assert answer.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert first[0] == "heartbeat"
    assert (kind, place) == ("states", "1:1")
    assert json.loads(data)["agents"] == ["agents/a"]
    assert json.loads(data)["reasons"] == ["lunch"]


async def test_a_reader_resumes_after_the_last_event_it_saw(desk: Desk) -> None:
    for _ in range(3):
        await desk.publish(desk.presence.add_link("a"))
    headers = {"last-event-id": "1:2"}

    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", f"{PUSH}&cursor=1:0", headers=headers) as answer,
    ):
        events = events_of(answer)
        await anext(events)
        kind, place, data = await anext(events)

    assert (kind, place) == ("states", "1:3")
    assert len(json.loads(data)["agents"]) == 1


async def test_what_was_before_the_gateway_is_replayed_from_presence(desk: Desk) -> None:
    links = [desk.presence.add_link(f"a{place}") for place in range(30)]
    await desk.publish(links[-1])

    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", f"{PUSH}&cursor=1:10") as answer,
    ):
        agents: list[str] = []
        async for kind, place, data in events_of(answer):
            agents += json.loads(data)["agents"] if kind == "states" else []
            if place == "1:30":
                break

    assert agents == [f"agents/a{place}" for place in range(10, 30)]


async def test_a_place_that_is_not_kept_any_more_needs_a_new_snapshot(desk: Desk) -> None:
    desk.presence.oldest_kept = 1
    await desk.publish(desk.presence.add_link("a"))

    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", f"{PUSH}&cursor=7:1") as answer,
    ):
        kinds = [kind async for kind, _, _ in events_of(answer)]

    assert kinds == ["heartbeat", "resync"]


@pytest.mark.parametrize(
    ("query", "status", "reason"),
    [
        ("topic=board/sites/other", 404, "UNKNOWN_SITE"),
        ("topic=board/x", 400, "INVALID_FIELD"),
        ("", 400, "INVALID_FIELD"),
        (f"topic=board/{SITE}&topic=board/{SITE}", 400, "INVALID_FIELD"),
        (f"topic=board/{SITE}&cursor=x", 400, "INVALID_FIELD"),
    ],
)
async def test_a_stream_that_cannot_be_is_refused_before_it_begins(
    desk: Desk, query: str, status: int, reason: str
) -> None:
    async with desk.http(await desk.sign_in()) as client:
        answer = await client.get(f"/v1/push?{query}")

    assert (answer.status_code, answer.json()["reason"]) == (status, reason)


async def test_the_stream_needs_a_session(desk: Desk) -> None:
    async with desk.http() as client:
        answer = await client.get(PUSH)

    assert answer.status_code == 401


async def test_a_browser_reads_with_its_cookie(desk: Desk) -> None:
    headers = {"cookie": f"muster_session={await desk.sign_in()}"}

    async with desk.http() as client, client.stream("GET", PUSH, headers=headers) as answer:
        kind, _, _ = await anext(events_of(answer))

    assert kind == "heartbeat"


async def test_a_reader_who_left_is_forgotten(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client, client.stream("GET", PUSH) as answer:
        await anext(events_of(answer))
        assert desk.reader_count() == 1

    await eventually(lambda: desk.reader_count() == 0)


async def test_a_reader_that_takes_nothing_is_sent_for_a_snapshot(desk: Desk) -> None:
    token = await desk.sign_in()
    slow = await asyncio.to_thread(_open_without_reading, desk.http_url, token)
    await eventually(lambda: desk.reader_count() == 1)

    for _ in range(120):
        await desk.publish(_large(desk))
    content = await asyncio.to_thread(_read_to_end, slow)

    # Far less than the 25 MB that were published waited for the reader.
    assert len(content) < 8_000_000
    assert b"event: resync" in content
    assert content.rstrip().endswith(b"0")


def _large(desk: Desk) -> AgentStatesChanged:
    return desk.presence.add_link(*(f"agent-{place:04}" for place in range(2000)))


def _open_without_reading(url: str, token: str) -> socket.socket:
    address = urlsplit(url)
    opened = socket.socket()
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    opened.connect((address.hostname, address.port))
    request = f"GET {PUSH}&cursor=1:0 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n\r\n"
    opened.sendall(request.encode())
    return opened


def _read_to_end(slow: socket.socket) -> bytes:
    content = bytearray()
    slow.settimeout(30)
    with slow:
        while b"event: resync" not in content[-300:]:
            piece = slow.recv(65536)
            if not piece:
                break
            content += piece
        content += slow.recv(65536)
    return bytes(content)
