"""Sources that push their events, over real ports and a real database."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from gateway.store.source_events import StoredSourceEvents
from tests.component.conftest import OpenDatabase
from tests.component.gateway.accounts import enter
from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk

MAPPING = """
[events]
id = "id"
time = "at"
[agents]
id = "who"
name = "{agent}"
[[states]]
when = "state"
value = "state"
[states.values]
free = { state = "ONLINE" }
lunch = { state = "BREAK", reason = "meal" }
[[contacts]]
when = "call"
with_agent = false
id = "call"
value = "what"
[contacts.values]
in = { kind = "ENQUEUED" }
"""
LEARNED = MAPPING.replace(
    "[[contacts]]", 'coffee = { state = "BREAK", reason = "short" }\n[[contacts]]'
)


class Platform:
    """A vendor's platform that pushes, and the people who set it up."""

    def __init__(self, desk: Desk, client: httpx.AsyncClient, secret: str) -> None:
        self._desk = desk
        self.client = client
        self.secret = secret

    async def push(self, content: Any, *, source: str = "pbx", **headers: str) -> httpx.Response:
        """Pushes what it is given, signed now unless the headers say otherwise."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        sent = headers or {"x-muster-signature": self.signature(body)}
        async with httpx.AsyncClient(base_url=self._desk.http_url, timeout=30) as stranger:
            return await stranger.post(f"/v1/sources/{source}/events", content=body, headers=sent)

    def signature(self, body: bytes, age_seconds: int = 0) -> str:
        seconds = int(datetime.now(UTC).timestamp()) - age_seconds  # noqa: TID251 - as a sender does
        signed = f"{seconds}.".encode() + body
        digest = hmac.digest(self.secret.encode(), signed, hashlib.sha256)
        return f"t={seconds},v1={digest.hex()}"

    async def activate(self, text: str) -> None:
        """Adds a version of the mapping and makes it the active one."""
        added = await self.call("POST", "/v1/sources/pbx/mappings", text=text)
        await self.call("POST", f"/v1/{added['name']}:activate")

    async def call(self, verb: str, path: str, **fields: Any) -> Any:
        """Calls the API as the supervisor and returns the answer."""
        answer = await self.client.request(verb, path, json=fields if verb != "GET" else None)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def events(self, state: str = "") -> list[dict[str, Any]]:
        found = await self.call("GET", f"/v1/sources/pbx/events?state={state or 0}")
        return list(found.get("events", []))

    async def settled(self) -> list[str]:
        """The states of all events, the oldest first, once none waits."""

        async def none_waits() -> bool:
            return not await self.events("STATE_PENDING")

        await _until(none_waits)
        return [event["state"] for event in reversed(await self.events())]


@pytest.fixture
async def platform(desk: Desk) -> Any:
    async with desk.http(await desk.sign_in()) as client:
        answer = await client.post(
            "/v1/sources", json={"sourceId": "pbx", "site": SITE, "displayName": "PBX"}
        )
        assert answer.status_code == 200, answer.text
        platform = Platform(desk, client, answer.json()["secret"])
        await platform.activate(MAPPING)
        yield platform


def event(number: int, **changes: Any) -> dict[str, Any]:
    at = datetime.now(UTC).isoformat()  # noqa: TID251 - as a sender does
    return {"id": f"e{number}", "at": at, "who": "a", "state": "free", **changes}


async def test_what_a_platform_pushes_is_reported_in_its_own_name(
    desk: Desk, platform: Platform
) -> None:
    pushed = [event(1), {"id": "e2", "at": event(2)["at"], "call": "c7", "what": "in"}]

    answer = await platform.push(pushed)

    assert (answer.status_code, answer.json()) == (202, {"newCount": 2, "repeatedCount": 0})
    assert await platform.settled() == ["STATE_DONE", "STATE_DONE"]
    [states], [contacts] = desk.presence.reported, desk.dispatch.reported
    assert [(one.event_id, one.agent) for one in states.reports] == [("e1", "agents/a")]
    assert [(one.event_id, one.contact_id) for one in contacts.events] == [("e2:enqueued", "c7")]
    assert (states.source, contacts.source, contacts.site) == ("pbx", "pbx", SITE)
    for reporter in (*desk.presence.reporters, *desk.dispatch.reporters):
        assert reporter.subject == "sources/pbx"
        assert reporter.scope.sites == frozenset({SITE})


async def test_what_is_pushed_again_is_not_taken_again(desk: Desk, platform: Platform) -> None:
    pushed = event(1)
    await platform.push(pushed)

    again = await platform.push([pushed, pushed, event(2)])

    assert again.json() == {"newCount": 1, "repeatedCount": 2}
    await platform.settled()
    reported = [one.event_id for call in desk.presence.reported for one in call.reports]
    assert sorted(reported) == ["e1", "e2"]


async def test_events_are_kept_while_presence_is_away_and_reported_when_it_is_back(
    desk: Desk, platform: Platform
) -> None:
    desk.presence.away = True
    answer = await platform.push(event(1))

    async def has_been_tried() -> bool:
        return any("reasons" in one for one in await platform.events("STATE_PENDING"))

    await _until(has_been_tried)
    [waiting] = await platform.events("STATE_PENDING")
    desk.presence.away = False

    assert answer.status_code == 202
    assert waiting["reasons"] == ["DATABASE_UNAVAILABLE: away for a while"]
    assert await platform.settled() == ["STATE_DONE"]


async def test_unknown_values_are_counted_and_kept_and_come_in_with_the_next_mapping(
    desk: Desk, platform: Platform
) -> None:
    await platform.push([event(1, state="coffee"), event(2, state="coffee"), event(3)])
    first = await platform.settled()
    unknowns = (await platform.call("GET", "/v1/sources/pbx/unknowns"))["unknowns"]

    await platform.activate(LEARNED)
    retried = await platform.call("POST", "/v1/sources/pbx/events:retry")

    assert first == ["STATE_UNKNOWN", "STATE_UNKNOWN", "STATE_DONE"]
    assert [(one["field"], one["value"], one["eventCount"]) for one in unknowns] == [
        ("states.0.values", "coffee", "2")
    ]
    assert retried == {"eventCount": 2}
    assert await platform.settled() == ["STATE_DONE"] * 3
    assert (await platform.call("GET", "/v1/sources/pbx/unknowns")).get("unknowns", []) == []
    reported = [one.event_id for call in desk.presence.reported for one in call.reports]
    assert sorted(reported) == ["e1", "e2", "e3"]


async def test_after_a_thousand_different_unknown_values_the_rest_is_counted_together(
    platform: Platform,
) -> None:
    for start in (0, 1000):
        await platform.push([event(start + one, state=f"s{start + one}") for one in range(1000)])
        await platform.settled()

    first = await platform.call("GET", "/v1/sources/pbx/unknowns?page_size=1000")
    last = await platform.call(
        "GET", f"/v1/sources/pbx/unknowns?page_size=1000&page_token={first['nextPageToken']}"
    )
    counted = {one["value"]: int(one["eventCount"]) for one in first["unknowns"] + last["unknowns"]}

    assert len(counted) == 1001
    assert counted["(others)"] == 1000
    assert sum(counted.values()) == 2000


async def test_replicas_side_by_side_take_different_events(
    database: OpenDatabase, desk: Desk, platform: Platform
) -> None:
    desk.presence.away = True
    opened = await database("gateway")
    now = datetime.now(UTC) + timedelta(days=1)  # noqa: TID251 - when all waits are over
    await platform.push([event(number) for number in range(300)])
    replicas = [StoredSourceEvents(opened) for _ in range(3)]

    taken = await asyncio.gather(
        *(replica.claim(100, now, now + timedelta(days=1)) for replica in replicas)
    )

    # The gateway's own worker takes some beside them.
    assert len({one.id for part in taken for one in part}) == sum(map(len, taken)) > 0


async def test_old_events_are_deleted_and_those_set_aside_later(
    database: OpenDatabase, platform: Platform
) -> None:
    await platform.push([event(1), event(2, state="tea")])
    await platform.settled()
    kept = StoredSourceEvents(await database("gateway"))
    soon = datetime.now(UTC) + timedelta(days=1)  # noqa: TID251 - after all of them

    assert await kept.delete_old(soon, soon - timedelta(days=2), 10) == 1
    assert [one["dedupeId"] for one in await platform.events()] == ["e2"]


async def test_an_event_that_presence_refuses_says_why_and_hinders_no_other(
    platform: Platform,
) -> None:
    await platform.push([event(1, who="nobody"), event(2), event(3, at="noon")])

    assert await platform.settled() == ["STATE_REFUSED", "STATE_DONE", "STATE_REFUSED"]
    third, _, first = await platform.events()
    assert first["reasons"] == ["UNKNOWN_AGENT: not on the roster"]
    assert third["reasons"] == ["'noon' is no time of the form iso"]


async def test_events_wait_for_the_first_mapping(desk: Desk, platform: Platform) -> None:
    created = await platform.call(
        "POST", "/v1/sources", sourceId="new", site=SITE, displayName="New"
    )
    platform.secret = created["secret"]
    await platform.push(event(1), source="new")

    waiting = await platform.call("GET", "/v1/sources/new")
    added = await platform.call("POST", "/v1/sources/new/mappings", text=MAPPING)
    await platform.call("POST", f"/v1/{added['name']}:activate")

    async def is_done() -> bool:
        return bool(await platform.call("GET", "/v1/sources/new/events?state=STATE_DONE"))

    assert waiting["pendingCount"] == 1
    await _until(is_done)


async def test_a_push_that_nobody_signed_is_refused_and_nothing_is_kept(
    platform: Platform,
) -> None:
    body = json.dumps(event(1)).encode()
    right = platform.signature(body)
    answers = {
        "none": await platform.push(body, **{"x-other": "1"}),
        "wrong": await platform.push(body, **{"x-muster-signature": right[:-1] + "x"}),
        "of another body": await platform.push(body + b" ", **{"x-muster-signature": right}),
        "old": await platform.push(
            body, **{"x-muster-signature": platform.signature(body, age_seconds=600)}
        ),
        "no such source": await platform.push(
            body, source="nothing", **{"x-muster-signature": right}
        ),
        "no such name": await platform.push(body, source="%00", **{"x-muster-signature": right}),
    }

    told = {name: (one.status_code, one.json()["reason"]) for name, one in answers.items()}
    assert told == {
        "none": (401, "SIGNATURE_REFUSED"),
        "wrong": (401, "SIGNATURE_REFUSED"),
        "of another body": (401, "SIGNATURE_REFUSED"),
        "old": (401, "SIGNATURE_EXPIRED"),
        "no such source": (404, "UNKNOWN_SOURCE"),
        "no such name": (404, "UNKNOWN_SOURCE"),
    }
    assert await platform.events() == []


@pytest.mark.parametrize("site", ["harbor", "sites/", "sites/\0"])
async def test_sources_of_what_is_no_site_are_refused_by_the_field(
    platform: Platform, site: str
) -> None:
    answer = await platform.client.get("/v1/sources", params={"site": site})

    assert (answer.status_code, answer.json()["violations"][0]["field"]) == (400, "site")


async def test_a_session_is_no_signature(desk: Desk, platform: Platform) -> None:
    answer = await platform.client.post("/v1/sources/pbx/events", json=event(1))

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"nonsense", 400, "INVALID_FIELD"),
        (b"[]", 400, "INVALID_FIELD"),
        (b'{"a":"' + b"x" * 1024 * 1024 + b'"}', 413, "BODY_TOO_LARGE"),
    ],
)
async def test_a_body_that_cannot_be_taken_is_refused_whole(
    platform: Platform, body: bytes, status: int, reason: str
) -> None:
    answer = await platform.push(body)

    assert (answer.status_code, answer.json()["reason"]) == (status, reason)
    assert await platform.events() == []


async def test_more_than_may_wait_is_sent_away_with_a_time_to_come_back(
    desk: Desk, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gateway.app.receive_events.MOST_PENDING", 1)
    desk.presence.away = True
    await platform.push([event(1), event(2)])

    answer = await platform.push(event(3))

    assert (answer.status_code, answer.json()["reason"]) == (429, "TOO_MANY_PENDING")
    assert answer.headers["retry-after"] == "30"


async def test_the_secret_is_shown_once_and_the_former_one_is_taken_for_a_while(
    platform: Platform,
) -> None:
    read = await platform.call("GET", "/v1/sources/pbx")
    former = platform.secret
    rotated = await platform.call("POST", "/v1/sources/pbx:rotateSecret")

    assert read.get("secret", "") == ""
    assert rotated["secret"] != former
    assert (await platform.push(event(1))).status_code == 202
    platform.secret = rotated["secret"]
    assert (await platform.push(event(2))).status_code == 202
    await platform.call("POST", "/v1/sources/pbx:rotateSecret", revokeFormer=True)
    assert (await platform.push(event(3))).status_code == 401


async def test_a_platform_that_cannot_sign_brings_a_key(platform: Platform) -> None:
    await platform.call("PATCH", "/v1/sources/pbx", signing={"scheme": "SCHEME_API_KEY"})

    answer = await platform.push(event(1), **{"x-api-key": platform.secret})
    wrong = await platform.push(event(2), **{"x-api-key": "guessed"})

    assert (answer.status_code, wrong.status_code) == (202, 401)


async def test_a_change_of_what_was_changed_meanwhile_is_refused(platform: Platform) -> None:
    etag = (await platform.call("GET", "/v1/sources/pbx"))["etag"]
    await platform.call("PATCH", "/v1/sources/pbx", displayName="New", etag=etag)

    late = await platform.client.patch(
        "/v1/sources/pbx", json={"displayName": "Newer", "etag": etag}
    )

    assert (late.status_code, late.json()["reason"]) == (409, "STALE_ETAG")
    assert (await platform.call("GET", "/v1/sources/pbx"))["displayName"] == "New"


async def test_a_mapping_is_tried_on_samples_and_nothing_is_written(
    desk: Desk, platform: Platform
) -> None:
    samples = "\n".join(json.dumps(one) for one in (event(1), event(2, state="tea")))

    tried = await platform.call(
        "POST", "/v1/sources/pbx/mappings:test", text=LEARNED, events=samples
    )

    assert [one["fate"] for one in tried["events"]] == ["FATE_UNDERSTOOD", "FATE_UNKNOWN"]
    assert tried["events"][0]["states"][0]["state"] == "STATE_ONLINE"
    assert tried["events"][1]["unknowns"] == ["states.0.values: tea"]
    assert tried["agents"] == ["agents/a"]
    assert (desk.presence.reported, await platform.events()) == ([], [])


async def test_a_wrong_mapping_names_its_settings_and_the_same_text_is_one_version(
    platform: Platform,
) -> None:
    wrong = await platform.client.post(
        "/v1/sources/pbx/mappings", json={"text": MAPPING.replace("ONLINE", "READY")}
    )
    added = await platform.call("POST", "/v1/sources/pbx/mappings", text=MAPPING)

    assert wrong.json()["violations"][0]["field"] == "text.states.0.values.free.state"
    assert added["name"] == "sources/pbx/mappings/1"
    assert added["author"] == "accounts/supervisor"


async def test_lists_come_in_pages(platform: Platform) -> None:
    for number in range(5):
        await platform.push(event(number))
    await platform.settled()

    seen: list[str] = []
    token = ""
    while len(seen) < 10:
        page = await platform.call("GET", f"/v1/sources/pbx/events?page_size=2&page_token={token}")
        seen += [one["dedupeId"] for one in page["events"]]
        token = page.get("nextPageToken", "")
        if not token:
            break

    assert seen == ["e4", "e3", "e2", "e1", "e0"]
    wrong = await platform.client.get("/v1/sources/pbx/mappings?page_token=bm8=")
    assert wrong.json()["reason"] == "INVALID_PAGE_TOKEN"


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"site": "sites/nowhere"}, 404, "UNKNOWN_SITE"),
        ({"site": "nowhere"}, 400, "site"),
        ({"sourceId": "PBX"}, 400, "source_id"),
        ({"displayName": ""}, 400, "display_name"),
        ({"signing": {"signedText": "{timestamp}"}}, 400, "signing.signed_text"),
        ({"sourceId": "pbx"}, 409, "SOURCE_EXISTS"),
    ],
)
async def test_a_source_that_could_not_work_is_not_made(
    platform: Platform, changes: dict[str, Any], status: int, told: str
) -> None:
    asked = {"sourceId": "other", "site": SITE, "displayName": "Other", **changes}

    answer = await platform.client.post("/v1/sources", json=asked)

    document = answer.json()
    assert answer.status_code == status
    assert told in (document["reason"], *(one["field"] for one in document["violations"]))


async def test_an_agent_may_not_look_at_sources(desk: Desk, platform: Platform) -> None:
    async with desk.http(await desk.sign_in("agent")) as client:
        answer = await client.get("/v1/sources")

    assert answer.status_code == 403
    assert answer.json()["metadata"] == {"permission": "gateway.sources.read"}


async def test_what_a_vendor_wrote_itself_is_for_those_who_may_read_it(
    desk: Desk, platform: Platform
) -> None:
    await platform.push(event(1))
    await platform.settled()
    watching = await enter(desk, "bo", roles=["roles/supervisor"], sites=[SITE])
    connecting = await enter(desk, "io", roles=["roles/integrator"], sites=[SITE])

    async def seen_by(token: str) -> dict[str, Any]:
        async with desk.http(token) as client:
            answer = await client.get("/v1/sources/pbx/events")
        return dict(answer.json()["events"][0])

    whole = await seen_by(connecting)
    assert json.loads(whole["body"])["id"] == "e1"
    without = {key: value for key, value in whole.items() if key != "body"}
    assert await seen_by(watching) == without


async def test_figures_tell_what_happened(desk: Desk, platform: Platform) -> None:
    await platform.push([event(1), event(2, state="tea")])
    await platform.push(b"{}", **{"x-other": "1"})
    await platform.settled()

    def value(name: str, **labels: str) -> float | None:
        return desk.registry.get_sample_value(f"muster_gateway_source_{name}", labels)

    assert value("pushes_total", answer="accepted") == 1
    assert value("pushes_total", answer="signature_refused") == 1
    assert value("events_total", what="received") == 2
    assert value("events_total", what="unknown") == 1
    assert value("unknown_values_total") == 1
    assert value("event_age_seconds_count") == 2


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(60):
        while not await holds():  # noqa: ASYNC110 - the other side is a database
            await asyncio.sleep(0.05)  # between two looks
