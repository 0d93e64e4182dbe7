"""Rate, errors and duration of every call, as served and as made."""

import time
from asyncio import CancelledError
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from chassis.errors import Refusal
from chassis.rpc.call import Call, Proceed, RelayedError
from chassis.telemetry import DURATION_BUCKETS

UNKNOWN_METHOD = "other"


class ServerMetrics:
    """What a server tells about its calls. Methods that do not exist count as `other`."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.calls = Counter(
            "muster_rpc_server_calls_total",
            "Counts the calls answered, by method and status code.",
            ["method", "code"],
            registry=registry,
        )
        # The code is no label here: children of a histogram are what makes exposition slow.
        self.seconds = Histogram(
            "muster_rpc_server_call_seconds",
            "Measures how long calls took, from the request to the last byte of the answer.",
            ["method"],
            buckets=DURATION_BUCKETS,
            registry=registry,
        )
        self.open_calls = Gauge(
            "muster_rpc_server_open_calls",
            "Counts the calls in hand.",
            ["method"],
            registry=registry,
        )


class ClientMetrics:
    """What a process tells about the calls that it makes."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.calls = Counter(
            "muster_rpc_client_calls_total",
            "Counts the calls made, by method and status code, retries not counted apart.",
            ["method", "code"],
            registry=registry,
        )
        self.seconds = Histogram(
            "muster_rpc_client_call_seconds",
            "Measures how long calls took as seen by the one who made them, with retries.",
            ["method"],
            buckets=DURATION_BUCKETS,
            registry=registry,
        )


class MetricsLayer:
    """Measures every call that a server answers."""

    def __init__(self, metrics: ServerMetrics) -> None:
        self._metrics = metrics
        self._series: dict[str, tuple[Gauge, Histogram]] = {}

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers as `proceed` does."""
        method = call.method.removeprefix("/") if call.is_known else UNKNOWN_METHOD
        open_calls, seconds = self._series_of(method)
        open_calls.inc()
        start = time.perf_counter()
        code = "INTERNAL"
        try:
            answer = await proceed()
            code = "OK"
        except (Refusal, RelayedError) as error:
            code = str(error.code)
            raise
        except CancelledError:
            code = "CANCELLED"
            raise
        else:
            return answer
        finally:
            open_calls.dec()
            self._metrics.calls.labels(method, code).inc()
            seconds.observe(time.perf_counter() - start)

    def _series_of(self, method: str) -> tuple[Gauge, Histogram]:
        """The series of a method; looking one up by its labels costs more than counting in it."""
        if method not in self._series:
            self._series[method] = (
                self._metrics.open_calls.labels(method),
                self._metrics.seconds.labels(method),
            )
        return self._series[method]
