"""Calls to the gateway with the stored session, with what it refuses as one line."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import grpc

from chassis.rpc.channel import refusal_from
from cli.errors import CommandError
from cli.gateway_way import why_unanswered
from cli.session import load_session, open_gateway

SECONDS = 15.0

_Stub = TypeVar("_Stub")
_Answer = TypeVar("_Answer")


def call_gateway(
    gateway: str,
    make_stub: Callable[[grpc.aio.Channel], _Stub],
    call: Callable[[_Stub], Awaitable[_Answer]],
) -> _Answer:
    """Makes calls with the stored session and returns what they answer."""
    session = load_session(gateway or None)

    async def make() -> _Answer:
        async with open_gateway(session) as channel:
            return await call(make_stub(channel))

    try:
        return asyncio.run(make())
    except grpc.aio.AioRpcError as error:
        raise CommandError(_explain(error, session.gateway)) from None


async def ask(method: Any, request: object) -> Any:
    """Makes one call within its time."""
    return await method(request, timeout=SECONDS)


def _explain(error: grpc.aio.AioRpcError, gateway: str) -> str:
    if error.code() is grpc.StatusCode.UNAVAILABLE:
        return why_unanswered(gateway, error)
    refusal = refusal_from(error)
    faults = "\n".join(f"{one.field}: {one.description}" for one in refusal.violations)
    return f"{faults or refusal.message} ({refusal.reason})"
