"""Watches the event loop: whatever blocks it holds up every call of the process."""

import asyncio
import time

from prometheus_client import CollectorRegistry, Histogram

from chassis.telemetry import DURATION_BUCKETS

PERIOD_SECONDS = 0.5


class LoopMetrics:
    """What a process tells about its event loop."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.lag = Histogram(
            "muster_chassis_loop_lag_seconds",
            "Measures how much later than asked for the event loop comes back to a sleeper.",
            buckets=DURATION_BUCKETS,
            registry=registry,
        )


async def watch_loop(metrics: LoopMetrics) -> None:
    """Measures twice a second until it is cancelled."""
    while True:
        start = time.perf_counter()
        await asyncio.sleep(PERIOD_SECONDS)
        metrics.lag.observe(max(0.0, time.perf_counter() - start - PERIOD_SECONDS))
