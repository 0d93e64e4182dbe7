"""Every metric and log event of the gateway."""

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from chassis.telemetry import DURATION_BUCKETS


def declare_limit_metrics(registry: CollectorRegistry) -> Counter:
    """Declares the count of calls that came too often."""
    return Counter(
        "muster_gateway_calls_limited_total",
        "Counts calls that were refused because their caller called too often, by what they cost.",
        ["cost"],
        registry=registry,
    )


@dataclass(frozen=True)
class SourceFigures:
    """Figures of sources that push their events."""

    pushes: Counter
    events: Counter
    unknown_values: Counter
    pending: Gauge
    event_age: Histogram

    def received(self, new_count: int, repeated_count: int) -> None:
        """Counts the events of a push."""
        self.events.labels("received").inc(new_count)
        self.events.labels("repeated").inc(repeated_count)

    def settled(self, state: str, age_seconds: float) -> None:
        """Counts an event that was worked off, that long after it came."""
        self.events.labels(state.lower()).inc()
        self.event_age.observe(age_seconds)

    def unknown(self, count: int) -> None:
        """Counts unknown values."""
        self.unknown_values.inc(count)


def declare_source_metrics(registry: CollectorRegistry) -> SourceFigures:
    """Declares the figures of sources."""
    return SourceFigures(
        pushes=Counter(
            "muster_gateway_source_pushes_total",
            "Counts pushes of sources, by what was answered: accepted, or the reason of the refusal"
            " in lower case.",
            ["answer"],
            registry=registry,
        ),
        events=Counter(
            "muster_gateway_source_events_total",
            "Counts events of sources as they are received or repeated, and as they end: done,"
            " unknown or refused.",
            ["what"],
            registry=registry,
        ),
        unknown_values=Counter(
            "muster_gateway_source_unknown_values_total",
            "Counts values that no table of a mapping had.",
            registry=registry,
        ),
        pending=Gauge(
            "muster_gateway_source_pending_events",
            "Counts the events of all sources that wait to be translated.",
            registry=registry,
        ),
        event_age=Histogram(
            "muster_gateway_source_event_age_seconds",
            "Measures the time from receiving an event to the end of its translation.",
            buckets=DURATION_BUCKETS,
            registry=registry,
        ),
    )


@dataclass(frozen=True)
class PushMetrics:
    """Figures of the push stream."""

    readers: Gauge
    topics: Gauge
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
        topics=Gauge(
            "muster_gateway_push_topics",
            "Counts the topics that open push streams follow, by kind.",
            ["kind"],
            registry=registry,
        ),
        frames=Counter(
            "muster_gateway_push_frames_total",
            "Counts frames of topics sent to readers.",
            registry=registry,
        ),
        replays=Counter(
            "muster_gateway_push_replays_total",
            "Counts readers whose place presence was asked about: older than the ring, or newer.",
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


@dataclass(frozen=True)
class AuditMetrics:
    """Figures of the audit log."""

    entries: Counter
    failed: Counter


def declare_audit_metrics(registry: CollectorRegistry) -> AuditMetrics:
    """Declares the figures of the audit log."""
    return AuditMetrics(
        entries=Counter(
            "muster_gateway_audit_entries_total",
            "Counts entries written to the audit log.",
            registry=registry,
        ),
        failed=Counter(
            "muster_gateway_audit_failed_total",
            "Counts entries that could not be written; the calls that they tell of were refused, or"
            " their outcome is not known.",
            registry=registry,
        ),
    )


# Log events.
HTTP_STARTED = "gateway.http_started"
"""REST, push and the web app are served from now on."""
FEED_WAITS = "gateway.feed_waits"
"""The places of the sites or the people could not be read yet, so the push stream does not move; it
is tried again.
"""
FEED_LOST = "gateway.feed_lost"
"""Changes of a site are no longer kept by their owner; readers are sent for a new snapshot."""
SOURCE_EVENTS_WAIT = "gateway.source_events_wait"
"""Events of sources could not be worked off; it is tried again."""
SOURCE_EVENT_FAILED = "gateway.source_event_failed"
"""The translation of an event failed by a defect; the event is set aside."""
SOURCE_WORKER_FAILED = "gateway.source_worker_failed"
"""A batch of events of sources failed by a defect; it is tried again."""
AUDIT_DISAGREES = "gateway.audit_disagrees"
"""The audit log does not continue what was signed, and is not signed any further; run `muster
verify audit`.
"""
AUDIT_DROPPED = "gateway.audit_dropped"
"""Months of the audit log were dropped by retention."""
AUDIT_KEEPING_WAITS = "gateway.audit_keeping_waits"
"""The audit log could not be signed or dropped; it is tried again."""
