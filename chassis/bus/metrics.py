"""Every metric of the bus, each with its sentence."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from chassis.telemetry import DURATION_BUCKETS


class PublisherMetrics:
    """What a publisher of an outbox counts."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Declare the metrics in the registry."""
        self.pending = Gauge(
            "muster_bus_outbox_pending_messages",
            "Messages of a site that are committed and not yet published.",
            ["owner", "site"],
            registry=registry,
        )
        self.oldest = Gauge(
            "muster_bus_outbox_oldest_seconds",
            "Age of the oldest message of a site that is not yet published; 0 when there is none.",
            ["owner", "site"],
            registry=registry,
        )
        self.published = Counter(
            "muster_bus_published_messages_total",
            "Messages that the stream took, by outcome: stored, or a duplicate of a stored one.",
            ["owner", "outcome"],
            registry=registry,
        )
        self.failed = Counter(
            "muster_bus_publish_failures_total",
            "Attempts to publish a site's outbox that failed and are repeated.",
            ["owner"],
            registry=registry,
        )
        self.seconds = Histogram(
            "muster_bus_publish_seconds",
            "Time from sending one message to the stream's acknowledgement.",
            ["owner"],
            buckets=DURATION_BUCKETS,
            registry=registry,
        )


class ConsumerMetrics:
    """What a consumer of an event counts."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Declare the metrics in the registry."""
        self.messages = Counter(
            "muster_bus_consumed_messages_total",
            "Messages by outcome: applied from the stream, replayed from the owner, or repeated and"
            " skipped.",
            ["owner", "event", "outcome"],
            registry=registry,
        )
        self.gaps = Counter(
            "muster_bus_consumer_gaps_total",
            "Times at which a consumer noticed that messages of a site are missing.",
            ["owner", "event"],
            registry=registry,
        )
        self.expirations = Counter(
            "muster_bus_consumer_expirations_total",
            "Times at which the owner no longer kept what a consumer missed of a site.",
            ["owner", "event"],
            registry=registry,
        )
        self.pending = Gauge(
            "muster_bus_consumer_pending_messages",
            "Messages that wait in the stream for this consumer.",
            ["owner", "event"],
            registry=registry,
        )
        self.seconds = Histogram(
            "muster_bus_apply_seconds",
            "Time that applying one message took.",
            ["owner", "event"],
            buckets=DURATION_BUCKETS,
            registry=registry,
        )
