"""Every metric and log event of the gateway."""

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from chassis.telemetry import DURATION_BUCKETS


@dataclass(frozen=True)
class PushMetrics:
    """Figures of the push stream."""

    readers: Gauge
    frames: Counter
    replays: Counter
    resyncs: Counter
    stalled: Counter
    change_age: Histogram


def declare_push_metrics(registry: CollectorRegistry) -> PushMetrics:
    """Declares the figures of the push stream."""
    return PushMetrics(
        readers=Gauge(
            "muster_gateway_push_readers", "Counts the open push streams.", registry=registry
        ),
        frames=Counter(
            "muster_gateway_push_frames_total",
            "Counts frames of changes sent to readers.",
            registry=registry,
        ),
        replays=Counter(
            "muster_gateway_push_replays_total",
            "Counts readers who resumed at a place older than the ring.",
            registry=registry,
        ),
        resyncs=Counter(
            "muster_gateway_push_resyncs_total",
            "Counts readers who were sent for a new snapshot.",
            registry=registry,
        ),
        stalled=Counter(
            "muster_gateway_push_stalled_total",
            "Counts streams closed because their reader took nothing for too long.",
            registry=registry,
        ),
        change_age=Histogram(
            "muster_gateway_push_change_age_seconds",
            "Measures the time from the recording of a link to its arrival in the feed.",
            buckets=DURATION_BUCKETS,
            registry=registry,
        ),
    )


# Log events.
HTTP_STARTED = "gateway.http_started"
"""REST, push and the web app are served from now on."""
FEED_WAITS = "gateway.feed_waits"
"""The places of the sites could not be read yet, so the push stream does not move; it is tried
again.
"""
FEED_LOST = "gateway.feed_lost"
"""Changes of a site are no longer kept by their owner; readers are sent for a new snapshot."""
