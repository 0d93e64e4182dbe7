"""`/v1/oidc/{provider}/start` and `/callback`: a browser signs in elsewhere, and comes back."""

import base64
import hmac
import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict
from functools import partial
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from muster.gateway.v1.account_service_pb2 import CreateSessionRequest
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.api.origins import CurrentPlace
from gateway.app.provider_sign_in import Flow, ProviderSignIn
from gateway.backends.openid import OpenIdProvider, sign_in_refused
from gateway.http.credentials import cookie_header
from gateway.http.layered import Layered
from gateway.http.problems import problem
from gateway.http.reading import is_encrypted

FLOW_COOKIE = "muster_sign_in"
REFUSED_PARAMETER = "signInRefused"
"""What tells the sign-in page the reason for which somebody was not let in."""

_FLOW_SECONDS = 600
_PATH = "/v1/oidc"
# A path of ours: a second slash, or what browsers take for one, would lead elsewhere.
_OWN_PATH = re.compile(r"/(?![/\\])[\x21-\x7e]{0,1000}")
_LONGEST_CODE = 4096


Audited = Callable[[bytes], AbstractAsyncContextManager[None]]
"""Writes down that somebody signs in, by the request of CreateSession, around what does it."""


class OpenIdEndpoint:
    """Begins and ends sign-ins by providers, an ASGI application."""

    def __init__(
        self,
        providers: Sequence[OpenIdProvider],
        sign_in: ProviderSignIn,
        audited: Audited,
        layered: Layered,
        current_place: CurrentPlace,
        clock: Clock,
    ) -> None:
        self._providers = {one.provider.id: one for one in providers}
        self._sign_in = sign_in
        self._audited = audited
        self._layered = layered
        self._current_place = current_place
        self._clock = clock

    def routes(self) -> list[BaseRoute]:
        """Returns the routes to the two steps."""
        return [
            Route(f"{_PATH}/{{provider}}/{step}", self, methods=["GET"])
            for step in ("start", "callback")
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        # No method of the API: whoever signs in has no identity yet.
        steps: Mapping[str, Callable[[Request], Awaitable[Response]]] = {
            "start": self._start,
            "callback": self._end,
        }
        step = steps[scope["path"].rpartition("/")[2]]
        tell = partial(_back_to_page, request) if _is_page(request) else problem
        response = await self._layered.respond(request, None, partial(step, request), tell)
        await response(scope, receive, send)

    async def _start(self, request: Request) -> Response:
        provider = self._provider(request)
        flow = Flow(
            provider=provider.provider.id,
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            return_path=own_path(request.query_params.get("return_to", "/")),
        )
        response = RedirectResponse(await provider.authorization_url(flow), 303)
        response.headers["set-cookie"] = _flow_cookie(flow, secure=is_encrypted(request))
        return response

    async def _end(self, request: Request) -> Response:
        provider = self._provider(request)
        flow = _flow_of(request)
        state = request.query_params.get("state", "")
        if flow is None or not hmac.compare_digest(flow.state.encode(), state.encode()):
            raise sign_in_refused("the sign-in was begun in another browser or too long ago")
        code = request.query_params.get("code", "")
        if flow.provider != provider.provider.id or not 0 < len(code) <= _LONGEST_CODE:
            raise sign_in_refused("the provider broke the sign-in off")
        claims = await provider.claims(code, flow)
        account = await self._sign_in.account_of(provider.provider, claims)
        async with self._audited(CreateSessionRequest(account=account).SerializeToString()):
            signed_in = await self._sign_in.sign_in(
                provider.provider, claims, self._current_place()
            )
        secure = is_encrypted(request)
        response = RedirectResponse(own_path(flow.return_path), 303)
        expire_time, now = signed_in.session.expire_time, self._clock.now()
        response.raw_headers += [
            (b"set-cookie", header.encode())
            for header in (
                cookie_header(signed_in.token, expire_time, now, secure=secure),
                _no_flow_cookie(secure=secure),
            )
        ]
        return response

    def _provider(self, request: Request) -> OpenIdProvider:
        found = self._providers.get(request.path_params["provider"])
        if found is None:
            raise Refusal(Code.NOT_FOUND, "UNKNOWN_PROVIDER", "one cannot sign in by that provider")
        return found


def _is_page(request: Request) -> bool:
    """Tells whether a browser asked for a page, which shows its people no problem document."""
    return "text/html" in request.headers.get("accept", "")


def _back_to_page(request: Request, refusal: Refusal, _trace: str) -> Response:
    """Leads back to where the sign-in was begun; the sign-in page there tells the reason."""
    flow = _flow_of(request)
    begun_at = flow.return_path if flow is not None else "/"
    page = urlsplit(own_path(request.query_params.get("return_to", begun_at)))
    told = "&".join(filter(None, (page.query, f"{REFUSED_PARAMETER}={refusal.reason}")))
    response = RedirectResponse(page._replace(query=told).geturl(), 303)
    response.headers["set-cookie"] = _no_flow_cookie(secure=is_encrypted(request))
    return response


def own_path(path: str) -> str:
    """Returns a path that stays with us, `/` for any other."""
    return path if _OWN_PATH.fullmatch(path) else "/"


def _flow_cookie(flow: Flow, *, secure: bool) -> str:
    """Returns the header that keeps a flow in the browser that began it.

    It is not signed: each of its secrets is held against what comes back from elsewhere, so that
    whoever makes one up has made up a sign-in of her own.
    """
    content = base64.urlsafe_b64encode(json.dumps(asdict(flow)).encode()).decode()
    return f"{FLOW_COOKIE}={content}; Max-Age={_FLOW_SECONDS}{_attributes(secure=secure)}"


def _no_flow_cookie(*, secure: bool) -> str:
    return f"{FLOW_COOKIE}=; Max-Age=0{_attributes(secure=secure)}"


def _attributes(*, secure: bool) -> str:
    # Lax, as the browser comes back from another site.
    return f"; Path={_PATH}; HttpOnly; SameSite=Lax" + ("; Secure" if secure else "")


def _flow_of(request: Request) -> Flow | None:
    try:
        morsel = SimpleCookie(request.headers.get("cookie", "")).get(FLOW_COOKIE)
        told: Any = json.loads(base64.urlsafe_b64decode(morsel.value)) if morsel else None
    except (CookieError, ValueError):
        return None
    fields = set(Flow.__slots__)
    if not isinstance(told, dict) or set(told) != fields:
        return None
    return Flow(**told) if all(isinstance(value, str) for value in told.values()) else None
