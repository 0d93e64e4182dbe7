"""Calls a public method by its path and bytes, here or in the service that owns it: one way for
gRPC and REST.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

import grpc
from google.protobuf.message import DecodeError, Message

from chassis.errors import Code, Refusal
from chassis.rpc.deadline import remaining
from chassis.rpc.fields import seen, writable
from gateway.api.catalogue import Method
from gateway.backends.refusals import refusing

Metadata = Sequence[tuple[str, str | bytes]]
LocalMethod = Callable[[Any, Any], Awaitable[Message]]
Through = Callable[[Method, bytes | None], AbstractAsyncContextManager[None]]
"""What a call goes through that is made in the block, given its request (None: it is a stream)."""


class Invoker:
    """Knows the methods that the gateway itself serves, and a channel to each service behind it.

    Channels send the present caller's token along.
    """

    def __init__(
        self,
        local: Mapping[str, LocalMethod],
        channels: Mapping[str, grpc.aio.Channel],
        through: Through,
    ) -> None:
        self.through = through
        self._local = local
        self._channels = channels

    def is_local(self, method: Method) -> bool:
        """Tells whether the gateway itself serves a method."""
        return method.path in self._local

    async def invoke(self, method: Method, request: bytes) -> bytes:
        """Returns the bytes that a unary method answers, or raises the refusal of whoever serves
        it.
        """
        async with self.through(method, request):
            if self.is_local(method):
                return await self._serve(method, request)
            call = self.start(method, request, ())
            try:
                with refusing():
                    content: bytes = await call
            finally:
                call.cancel()
        return content

    def start(
        self, method: Method, request: bytes | AsyncIterator[bytes], metadata: Metadata
    ) -> Any:
        """Starts a call to the owner with the time that is left; whoever starts it awaits it, or
        reads the stream that it is, and cancels it in the end.

        A method that takes a stream is given one. What the owner refuses comes out as
        grpc.aio.AioRpcError.
        """
        left = remaining()
        start: Callable[..., Any] = getattr(self._channels[method.owner], method.kind)(method.path)
        return start(
            request,
            timeout=left.total_seconds() if left is not None else None,
            metadata=tuple(metadata),
        )

    async def _serve(self, method: Method, request: bytes) -> bytes:
        message = method.request()
        try:
            message.ParseFromString(request)
        except DecodeError as error:
            raise Refusal(
                Code.INVALID_ARGUMENT,
                "MALFORMED_REQUEST",
                f"the bytes are no {method.input.full_name}",
            ) from error
        answer = seen(await self._local[method.path](writable(message), None))
        content: bytes = answer.SerializeToString()
        return content


def local_methods(*servicers: tuple[str, object]) -> dict[str, LocalMethod]:
    """Returns the methods of servicers by path, each given with the full name of its service."""
    return {
        f"/{service}/{name}": getattr(servicer, name)
        for service, servicer in servicers
        for name in dir(type(servicer))
        if name[0].isupper()
    }
