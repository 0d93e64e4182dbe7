"""A person signed in at the public REST API."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import httpx

from chassis.clock import SystemClock
from tests.support.tree import Tree

SPAN = timedelta(hours=12)
# A machine that is busy with others is slow, and not broken.
ANSWERED_WITHIN_SECONDS = 30
_AWAY_SECONDS = 60
_PAUSE_SECONDS = 0.2
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

T = TypeVar("T")


class Change(NamedTuple):
    """What tells a change from all others: whose it is, and when it occurred."""

    agent: str
    occurred_time_ms: int


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
    """What a person does with the API. Refusals are httpx.HTTPStatusError.

    What is refused while a process is away is repeated, as callers are told to; but for reports,
    whose refusals are the test's to count.
    """

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self.token = token
        self._http = http

    async def get(self, path: str, **parameters: Any) -> dict[str, Any]:
        """Reads something."""
        return await _patiently(lambda: self._call("GET", path, params=parameters))

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Writes something."""
        return await _patiently(lambda: self._call("POST", path, json=body))

    async def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """Sets something."""
        return await _patiently(lambda: self._call("PUT", path, json=body))

    async def open_site(self, site: str, agents: Sequence[str], zone: str = "") -> None:
        """Makes a site with agents; unless its zone is given it lies where it is noon, so that no
        day ends in the middle of a test.
        """
        name = f"sites/{site}"
        zone = zone or zone_of_noon(SystemClock().now()).key
        body = {
            "sites": [{"name": name, "displayName": site.title(), "timeZone": zone}],
            "agents": [
                {"name": f"agents/{agent}", "displayName": agent.title(), "site": name}
                for agent in agents
            ],
        }
        await self.post("/v1/roster:apply", body)

    async def report(
        self, agent: str, state: str, time: datetime, event_id: str, source: str = "desk-test"
    ) -> str:
        """Reports one state change; returns the outcome."""
        body = {
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
        }
        answer = await self._call("POST", "/v1/states:report", json=body)
        return str(answer["outcomes"][0])

    async def report_contact(self, site: str, event: dict[str, Any]) -> str:
        """Reports one event of a contact; returns the outcome."""
        body = {
            "site": f"sites/{site}",
            "source": "desk-test",
            "sourceKind": "SOURCE_KIND_TELEPHONY",
            "events": [event],
        }
        answer = await self._call("POST", "/v1/contacts:report", json=body)
        return str(answer["outcomes"][0])

    async def heatmap(self, site: str) -> dict[str, Any]:
        """Today's board of a site."""
        return await self.get(f"/v1/sites/{site}/heatmap")

    async def whole_heatmap(self, site: str) -> dict[str, Any]:
        """Today's board of a site, once no part of it is missing."""
        async with asyncio.timeout(_AWAY_SECONDS):
            while "missing" in (board := await self.heatmap(site)):  # noqa: ASYNC110 - others wait
                await asyncio.sleep(_PAUSE_SECONDS)
        return board

    async def log_ids(self, agent: str, now: datetime) -> list[str]:
        """The event ids of an agent's log around now, in its order."""
        entries = await self._all_pages(f"/v1/agents/{agent}/stateLog", "entries", now)
        return [entry["eventId"] for entry in entries]

    async def contacts(self, site: str, now: datetime) -> list[dict[str, Any]]:
        """The contacts of a site around now."""
        return await self._all_pages(f"/v1/sites/{site}/contacts", "contacts", now)

    async def _all_pages(self, path: str, kind: str, now: datetime) -> list[dict[str, Any]]:
        span = {"startTime": _timestamp(now - SPAN), "endTime": _timestamp(now + SPAN)}
        found: list[dict[str, Any]] = []
        token = ""
        while True:
            asked = {**span, "pageSize": 1000, "pageToken": token}
            page = await self.get(path, **asked)
            found += page.get(kind, [])
            token = page.get("nextPageToken", "")
            if not token:
                return found

    def push(self, site: str, cursor: str) -> AbstractAsyncContextManager[AsyncIterator[Frame]]:
        """Opens the push stream of a site's states behind a cursor `epoch:seq`."""
        return self.follow(f"board/sites/{site}", cursor)

    @asynccontextmanager
    async def follow(self, topic: str, cursor: str = "") -> AsyncIterator[AsyncIterator[Frame]]:
        """Opens the push stream of a topic."""
        parameters = {"topic": topic} | ({"cursor": cursor} if cursor else {})
        request = self._http.build_request("GET", "/v1/push", params=parameters)
        stream = await _patiently(lambda: self._open(request))
        try:
            yield _frames(stream.aiter_lines())
        finally:
            await stream.aclose()

    async def _call(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        response = _accepted(await self._http.request(method, path, **options))
        return dict(response.json())

    async def _open(self, request: httpx.Request) -> httpx.Response:
        stream = await self._http.send(request, stream=True)
        if stream.is_error:
            await stream.aread()
        return _accepted(stream)


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
    async with httpx.AsyncClient(base_url=tree.http_url, timeout=ANSWERED_WITHIN_SECONDS) as http:
        credentials = {"account": account, "password": password or tree.passwords[account]}
        desk = Desk(http, "")
        session = await desk.post("/v1/sessions", credentials)
        desk.token = str(session["token"])
        http.headers.update(headers_of(desk.token, purpose))
        yield desk


def headers_of(token: str, purpose: str = "quality") -> dict[str, str]:
    """What each call of a session carries."""
    return {"authorization": f"Bearer {token}", "x-muster-purpose": purpose}


def cursor_of(answer: dict[str, Any]) -> str:
    """The place in the site's order that an answer includes, as the push stream takes it."""
    cursor = answer["cursor"]
    return f"{cursor['epoch']}:{cursor.get('seq', 0)}"


def zone_of_noon(now: datetime) -> ZoneInfo:
    """Returns the zone whose clocks show twelve, and how many minutes it is past in UTC."""
    # These zones are named by what is added to reach UTC.
    return ZoneInfo(f"Etc/GMT{now.hour - 12:+d}")


def milliseconds_of(time: datetime) -> int:
    """The milliseconds from 1970 to an instant, as columns hold them."""
    return (time - _EPOCH) // timedelta(milliseconds=1)


def told_changes(frame: Frame) -> Counter[Change]:
    """The changes of a frame; none of another kind than `states`."""
    if frame.event != "states":
        return Counter()
    told = frame.changes
    return Counter(map(Change, told["agents"], map(int, told["occurredTimesMs"])))


async def changes_until(
    frames: AsyncIterator[Frame], last: dict[str, Any], within_seconds: float = 60
) -> Counter[Change]:
    """Counts each change on a push stream at least up to a cursor, as an answer holds it."""
    changes: Counter[Change] = Counter()
    seen = 0
    try:
        async with asyncio.timeout(within_seconds):
            async for frame in frames:
                assert frame.event != "resync", "the stream gave up"
                changes += told_changes(frame)
                if frame.event == "states":
                    seen = int(frame.changes["cursor"]["seq"])
                # A frame may take in later changes as well, and so go beyond the cursor.
                if seen >= int(last.get("seq", 0)):
                    return changes
    except TimeoutError:
        pass
    raise AssertionError(
        f"the stream came to {seen} after {changes.total()} changes, not to {last}"
    )


async def _patiently(call: Callable[[], Awaitable[T]]) -> T:
    # The gateway may still be on its way back to a process that was killed a moment ago.
    async with asyncio.timeout(_AWAY_SECONDS):
        while True:
            try:
                return await call()
            except httpx.HTTPStatusError as error:
                if error.response.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    raise
            await asyncio.sleep(_PAUSE_SECONDS)


def _accepted(response: httpx.Response) -> httpx.Response:
    if response.is_error:
        raise httpx.HTTPStatusError(
            f"{response.status_code} {response.text}", request=response.request, response=response
        )
    return response


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
