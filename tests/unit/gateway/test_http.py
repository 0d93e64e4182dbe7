"""REST as a client sees it, without a network: the whole application on fakes."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.protobuf import empty_pb2
from muster.gateway.v1 import account_service_pb2, board_service_pb2
from starlette.types import Receive, Scope, Send

from chassis.access import Caller, current_caller
from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.identity import Identity, sign_in_required
from chassis.rpc.server import server_layers
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from gateway.api.catalogue import read_catalogue
from gateway.api.invoke import Invoker, local_methods
from gateway.http import reading
from gateway.http.app import build_app
from gateway.http.layered import Layered
from gateway.http.routes import Routes
from gateway.http.transcoder import Transcoder
from gateway.http.web_app import WebApp
from tests.support.through import let_through
from tests.unit.gateway.fakes import MORNING

ALL = frozenset({"board.read", "account.self"})


@dataclass
class FakeBoard:
    """Answers with what it was asked."""

    asked: list[board_service_pb2.GetHeatmapRequest] = field(default_factory=list)
    failure: Exception | None = None
    row_count: int = 1

    async def GetHeatmap(self, request: Any, _context: Any) -> Any:  # noqa: N802 - as on the wire
        self.asked.append(request)
        if self.failure:
            raise self.failure
        rows = [board_service_pb2.Heatmap.Row(agent="agents/a05")] * self.row_count
        return board_service_pb2.Heatmap(site=request.site, rows=rows)


class FakeAccount:
    """Signs in and out whoever asks."""

    async def CreateSession(self, _request: Any, _context: Any) -> Any:  # noqa: N802 - as on the wire
        session = account_service_pb2.Session(token="mst_new")
        session.expire_time.FromDatetime(MORNING + timedelta(hours=12))
        return session

    async def DeleteSession(self, _request: Any, _context: Any) -> Any:  # noqa: N802 - as on the wire
        return empty_pb2.Empty()

    async def GetMyAccount(self, _request: Any, _context: Any) -> Any:  # noqa: N802 - as on the wire
        return account_service_pb2.Account(name=current_caller().identity.subject)


async def no_push(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("nobody asked for the push stream")


async def authenticate(bearer: str) -> Caller:
    if not bearer.startswith("mst_"):
        raise sign_in_required("no")
    permissions = frozenset[str]() if bearer == "mst_nothing" else ALL
    return Caller(Identity("accounts/supervisor", permissions, EVERYTHING), "jwt")


@pytest.fixture
def board() -> FakeBoard:
    return FakeBoard()


@pytest.fixture
async def client(board: FakeBoard, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    catalogue = read_catalogue()
    invoker = Invoker(
        local_methods(
            ("muster.gateway.v1.BoardService", board),
            ("muster.gateway.v1.AccountService", FakeAccount()),
        ),
        {},
        let_through,
    )
    layered = Layered(server_layers(silent_telemetry("gateway"), authenticate))
    api = Transcoder(Routes(catalogue), invoker, layered, ManualClock(MORNING))
    app = build_app(api=api, push=no_push, source_events=no_push, web=WebApp(tmp_path))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://gateway") as opened:
        yield opened


BEARER = {"authorization": "Bearer mst_good"}
COOKIE = {"cookie": "theme=dark; muster_session=mst_good"}


def reason_of(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == answer.status_code
    assert document["type"] == f"urn:muster:problem:{document['domain']}:{document['reason']}"
    return str(document["reason"])


async def test_a_get_answers_in_json(client: httpx.AsyncClient, board: FakeBoard) -> None:
    answer = await client.get("/v1/sites/bank/heatmap?day.year=1999&timeZone=UTC", headers=BEARER)

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {"site": "sites/bank", "rows": [{"agent": "agents/a05"}]}
    assert board.asked[0].day.year == 1999


async def test_whoever_asks_for_binary_gets_it(client: httpx.AsyncClient) -> None:
    headers = BEARER | {"accept": "text/html, application/x-protobuf;q=0.9"}

    answer = await client.get("/v1/sites/bank/heatmap", headers=headers)

    assert answer.headers["content-type"] == "application/x-protobuf"
    assert board_service_pb2.Heatmap.FromString(answer.content).site == "sites/bank"


async def test_a_large_answer_is_the_same_json(client: httpx.AsyncClient, board: FakeBoard) -> None:
    board.row_count = 10_000

    answer = await client.get("/v1/sites/bank/heatmap", headers=BEARER)

    assert len(answer.json()["rows"]) == 10_000


async def test_without_an_identity_one_is_asked_to_sign_in(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/accounts/me")

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert reason_of(answer) == "SIGN_IN_REQUIRED"
    assert len(answer.json()["trace"]) == 32


async def test_without_the_permission_one_learns_which(
    client: httpx.AsyncClient, board: FakeBoard
) -> None:
    headers = {"authorization": "Bearer mst_nothing"}

    answer = await client.get("/v1/sites/bank/heatmap", headers=headers)

    assert answer.status_code == 403
    assert reason_of(answer) == "PERMISSION_MISSING"
    assert answer.json()["metadata"] == {"permission": "board.read"}
    assert board.asked == []


@pytest.mark.parametrize(
    ("failure", "status", "reason"),
    [
        (Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "none", domain="roster.muster"), 404, None),
        (Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "away"), 503, None),
        (Refusal(Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "old"), 400, None),
        (RuntimeError("secret detail"), 500, "INTERNAL_ERROR"),
    ],
)
async def test_a_failure_is_a_problem_document(
    client: httpx.AsyncClient,
    board: FakeBoard,
    failure: Exception,
    status: int,
    reason: str | None,
) -> None:
    board.failure = failure

    answer = await client.get("/v1/sites/bank/heatmap", headers=BEARER)

    assert answer.status_code == status
    assert reason_of(answer) == (reason or getattr(failure, "reason", None))
    assert "secret" not in answer.text


async def test_a_wait_is_told_in_header_and_document(
    client: httpx.AsyncClient, board: FakeBoard
) -> None:
    board.failure = Refusal(
        Code.RESOURCE_EXHAUSTED, "OVERLOADED", "full", retry_after=timedelta(seconds=1.2)
    )

    answer = await client.get("/v1/sites/bank/heatmap", headers=BEARER)

    assert answer.status_code == 429
    assert answer.headers["retry-after"] == "2"
    assert answer.json()["retryAfterSeconds"] == 2


async def test_a_cookie_identifies_a_browser(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/accounts/me", headers=COOKIE)

    assert answer.json() == {"name": "accounts/supervisor"}


async def test_a_write_with_a_cookie_needs_the_header_of_our_page(
    client: httpx.AsyncClient,
) -> None:
    bare = await client.delete("/v1/sessions/current", headers=COOKIE)
    proven = await client.delete("/v1/sessions/current", headers=COOKIE | {"x-muster-csrf": "1"})

    assert (bare.status_code, reason_of(bare)) == (403, "CSRF_CHECK_FAILED")
    assert proven.status_code == 200
    assert "muster_session=; Max-Age=0" in proven.headers["set-cookie"]


async def test_a_write_with_a_bearer_token_needs_no_such_header(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.delete("/v1/sessions/current", headers=BEARER)

    assert answer.status_code == 200


async def test_signing_in_as_a_browser_puts_the_token_out_of_the_reach_of_scripts(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post(
        "/v1/sessions",
        json={"account": "supervisor", "password": "x"},
        headers={"x-muster-session": "cookie", "cookie": "muster_session=stale"},
    )

    assert answer.json() == {"expireTime": "2026-11-22T20:00:00Z"}
    assert answer.headers["set-cookie"] == (
        "muster_session=mst_new; Max-Age=43200; Path=/; HttpOnly; SameSite=Strict"
    )


async def test_behind_tls_the_cookie_stays_there(client: httpx.AsyncClient) -> None:
    headers = {"x-muster-session": "cookie", "x-forwarded-proto": "https"}

    answer = await client.post("/v1/sessions", json={}, headers=headers)

    assert answer.headers["set-cookie"].endswith("; Secure")


async def test_signing_in_as_a_program_returns_the_token(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/sessions", json={})

    assert answer.json()["token"] == "mst_new"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("content", "media_type", "named"),
    [
        ("account=a&password=b", "application/x-www-form-urlencoded", "content-type"),
        ("{}", "text/plain", "content-type"),
        ("{", "application/json", "body"),
        ('{"acount": ""}', "application/json; charset=utf-8", "acount"),
    ],
)
async def test_a_body_that_is_not_taken_is_named(
    client: httpx.AsyncClient, content: str, media_type: str, named: str
) -> None:
    headers = {"content-type": media_type}

    answer = await client.post("/v1/sessions", content=content, headers=headers)

    assert (answer.status_code, reason_of(answer)) == (400, "MALFORMED_REQUEST")
    assert answer.json()["violations"][0]["field"] == named


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_that_is_too_large_is_not_read_to_its_end(
    client: httpx.AsyncClient, declared: bool
) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(8):
            yield b" " * 1_000_000
        raise AssertionError("it was read to its end")

    headers = {"content-type": "application/json"}
    headers |= {"content-length": "8000001"} if declared else {}

    answer = await client.post("/v1/sessions", content=chunks(), headers=headers)

    assert (answer.status_code, reason_of(answer)) == (413, "BODY_TOO_LARGE")
    assert answer.headers["connection"] == "close"


async def test_a_body_that_takes_too_long_is_waited_for_no_longer(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BODY_SECONDS", 0.02)

    async def chunks() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    answer = await client.post("/v1/sessions", content=chunks())

    assert (answer.status_code, reason_of(answer)) == (408, "BODY_TOO_SLOW")
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/v1/push?topic=" + "x" * 8192, {}, 414),
        ("/" + "a" * 8192, {}, 414),
        ("/", {f"x-{number}": "1" for number in range(101)}, 431),
        ("/", {f"x-{number}": "1" * 30_000 for number in range(3)}, 431),
    ],
)
async def test_a_head_that_is_too_large_is_refused_whatever_the_path(
    client: httpx.AsyncClient, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await client.get(path, headers=headers)

    assert (answer.status_code, reason_of(answer)) == (status, "HEAD_TOO_LARGE")


async def test_head_answers_as_get_does(client: httpx.AsyncClient) -> None:
    answer = await client.head("/v1/sites/bank/heatmap", headers=BEARER)

    assert answer.status_code == 200
    assert answer.headers["etag"]


@pytest.mark.parametrize("query", ["x=1", "day=1", "day.year=1&day.year=2", "%ff=1", "a=1&" * 2000])
async def test_a_query_that_is_not_taken_is_refused(client: httpx.AsyncClient, query: str) -> None:
    answer = await client.get(f"/v1/sites/bank/heatmap?{query}", headers=BEARER)

    assert (answer.status_code, reason_of(answer)) == (400, "MALFORMED_REQUEST")


async def test_a_path_that_leads_nowhere_says_so(client: httpx.AsyncClient) -> None:
    for path in ("/v1", "/v1/", "/v1/nothing", "/v1/sites/bank/nothing", "/v1/%ff"):
        answer = await client.get(path, headers=BEARER)
        assert (answer.status_code, reason_of(answer)) == (404, "NO_SUCH_METHOD")


async def test_a_verb_that_a_path_does_not_take_is_told_those_that_it_does(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.put("/v1/sessions", headers=BEARER)

    assert (answer.status_code, reason_of(answer)) == (405, "NO_SUCH_METHOD")
    assert answer.headers["allow"] == "POST"


async def test_internal_methods_cannot_be_reached(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/muster.presence.v1.PresenceService/GetSiteCoverage", headers=BEARER, json={}
    )

    assert answer.status_code == 405


@pytest.mark.parametrize("path", ["/v1/accounts/me", "/v1/nothing", "/", "/gone.js"])
async def test_every_answer_carries_the_headers_that_protect_a_browser(
    client: httpx.AsyncClient, path: str
) -> None:
    answer = await client.get(path, headers=BEARER)

    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


async def test_answers_of_the_api_are_kept_by_nobody(client: httpx.AsyncClient) -> None:
    answer = await client.get("/v1/accounts/me", headers=BEARER)

    assert answer.headers["cache-control"] == "no-store"


async def test_without_a_build_the_page_says_what_to_do(client: httpx.AsyncClient) -> None:
    answer = await client.get("/board?site=bank")

    assert answer.status_code == 503
    assert "make web" in answer.text


async def test_the_web_app_is_served_with_its_files(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "app-4f.js").write_text("let a")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "index.html").write_text("<!doctype html>")

    page = await client.get("/board?site=bank")
    script = await client.get("/assets/app-4f.js")
    icon = await client.get("/favicon.svg")

    assert (page.status_code, page.text) == (200, "<!doctype html>")
    assert page.headers["cache-control"] == "no-cache"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"].startswith("text/javascript")
    assert icon.headers["cache-control"] == "no-cache"


async def test_nothing_outside_the_folder_is_served(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    (tmp_path.parent / "secret.txt").write_text("secret")
    (tmp_path / "index.html").write_text("page")
    (tmp_path / "link.txt").symlink_to(tmp_path.parent / "secret.txt")

    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/link.txt", "/%00"):
        answer = await client.get(path)
        assert "secret" not in answer.text


async def test_a_file_that_is_gone_is_not_the_page(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("page")

    answer = await client.get("/assets/app-old.js")

    assert (answer.status_code, reason_of(answer)) == (404, "NO_SUCH_METHOD")


async def test_a_path_longer_than_a_file_may_be_is_the_page(
    client: httpx.AsyncClient, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("page")

    answer = await client.get("/" + "a" * 300)

    assert (answer.status_code, answer.text) == (200, "page")


@pytest.mark.parametrize(
    ("path", "media_type", "begins"),
    [
        ("/v1/openapi.json", "application/json", b"{"),
        ("/docs/api", "text/html; charset=utf-8", b"<!doctype html>"),
        ("/docs/api.css", "text/css; charset=utf-8", b":root"),
    ],
)
async def test_the_api_describes_itself_to_anybody(
    client: httpx.AsyncClient, path: str, media_type: str, begins: bytes
) -> None:
    answer = await client.get(path)
    again = await client.get(path, headers={"if-none-match": answer.headers["etag"]})
    written = await client.post(path, headers=BEARER)

    assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
    assert answer.content.startswith(begins)
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert again.status_code == 304
    assert (written.status_code, written.headers["allow"]) == (405, "GET, HEAD")
