import asyncio
import json
import os
import socket
from pathlib import Path
from typing import Any
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


async def test_a_place_ahead_of_the_roster_needs_a_new_snapshot(desk: Desk) -> None:
    desk.roster.change(desk.roster.members[0])
    await desk.publish(desk.roster.changes[-1])

    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", f"/v1/push?topic=roster/{SITE}&cursor=1:9") as answer,
    ):
        events = [(kind, data) async for kind, _, data in events_of(answer)]

    assert events[-1][0] == "resync"
    assert json.loads(events[-1][1])["topic"] == f"roster/{SITE}"


@pytest.mark.parametrize("cursor", ["7:1", "1:2"])
async def test_a_place_of_another_epoch_or_ahead_of_the_site_needs_a_new_snapshot(
    desk: Desk, cursor: str
) -> None:
    await desk.publish(desk.presence.add_link("a"))

    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", f"{PUSH}&cursor={cursor}") as answer,
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
        ("topic=board/sites/other&topic=waiting/sites/other", 404, "UNKNOWN_SITE"),
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


async def test_several_topics_come_over_one_stream(desk: Desk) -> None:
    topics = f"{PUSH}&topic=waiting/{SITE}&topic=roster/{SITE}&cursor=1:0"
    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", topics) as answer,
    ):
        events = events_of(answer)
        await anext(events)
        await desk.publish(desk.presence.add_link("a"))
        desk.dispatch.waiting_counts.put_nowait(4)
        desk.roster.change(desk.roster.members[0])
        await desk.publish(desk.roster.changes[-1])

        told: dict[str, Any] = {}
        while len(told) < 3:
            kind, place, data = await anext(events)
            told[kind] = json.loads(data)

    assert place == "1:1,-,1:1"
    assert told["states"]["agents"] == ["agents/a"]
    assert told["waiting"]["figures"] == [{"queue": f"{SITE}/queues/sales", "waitingCount": 4}]
    assert "PART_PEOPLE" in told["roster"]["parts"]
    assert desk.dispatch.watchers == ["processes/gateway"]


async def test_all_topics_resume_by_the_id_of_the_last_event(desk: Desk) -> None:
    token = await desk.sign_in()
    topics = f"{PUSH}&topic=roster/{SITE}&cursor=1:0&cursor=1:0"
    async with desk.http(token) as client:
        async with client.stream("GET", topics) as answer:
            events = events_of(answer)
            await desk.publish(desk.presence.add_link("a"))
            while (last := await anext(events))[0] != "states":
                pass
        await desk.publish(desk.presence.add_link("b"))
        desk.roster.change(desk.roster.members[0])
        await desk.publish(desk.roster.changes[-1])

        told = []
        headers = {"last-event-id": last[1]}
        async with client.stream("GET", topics, headers=headers) as answer:
            async for kind, place, data in events_of(answer):
                told += json.loads(data).get("agents", [kind])
                if place == "1:2,1:1":
                    break

    assert sorted(told) == ["agents/b", "heartbeat", "roster"]


async def test_an_agent_follows_her_own_row_and_no_queue(desk: Desk) -> None:
    topics = f"{PUSH}&topic=waiting/{SITE}&cursor=1:0"
    async with (
        desk.http(await desk.sign_in("agent")) as client,
        client.stream("GET", topics) as answer,
    ):
        events = events_of(answer)
        _, refused = await anext(events), await anext(events)
        await desk.publish(desk.presence.add_link("other", "harbor-0001"))
        kind, _, data = await anext(events)

    assert refused[0] == "refused"
    assert json.loads(refused[2])["topic"] == f"waiting/{SITE}"
    assert kind == "states"
    assert json.loads(data)["agents"] == ["agents/harbor-0001"]


async def test_a_stream_ends_at_once_when_its_session_does(desk: Desk) -> None:
    async with (
        desk.http(await desk.sign_in()) as client,
        client.stream("GET", PUSH) as answer,
    ):
        events = events_of(answer)
        await anext(events)

        await client.delete("/v1/sessions/current")

        async with asyncio.timeout(30):
            assert [event async for event in events] == []


async def test_readers_that_take_nothing_cost_no_memory(desk: Desk) -> None:
    token = await desk.sign_in()
    slow = [await asyncio.to_thread(_open_without_reading, desk.http_url, token) for _ in range(20)]
    await eventually(lambda: desk.reader_count() == len(slow))
    links = [_large(desk) for _ in range(60)]
    before = _resident_bytes()

    for link in links:
        await desk.publish(link)

    # All of it for all of them would be 250 MB.
    assert _resident_bytes() - before < 60_000_000
    for one in slow:
        one.close()


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


def _resident_bytes() -> int:
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


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
