"""A service with public streams, as the gateway meets one: what it answers is scripted by what it
is sent.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
from google.protobuf.wrappers_pb2 import StringValue

from chassis.access import current_caller
from chassis.errors import Code, Refusal

SERVICE = "muster.script.v1.ScriptService"


class Script:
    """Says back what it is sent. Notes who asked and when she left."""

    def __init__(self) -> None:
        self.callers: list[str] = []
        self.remaining_seconds: float | None = None
        self.cancelled = asyncio.Event()

    def register(self, _servicer: object, server: Any) -> None:
        """Adds the service to a server, as generated code would."""
        handlers = {
            "Watch": _on_strings(grpc.unary_stream_rpc_method_handler, self._watch),
            "Talk": _on_strings(grpc.stream_stream_rpc_method_handler, self._talk),
        }
        server.add_generic_rpc_handlers((grpc.method_handlers_generic_handler(SERVICE, handlers),))
        server.add_registered_method_handlers(SERVICE, handlers)

    async def _watch(self, request: StringValue, context: Any) -> AsyncIterator[StringValue]:
        self.callers.append(current_caller().identity.subject)
        self.remaining_seconds = context.time_remaining()
        context.set_trailing_metadata((("x-served-by", "script"),))
        for word in request.value.split():
            if word == "refuse":
                raise _refusal()
            if word == "wait":
                await self._wait()
            yield StringValue(value=word)

    async def _talk(
        self, requests: AsyncIterator[StringValue], _context: Any
    ) -> AsyncIterator[StringValue]:
        async for request in requests:
            yield StringValue(value=f"heard {request.value}")

    async def _wait(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            self.cancelled.set()


def _on_strings(make: Any, behaviour: Any) -> Any:
    return make(
        behaviour,
        request_deserializer=StringValue.FromString,
        response_serializer=StringValue.SerializeToString,
    )


def _refusal() -> Refusal:
    return Refusal(
        Code.OUT_OF_RANGE, "CURSOR_EXPIRED", "not kept any more", metadata={"oldest": "7"}
    )
