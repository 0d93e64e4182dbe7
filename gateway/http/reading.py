"""Reads what a request brings, within limits."""

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from gateway.http.binding import BINARY, JSON
from gateway.http.problems import TooLarge, TooSlow
from gateway.http.refusing import malformed

BODY_LIMIT = 4 * 1024 * 1024
BODY_SECONDS = 8.0
"""Less than what a call gets, so that whoever is slow learns why."""

PARAMETER_LIMIT = 1000


def parse_query(request: Request) -> list[tuple[str, str]]:
    """Returns the parameters of the query in their order."""
    text = request.scope["query_string"].decode("latin-1")
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=PARAMETER_LIMIT
        )
    except ValueError as error:
        raise malformed("query", str(error)[:200]) from None


async def read_content(request: Request) -> bytes:
    """Returns the body; refuses one that is too large, without keeping it, or too slow."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > BODY_LIMIT:
        raise TooLarge(BODY_LIMIT)
    try:
        async with asyncio.timeout(BODY_SECONDS) as running:
            return await _read(request)
    except TimeoutError:
        if running.expired():
            raise TooSlow(BODY_SECONDS) from None
        raise
    except ClientDisconnect:
        raise malformed("body", "ended early") from None


async def _read(request: Request) -> bytes:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > BODY_LIMIT:
            raise TooLarge(BODY_LIMIT)
    return bytes(content)


def media_type_of(request: Request, *, anything: bool) -> str:
    """Returns the media type of the body, JSON if it says none; refuses what is neither JSON nor
    binary unless anything is taken.
    """
    declared = request.headers.get("content-type", JSON)
    media_type = declared.partition(";")[0].strip().lower()
    if anything:
        return declared
    if media_type not in (JSON, BINARY):
        raise malformed("content-type", f"is {JSON} or {BINARY}")
    return media_type


def is_encrypted(request: Request) -> bool:
    """Tells whether the browser speaks TLS, to us or to the proxy in front.

    Who pretends it only gets a cookie that she cannot use.
    """
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", ""))
