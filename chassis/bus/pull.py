"""Reading a JetStream consumer by pulling, with every kind of loss made visible."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import nats.errors
from nats.aio.msg import Msg

from chassis.bus.connection import Bus

_BATCH = 64
_EXPIRES_SECONDS = 2.0
_ANSWER_SECONDS = 2.0
_HEARTBEAT = "100"
_NOTHING = ("404", "408")


class ConsumerLost(Exception):  # noqa: N818 (a fact, as all refusals)
    """The consumer, its stream or the connection is gone: subscribe anew and catch up."""


@asynccontextmanager
async def pulling(bus: Bus, stream: str, consumer: str) -> AsyncIterator[AsyncIterator[Msg]]:
    """Give the messages of a consumer as they come; the iteration ends with ConsumerLost alone."""
    arrivals: asyncio.Queue[Msg | None] = asyncio.Queue()
    inbox = bus.client.new_inbox()
    subscription = await bus.client.subscribe(inbox, cb=arrivals.put)
    # Whatever was asked for before a reconnect is not answered any more.
    with bus.watching_reconnects(lambda: arrivals.put_nowait(None)):
        try:
            yield _messages(bus, f"$JS.API.CONSUMER.MSG.NEXT.{stream}.{consumer}", inbox, arrivals)
        finally:
            # A connection that ends takes the subscription with it; nothing may hide why we leave.
            with suppress(nats.errors.Error):
                await subscription.unsubscribe()


async def _messages(
    bus: Bus, request_subject: str, inbox: str, arrivals: "asyncio.Queue[Msg | None]"
) -> AsyncIterator[Msg]:
    request = {"batch": _BATCH, "expires": int(_EXPIRES_SECONDS * 1e9)}
    while True:
        await bus.client.publish(request_subject, json.dumps(request).encode(), reply=inbox)
        left = _BATCH
        while left:
            message = await _next(arrivals)
            status = (message.headers or {}).get("Status")
            if status is None:
                left -= 1
                yield message
            elif status in _NOTHING:
                break
            elif status != _HEARTBEAT:
                raise ConsumerLost(f"{status} {(message.headers or {}).get('Description', '')}")


async def _next(arrivals: "asyncio.Queue[Msg | None]") -> Msg:
    try:
        async with asyncio.timeout(_EXPIRES_SECONDS + _ANSWER_SECONDS):
            message = await arrivals.get()
    except TimeoutError:
        raise ConsumerLost("the server does not answer") from None
    if message is None:
        raise ConsumerLost("the connection was made anew")
    return message
