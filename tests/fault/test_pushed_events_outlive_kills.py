"""Presence and the gateway are killed while a platform pushes: whatever was taken is recorded, and
once.
"""

import asyncio
import hashlib
import hmac
import json
from collections import Counter

import httpx

from chassis.clock import SystemClock
from tests.support.desk import ANSWERED_WITHIN_SECONDS, Desk
from tests.support.repeating import until_taken
from tests.support.tree import Tree
from tests.support.waiting import eventually

AGENT = "pushed-1"
MAPPING = """
[events]
id = "id"
time = "at"
[agents]
id = "who"
name = "{agent}"
[[states]]
value = "state"
[states.values]
free = { state = "ONLINE" }
"""
# A batch that a killed replica had in hand comes again when its lease has ended.
SETTLED_WITHIN_SECONDS = 90


async def test_what_was_taken_is_recorded_once_though_processes_are_killed(
    tree: Tree, desk: Desk
) -> None:
    await desk.open_site("push-town", [AGENT])
    secret = await _set_up(desk)

    pushed = await _push(tree, secret, "first")
    await tree.kill("presence")
    pushed += await _push(tree, secret, "second")
    await tree.kill("gateway")
    await tree.healed()
    pushed += await _push(tree, secret, "third")

    async def none_waits() -> bool:
        return "pendingCount" not in await desk.get("/v1/sources/platform")

    await eventually(none_waits, within_seconds=SETTLED_WITHIN_SECONDS)
    logged = Counter(await desk.log_ids(AGENT, SystemClock().now()))
    assert logged == Counter(pushed)


async def _set_up(desk: Desk) -> str:
    """Makes the source and returns its secret."""
    source = {"sourceId": "platform", "site": "sites/push-town", "displayName": "Platform"}
    created = await desk.post("/v1/sources", source)
    mapping = await desk.post("/v1/sources/platform/mappings", {"text": MAPPING})
    await desk.post(f"/v1/{mapping['name']}:activate", {})
    return str(created["secret"])


async def _push(tree: Tree, secret: str, part: str) -> list[str]:
    """Pushes a hundred events until they are taken, as platforms do, and returns their ids."""
    now = SystemClock().now()
    ids = [f"{part}-{number}" for number in range(100)]
    events = [{"id": one, "at": now.isoformat(), "who": AGENT, "state": "free"} for one in ids]
    body = json.dumps(events).encode()
    time = str(int(now.timestamp()))
    digest = hmac.digest(secret.encode(), f"{time}.".encode() + body, hashlib.sha256)
    headers = {"x-muster-signature": f"t={time},v1={digest.hex()}"}
    async with httpx.AsyncClient(
        base_url=tree.http_url, timeout=ANSWERED_WITHIN_SECONDS
    ) as platform:

        async def push() -> httpx.Response:
            path = "/v1/sources/platform/events"
            answer = await platform.post(path, content=body, headers=headers)
            return answer.raise_for_status()

        async with asyncio.timeout(SETTLED_WITHIN_SECONDS):
            answer = await until_taken(push)
    assert answer.status_code == httpx.codes.ACCEPTED, answer.text
    return ids
