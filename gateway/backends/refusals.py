"""What a service behind the gateway refuses, as a refusal here."""

from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from typing import Any

import grpc

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.rpc.channel import refusal_from
from chassis.rpc.status import DETAILS_KEY

_UNAVAILABLE = Refusal(
    Code.UNAVAILABLE,
    "BACKEND_UNAVAILABLE",
    "a process behind the gateway does not answer",
    domain=SHARED_DOMAIN,
)
_AWAY = {
    grpc.StatusCode.UNAVAILABLE: _UNAVAILABLE,
    # A server that stops cancels what reaches it in the last moment; what we cancel ourselves never
    # comes back as an error.
    grpc.StatusCode.CANCELLED: _UNAVAILABLE,
    grpc.StatusCode.DEADLINE_EXCEEDED: Refusal(
        Code.DEADLINE_EXCEEDED,
        "DEADLINE_PASSED",
        "a process behind the gateway did not answer in time",
        domain=SHARED_DOMAIN,
    ),
}


def peer_refusal(error: grpc.aio.AioRpcError) -> Refusal:
    """Returns what a call's error says. That a peer is gone says nothing about where it was."""
    if error.code() in _AWAY and not has_details(error):
        return _AWAY[error.code()]
    return refusal_from(error)


def has_details(error: grpc.aio.AioRpcError) -> bool:
    """Tells whether the peer itself said why, rather than the connection."""
    return any(key == DETAILS_KEY for key, _ in error.trailing_metadata() or ())


@contextmanager
def refusing() -> Iterator[None]:
    """Turns the error of a call into the refusal that it carries."""
    try:
        yield
    except grpc.aio.AioRpcError as error:
        raise peer_refusal(error) from error


async def streamed(start: Callable[[], Any]) -> AsyncGenerator[Any, None]:
    """Starts a call when its first message is asked for, yields its messages, and ends it with
    whoever reads them.
    """
    call = start()
    try:
        with refusing():
            async for message in call:
                yield message
    finally:
        call.cancel()
