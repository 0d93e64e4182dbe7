"""Serves public methods as bytes: those of the services behind the gateway are handed through."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import grpc

from chassis.rpc.access import bearer_of
from chassis.rpc.status import DETAILS_KEY
from gateway.api.catalogue import Catalogue, Kind, Method
from gateway.api.invoke import Invoker, Metadata
from gateway.backends.refusals import has_details, peer_refusal
from gateway.rpc.guard import StreamGuard

# What belongs to one connection or is said anew by our own call: the caller's token is replaced by
# ours, the trace goes on under our span, and the deadline is what is left of it.
_OF_THE_CONNECTION = frozenset(
    {"user-agent", "te", "content-type", "authorization", "cookie", "traceparent", "tracestate"}
)

Context = grpc.aio.ServicerContext[Any, Any]


class PassThrough(grpc.GenericRpcHandler):
    """Serves the public methods, and nothing else."""

    def __init__(self, catalogue: Catalogue, invoker: Invoker, guard: StreamGuard) -> None:
        self._handlers: dict[str, Any] = {
            path: _handler(method, invoker, guard) for path, method in catalogue.items()
        }

    def service(self, handler_call_details: grpc.HandlerCallDetails) -> Any:
        """Returns the handler of a public method, None for anything else."""
        return self._handlers.get(handler_call_details.method)


def _handler(method: Method, invoker: Invoker, guard: StreamGuard) -> Any:
    if invoker.is_local(method):
        return grpc.unary_unary_rpc_method_handler(_local(method, invoker))
    if method.kind is Kind.UNARY:
        return grpc.unary_unary_rpc_method_handler(_single(method, invoker))
    make: Any = getattr(grpc, f"{method.kind}_rpc_method_handler")
    return make(_stream(method, invoker, guard))


def _local(method: Method, invoker: Invoker) -> Any:
    async def serve(request: bytes, _context: Context) -> bytes:
        return await invoker.invoke(method, request)

    return serve


def _single(method: Method, invoker: Invoker) -> Any:
    async def pass_through(request: bytes, context: Context) -> bytes:
        metadata = passed_on(context.invocation_metadata() or ())
        try:
            async with invoker.through(method, request):
                with _cancelling(invoker.start(method, request, metadata)) as call:
                    content: bytes = await call
                    await context.send_initial_metadata(passed_on(await call.initial_metadata()))
                    context.set_trailing_metadata(passed_on(await call.trailing_metadata()))
        except grpc.aio.AioRpcError as error:
            await _relay(error, context)
        return content

    return pass_through


def _stream(method: Method, invoker: Invoker, guard: StreamGuard) -> Any:
    async def pass_through(request: bytes | AsyncIterator[bytes], context: Context) -> None:
        metadata = context.invocation_metadata() or ()
        told = request if isinstance(request, bytes) else None
        try:
            async with (
                invoker.through(method, told),
                guard.watch(method.path, bearer_of(dict(metadata))),
            ):
                with _cancelling(invoker.start(method, request, passed_on(metadata))) as call:
                    await context.send_initial_metadata(passed_on(await call.initial_metadata()))
                    async for message in call:
                        await context.write(message)
                    context.set_trailing_metadata(passed_on(await call.trailing_metadata()))
        except grpc.aio.AioRpcError as error:
            await _relay(error, context)

    return pass_through


@contextmanager
def _cancelling(call: Any) -> Iterator[Any]:
    """Ends a call with the block: a caller who gave up must not leave work behind."""
    try:
        yield call
    finally:
        call.cancel()


async def _relay(error: grpc.aio.AioRpcError, context: Context) -> None:
    """Answers with the status of the service, byte by byte where it says why."""
    if has_details(error):
        trailing = passed_on(error.trailing_metadata())
        await context.abort(error.code(), error.details() or "", trailing)
    raise peer_refusal(error) from error


def passed_on(metadata: Any) -> Metadata:
    """Returns the metadata that crosses the gateway."""
    return tuple((key, value) for key, value in metadata if _crosses(key))


def _crosses(key: str) -> bool:
    if key == DETAILS_KEY:
        return True
    return not (
        key in _OF_THE_CONNECTION
        or key.startswith((":", "grpc-"))
        or key.endswith("accept-encoding")
    )
