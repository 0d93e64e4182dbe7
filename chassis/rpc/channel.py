"""Channels to other processes: balanced, retried where nothing answered, never without a deadline.

A channel is wrapped instead of intercepted: client interceptors of grpc.aio put a task around each
call and change how it is cancelled.
"""

import json
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any, Self

import grpc

from chassis.errors import Refusal
from chassis.rpc.deadline import time_for_call
from chassis.rpc.metrics import ClientMetrics
from chassis.rpc.server import MOST_MESSAGE_BYTES
from chassis.rpc.status import DETAILS_KEY, refusal_of
from chassis.rpc.tracing import end_with, span_name, start_client_span
from chassis.telemetry import Telemetry, trace_headers

CALL_LIMIT = timedelta(seconds=5)
"""What a call gets that asks for no time-out of its own."""

STREAM_LIMIT = timedelta(minutes=1)
"""What a stream gets that asks for none: streams between processes end at the head of a log."""

SERVICE_CONFIG = {
    "loadBalancingConfig": [{"round_robin": {}}],
    "methodConfig": [
        {
            "name": [{}],
            # Every method may be repeated: reports are known by their event id, changes of the
            # roster set what they name, verbs carry a request id.
            "retryPolicy": {
                "maxAttempts": 4,
                "initialBackoff": "0.1s",
                "maxBackoff": "1s",
                "backoffMultiplier": 2,
                "retryableStatusCodes": ["UNAVAILABLE"],
            },
        }
    ],
    # A peer in trouble gets no more calls by our retries than by our callers.
    "retryThrottling": {"maxTokens": 20, "tokenRatio": 0.2},
}

OPTIONS: tuple[tuple[str, int | str], ...] = (
    ("grpc.service_config", json.dumps(SERVICE_CONFIG)),
    # A peer that was restarted is back within a second or two.
    ("grpc.initial_reconnect_backoff_ms", 100),
    ("grpc.min_reconnect_backoff_ms", 100),
    ("grpc.max_reconnect_backoff_ms", 2_000),
    ("grpc.dns_min_time_between_resolutions_ms", 2_000),
    # A connection that died without a word is noticed.
    ("grpc.keepalive_time_ms", 20_000),
    ("grpc.keepalive_timeout_ms", 5_000),
    ("grpc.keepalive_permit_without_calls", 1),
    ("grpc.max_receive_message_length", MOST_MESSAGE_BYTES),
    ("grpc.max_send_message_length", MOST_MESSAGE_BYTES),
    # What one channel learned of an address, another does not wait for: who listened there may have
    # ended, and somebody else begun.
    ("grpc.use_local_subchannel_pool", 1),
    # Peers are near; a proxy of the environment is for the outside.
    ("grpc.enable_http_proxy", 0),
)


def open_channel(
    target: str,
    *,
    token: Callable[[], str] | None,
    telemetry: Telemetry,
    credentials: grpc.ChannelCredentials | None = None,
) -> grpc.aio.Channel:
    """A channel whose calls carry identity, trace and deadline.

    `token` gives the bearer token of each call; None sends none. With `credentials` the channel is
    encrypted. A call takes five seconds at most, a stream a minute, unless it asks for another
    time-out; in no case more than the present call's caller has left, less 50 ms.
    """
    if credentials is None:
        inner = grpc.aio.insecure_channel(target, options=OPTIONS)
    else:
        inner = grpc.aio.secure_channel(target, credentials, options=OPTIONS)
    return _Channel(inner, _Ground(token, telemetry))


def refusal_from(error: grpc.aio.AioRpcError) -> Refusal:
    """What a failed call says, as the refusal that the peer raised."""
    details: Any = (error.trailing_metadata() or {}).get(DETAILS_KEY)
    return refusal_of(error.code(), error.details() or "", details)


class _Ground:
    """What every call of a channel is given."""

    def __init__(self, token: Callable[[], str] | None, telemetry: Telemetry) -> None:
        self._token = token
        self._telemetry = telemetry
        self._metrics = telemetry.metrics(ClientMetrics)

    def invoke(
        self,
        method: str,
        limit: timedelta,
        start_call: Callable[..., Any],
        timeout: float | None,
        metadata: Iterable[tuple[str, str | bytes]] | None,
    ) -> Any:
        """Starts the call with deadline, identity and trace, and measures it until its end."""
        seconds = time_for_call(timeout, limit)
        headers = self._with_token(tuple(metadata or ()))
        span, context = start_client_span(self._telemetry, method)
        trace = trace_headers(context)
        start = time.perf_counter()
        name = span_name(method)

        def finish(code: str) -> None:
            if span is not None:
                end_with(span, code)
                span.end()
            self._metrics.calls.labels(name, code).inc()
            self._metrics.seconds.labels(name).observe(time.perf_counter() - start)

        try:
            call = start_call(timeout=seconds, metadata=(*headers, *trace.items()))
        except BaseException:
            finish("INTERNAL")
            raise
        call.add_done_callback(lambda done: finish(_code_now(done)))
        return call

    def _with_token(
        self, metadata: tuple[tuple[str, str | bytes], ...]
    ) -> tuple[tuple[str, str | bytes], ...]:
        headers = tuple(pair for pair in metadata if pair[0] not in {"traceparent", "tracestate"})
        if self._token is None or any(name == "authorization" for name, _ in headers):
            return headers
        return (*headers, ("authorization", f"Bearer {self._token()}"))


class _Channel(grpc.aio.Channel):
    """A channel of grpc.aio whose methods go through the ground."""

    def __init__(self, inner: grpc.aio.Channel, ground: _Ground) -> None:
        self._inner = inner
        self._ground = ground

    def unary_unary(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._method(method, CALL_LIMIT, self._inner.unary_unary(method, *args, **kwargs))

    def unary_stream(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._method(method, STREAM_LIMIT, self._inner.unary_stream(method, *args, **kwargs))

    def stream_unary(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._method(method, STREAM_LIMIT, self._inner.stream_unary(method, *args, **kwargs))

    def stream_stream(self, method: str, *args: Any, **kwargs: Any) -> Any:
        return self._method(
            method, STREAM_LIMIT, self._inner.stream_stream(method, *args, **kwargs)
        )

    def _method(self, method: str, limit: timedelta, inner: Any) -> Callable[..., Any]:
        def call(
            *request: Any,
            timeout: float | None = None,
            metadata: Iterable[tuple[str, str | bytes]] | None = None,
            **options: Any,
        ) -> Any:
            def start_call(**ground: Any) -> Any:
                return inner(*request, **ground, **options)

            return self._ground.invoke(method, limit, start_call, timeout, metadata)

        return call

    async def close(self, grace: float | None = None) -> None:
        await self._inner.close(grace)

    def get_state(self, try_to_connect: bool = False) -> grpc.ChannelConnectivity:
        return self._inner.get_state(try_to_connect)

    async def wait_for_state_change(self, last_observed_state: grpc.ChannelConnectivity) -> None:
        await self._inner.wait_for_state_change(last_observed_state)

    async def channel_ready(self) -> None:
        await self._inner.channel_ready()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.close()


def _code_now(call: Any) -> str:
    """The status code of a call that is done: its coroutine then has nothing to wait for."""
    asking = call.code()
    try:
        asking.send(None)
    except StopIteration as answer:
        code: grpc.StatusCode = answer.value
        return code.name
    asking.close()
    return "UNKNOWN"
