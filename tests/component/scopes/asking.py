"""Asks as a viewer does, over gRPC and over REST, and returns every byte that came back."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

import grpc
import httpx
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message

from chassis.rpc.channel import refusal_from
from gateway.api.catalogue import Kind, Method
from tests.component.scopes.recording import PURPOSE

_STREAM_SECONDS = 0.15
_VARIABLE = re.compile(r"\{([a-z_.]+)(?:=[^}]*)?\}")


@dataclass(frozen=True)
class Answer:
    """What came back: OK or the reason of a refusal, and the bytes of it."""

    outcome: str
    content: bytes

    @property
    def is_ok(self) -> bool:
        return self.outcome == "OK"


async def ask_rpc(channel: grpc.aio.Channel, method: Method, request: Message) -> Answer:
    """Asks over gRPC; of a stream, what comes within a moment."""
    content = request.SerializeToString()
    start: Any = getattr(channel, method.kind)(method.path)
    try:
        if method.kind is Kind.UNARY:
            return Answer("OK", await start(content, metadata=PURPOSE, timeout=30))
        asked = _once(content) if method.kind is Kind.BOTH_STREAM else content
        return Answer("OK", await _read(start(asked, metadata=PURPOSE, timeout=30)))
    except grpc.aio.AioRpcError as error:
        refusal = refusal_from(error)
        return Answer(f"{refusal.code} {refusal.reason}", _text_of(error))


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _read(stream: Any) -> bytes:
    content = b""
    try:
        async with asyncio.timeout(_STREAM_SECONDS):
            async for message in stream:
                content += message
    except TimeoutError:
        pass
    finally:
        stream.cancel()
    return content


def _text_of(error: grpc.aio.AioRpcError) -> bytes:
    trailing = b"".join(
        value if isinstance(value, bytes) else value.encode()
        for _, value in error.trailing_metadata() or ()
    )
    return (error.details() or "").encode() + trailing


async def ask_rest(client: httpx.AsyncClient, method: Method, request: Message) -> Answer:
    """Asks over REST by the form that the annotation gives."""
    verb, path, query, body = rest_form(method, request)
    answer = await client.request(
        verb, path, params=httpx.QueryParams(tuple(query)), json=body, headers=dict(PURPOSE)
    )
    if answer.is_success:
        return Answer("OK", answer.content)
    problem = answer.json()
    return Answer(f"{problem.get('code')} {problem.get('reason')}", answer.content)


async def push(client: httpx.AsyncClient, topic: str, cursor: str | None) -> bytes:
    """What a push stream says within a moment."""
    content = b""
    asked = {"topic": topic} | ({"cursor": cursor} if cursor else {})
    try:
        async with (
            asyncio.timeout(2 * _STREAM_SECONDS),
            client.stream("GET", "/v1/push", params=asked) as answer,
        ):
            async for part in answer.aiter_bytes():
                content += part
    except TimeoutError:
        pass
    return content


def rest_form(
    method: Method, request: Message
) -> tuple[str, str, list[tuple[str, str]], Any | None]:
    """The verb, path, query and body of a request."""
    assert method.rule is not None
    verb = method.rule.WhichOneof("pattern") or ""
    values = MessageToDict(request, preserving_proto_field_name=True)
    taken: list[str] = []

    def fill(match: re.Match[str]) -> str:
        taken.append(match[1])
        value: Any = values
        for part in match[1].split("."):
            value = value.get(part, "")
        return str(value)

    path = _VARIABLE.sub(fill, getattr(method.rule, verb))
    for field in taken:
        if "." not in field:
            values.pop(field, None)
    if method.rule.body == "*":
        return verb.upper(), path, [], values
    if method.rule.body:
        return verb.upper(), path, [], values.get(method.rule.body, {})
    return verb.upper(), path, list(_flat(values)), None


def _flat(values: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in values.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield from ((prefix + name, str(one)) for one in value)
        else:
            yield prefix + name, str(value).lower() if isinstance(value, bool) else str(value)
