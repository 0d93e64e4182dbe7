"""Puts the layers around every method of a gRPC server, of all four kinds and passed through."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any, TypeAlias

import grpc
from google.protobuf.message import DecodeError

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.rpc.call import Call, Layer, RelayedError, run_layers
from chassis.rpc.fields import seen, writable
from chassis.rpc.origin import address_of_peer, bind_origin
from chassis.rpc.status import DETAILS_KEY, status_code_of, status_of

HEALTH_METHODS = "/grpc.health.v1.Health/"

Context: TypeAlias = grpc.aio.ServicerContext[Any, Any]
# Quoted, since only the stubs make it generic.
Handler: TypeAlias = "grpc.RpcMethodHandler[Any, Any]"
Behaviour = Callable[[Any, Context], Any]

_UNREADABLE = object()


class LayeredInterceptor(grpc.aio.ServerInterceptor):
    """Runs every call but health checks through the layers and sends refusals as statuses."""

    def __init__(self, process: str, layers: Sequence[Layer]) -> None:
        self._process = process
        self._layers = tuple(layers)
        self._wrapped: dict[str, tuple[Handler, Handler]] = {}

    async def intercept_service(
        self,
        continuation: Callable[[grpc.HandlerCallDetails], "Awaitable[Handler | None]"],
        handler_call_details: grpc.HandlerCallDetails,
    ) -> Handler:
        """The handler of the call with the layers around it."""
        found = await continuation(handler_call_details)
        method = handler_call_details.method
        if found is None:
            return self._around(method, _unknown_method(method), is_known=False)
        # Probes ask every few seconds, bring no identity, and must not drown the figures.
        return found if method.startswith(HEALTH_METHODS) else self._wrap(method, found)

    def _wrap(self, method: str, handler: Handler) -> Handler:
        """Wraps a handler once and keeps it, as the method has the same one at every call."""
        known = self._wrapped.get(method)
        if known is None or known[0] is not handler:
            known = self._wrapped[method] = handler, self._around(method, handler)
        return known[1]

    def _around(self, method: str, handler: Handler, *, is_known: bool = True) -> Handler:
        inner = _behaviour_of(handler)
        is_stream = bool(handler.response_streaming)

        async def answer(request: Any, context: Context) -> Any:
            headers = _headers_of(context)
            call = Call(
                method=method,
                headers=headers,
                remaining_seconds=context.time_remaining(),
                answers_with_stream=is_stream,
                is_known=is_known,
            )
            respond = _stream if is_stream else _single
            try:
                with bind_origin(address_of_peer(context.peer()), headers):
                    return await run_layers(
                        self._layers, call, lambda: respond(inner, request, context)
                    )
            except RelayedError as relayed:
                raise relayed.__cause__ or relayed from None
            except Refusal as refusal:
                await self._send(refusal, context)

        return _same_kind(handler, answer)

    async def _send(self, refusal: Refusal, context: Context) -> None:
        if context.done():
            return
        status = status_of(refusal, self._process)
        await context.abort(
            status_code_of(refusal.code),
            status.message,
            ((DETAILS_KEY, status.SerializeToString()),),
        )


async def _single(behaviour: Behaviour, request: Any, context: Context) -> Any:
    try:
        return seen(await behaviour(_read(request), context))
    except grpc.aio.AbortError as error:
        raise RelayedError(_sent_code(context)) from error


async def _stream(behaviour: Behaviour, request: Any, context: Context) -> None:
    """Writes what the handler yields.

    The layers stay around a stream until its end this way, in one task, also when it is cancelled.
    """
    try:
        answer = behaviour(_read(request), context)
        if not isinstance(answer, AsyncIterator):
            await answer  # a handler that writes to the context itself
            return
        async with aclosing(answer) as messages:  # type: ignore[type-var] # handlers are generators
            async for message in messages:
                await context.write(seen(message))
    except grpc.aio.AbortError as error:
        raise RelayedError(_sent_code(context)) from error


def _read(request: Any) -> Any:
    if request is _UNREADABLE:
        raise Refusal(
            Code.INVALID_ARGUMENT,
            "MALFORMED_REQUEST",
            "the request is no message that the method takes",
            domain=SHARED_DOMAIN,
        )
    return writable(request)


def _patient(deserialize: Any) -> Any:
    """Returns what stands for bytes that are no message, where gRPC would blame the server."""

    def read(content: bytes) -> Any:
        try:
            return deserialize(content)
        except DecodeError:
            return _UNREADABLE

    return read if deserialize else None


def _sent_code(context: Context) -> str:
    code: Any = context.code()
    if isinstance(code, grpc.StatusCode):
        return code.name
    return next((one.name for one in grpc.StatusCode if one.value[0] == code), "UNKNOWN")


def _headers_of(context: Context) -> dict[str, str]:
    metadata: Any = context.invocation_metadata() or ()
    return {name: value for name, value in metadata if isinstance(value, str)}


def _behaviour_of(handler: Handler) -> Behaviour:
    # One of the four is set; the stubs know them with the context of synchronous servers.
    behaviour: Any = (
        handler.unary_unary or handler.unary_stream or handler.stream_unary or handler.stream_stream
    )
    found: Behaviour = behaviour
    return found


def _same_kind(handler: Handler, behaviour: Behaviour) -> Handler:
    make: Any = {
        (False, False): grpc.unary_unary_rpc_method_handler,
        (False, True): grpc.unary_stream_rpc_method_handler,
        (True, False): grpc.stream_unary_rpc_method_handler,
        (True, True): grpc.stream_stream_rpc_method_handler,
    }[bool(handler.request_streaming), bool(handler.response_streaming)]
    made: Handler = make(
        behaviour,
        request_deserializer=_patient(handler.request_deserializer),
        response_serializer=handler.response_serializer,
    )
    return made


def _unknown_method(method: str) -> Handler:
    async def refuse(_requests: Any, _context: Context) -> None:
        raise Refusal(
            Code.UNIMPLEMENTED,
            "NO_SUCH_METHOD",
            f"there is no method {method} here",
            domain=SHARED_DOMAIN,
        )

    # A stream of requests, since a single one would have to arrive whole before the refusal.
    handler: Handler = grpc.stream_stream_rpc_method_handler(refuse)
    return handler
