"""A person signed in at the public REST API."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import httpx

from tests.support.tree import Tree

SPAN = timedelta(hours=12)
_AWAY_SECONDS = 15
_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Frame:
    """One event of the push stream."""

    event: str
    id: str
    data: str

    @property
    def changes(self) -> dict[str, Any]:
        """The data, which is JSON."""
        return dict(json.loads(self.data))


class Desk:
    """What a person does with the API. Refusals are httpx.HTTPStatusError."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.token = token
        self._http = http

    async def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Reads something."""
        return _accepted(await self._http.get(path, params=parameters))

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Writes something."""
        return _accepted(await self._http.post(path, json=body))

    async def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Sets something."""
        return _accepted(await self._http.put(path, json=body))

    async def open_site(self, site: str, agents: Sequence[str], zone: str = "UTC") -> None:
        """Makes a site with agents.

        Repeats while a process is away, as callers are told to.
        """
        name = f"sites/{site}"
        body = {
            "sites": [{"name": name, "displayName": site.title(), "timeZone": zone}],
            "agents": [
                {"name": f"agents/{agent}", "displayName": agent.title(), "site": name}
                for agent in agents
            ],
        }
        await _patiently(lambda: self.post("/v1/roster:apply", body))

    async def report(
        self, agent: str, state: str, time: datetime, event_id: str, source: str = "desk-test"
    ) -> str:
        """Reports one state change; returns the outcome."""
        answer = await self.post(
            "/v1/states:report",
            {
                "source": source,
                "sourceKind": "SOURCE_KIND_TELEPHONY",
                "reports": [
                    {
                        "eventId": event_id,
                        "agent": f"agents/{agent}",
                        "state": f"STATE_{state}",
                        "occurredTime": _timestamp(time),
                    }
                ],
            },
        )
        return str(answer["outcomes"][0])

    async def heatmap(self, site: str) -> dict[str, Any]:
        """Today's board of a site."""
        return await self.get(f"/v1/sites/{site}/heatmap")

    async def log_ids(self, agent: str, now: datetime) -> list[str]:
        """The event ids of an agent's log around now, in its order."""
        span = {"startTime": _timestamp(now - SPAN), "endTime": _timestamp(now + SPAN)}
        ids: list[str] = []
        token = ""
        while True:
            asked = {**span, "pageSize": 1000, "pageToken": token}
            page = await _patiently(partial(self.get, f"/v1/agents/{agent}/stateLog", **asked))
            ids += [entry["eventId"] for entry in page.get("entries", [])]
            token = page.get("nextPageToken", "")
            if not token:
                return ids

    @asynccontextmanager
    async def push(self, site: str, cursor: str) -> AsyncIterator[AsyncIterator[Frame]]:
        """Opens the push stream of a site behind a cursor `epoch:seq`."""
        parameters = {"topic": f"board/sites/{site}", "cursor": cursor}
        async with self._http.stream("GET", "/v1/push", params=parameters, timeout=30) as stream:
            assert stream.status_code == httpx.codes.OK, await stream.aread()
            yield _frames(stream.aiter_lines())


@asynccontextmanager
async def signed_in(
    tree: Tree,
    account: str = "supervisor",
    password: str | None = None,
    purpose: str = "quality",
) -> AsyncIterator[Desk]:
    """Signs in, with the account's first password as the tree showed it unless one is given. Each
    call states the purpose: the sites of tests are strict unless they choose otherwise.
    """
    async with httpx.AsyncClient(base_url=tree.http_url, timeout=15) as http:
        credentials = {"account": account, "password": password or tree.passwords[account]}
        session = _accepted(await http.post("/v1/sessions", json=credentials))
        http.headers["authorization"] = f"Bearer {session['token']}"
        http.headers["x-muster-purpose"] = purpose
        yield Desk(http, str(session["token"]))


def cursor_of(answer: dict[str, Any]) -> str:
    """The place in the site's order that an answer includes, as the push stream takes it."""
    cursor = answer["cursor"]
    return f"{cursor['epoch']}:{cursor.get('seq', 0)}"


async def count_changes(
    frames: AsyncIterator[Frame], last: dict[str, Any], within_seconds: float = 60
) -> int:
    """Counts the changes on a push stream at least up to a cursor, as an answer holds it."""
    changes, seen = 0, 0
    try:
        async with asyncio.timeout(within_seconds):
            async for frame in frames:
                assert frame.event != "resync", "the stream gave up"
                if frame.event == "states":
                    changes += len(frame.changes["agents"])
                    seen = int(frame.changes["cursor"]["seq"])
                # A frame may take in later changes as well, and so go beyond the cursor.
                if seen >= int(last.get("seq", 0)):
                    return changes
    except TimeoutError:
        pass
    raise AssertionError(f"the stream came to {seen} after {changes} changes, not to {last}")


async def _patiently(call: Callable[[], Awaitable[dict[str, Any]]]) -> dict[str, Any]:
    """Repeats a call while a process is away.

    The gateway may still be on its way back to one that was killed a moment ago.
    """
    async with asyncio.timeout(_AWAY_SECONDS):
        while True:
            try:
                return await call()
            except httpx.HTTPStatusError as error:
                if error.response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    raise
            await asyncio.sleep(_PAUSE_SECONDS)


def _accepted(response: httpx.Response) -> dict[str, Any]:
    if response.is_error:
        raise httpx.HTTPStatusError(
            f"{response.status_code} {response.text}", request=response.request, response=response
        )
    return dict(response.json())


def _timestamp(time: datetime) -> str:
    return time.isoformat().replace("+00:00", "Z")


async def _frames(lines: AsyncIterator[str]) -> AsyncIterator[Frame]:
    fields: dict[str, str] = {}
    async for line in lines:
        if line:
            name, _, text = line.partition(":")
            fields[name] = text.removeprefix(" ")
        elif "data" in fields:
            yield Frame(fields.get("event", ""), fields.get("id", ""), fields["data"])
            fields = {}
        else:
            fields = {}
