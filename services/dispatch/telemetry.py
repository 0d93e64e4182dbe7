"""Every metric and log event of dispatch."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from prometheus_client import Counter as CounterMetric
from prometheus_client import Gauge, Histogram

from chassis.telemetry import DURATION_BUCKETS, Telemetry
from services.dispatch.domain.fate import Fate, Refused

_LAG_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)


class DispatchTelemetry:
    """What dispatch tells about itself."""

    def __init__(self, telemetry: Telemetry) -> None:
        registry = telemetry.registry
        self._log = telemetry.log
        self._events = CounterMetric(
            "muster_dispatch_contact_events_total",
            "Events of contacts by what became of them: recorded, already_recorded or the reason "
            "of refusal.",
            ("outcome",),
            registry=registry,
        )
        self._lag = Histogram(
            "muster_dispatch_contact_lag_seconds",
            "From an event at its source to its commit: the newest event of each call, imports "
            "left out.",
            buckets=_LAG_SECONDS,
            registry=registry,
        )
        self.commit_seconds = Histogram(
            "muster_dispatch_commit_seconds",
            "Time of one commit, the wait for the site's head included.",
            buckets=DURATION_BUCKETS,
            registry=registry,
        )
        self.figures_seconds = Histogram(
            "muster_dispatch_figures_seconds",
            "Time to count the queues of a site.",
            buckets=DURATION_BUCKETS,
            registry=registry,
        )
        self._new_queues = CounterMetric(
            "muster_dispatch_queues_discovered_total",
            "Queues that became known by an event, before anybody applied them.",
            registry=registry,
        )
        self._opened = CounterMetric(
            "muster_dispatch_recordings_opened_total",
            "Recordings that somebody opened.",
            registry=registry,
        )
        self.watches = Gauge(
            "muster_dispatch_watches",
            "Open watches of queue figures.",
            registry=registry,
        )

    def count_fates(self, fates: Iterable[Fate]) -> None:
        """Counts what became of the events of a call."""
        for fate, count in Counter(fates).items():
            outcome = fate.reason.value if isinstance(fate, Refused) else fate.value
            self._events.labels(outcome).inc(count)

    def count_new_queues(self, count: int) -> None:
        """Counts queues that became known by an event."""
        self._new_queues.inc(count)

    def observe_lag(self, lag: timedelta) -> None:
        """Takes the time from an event at its source to its commit."""
        self._lag.observe(max(lag.total_seconds(), 0.0))

    def recording_opened(self, actor: str, contact: str) -> None:
        """`recording.opened`: somebody was told where a recording is kept."""
        self._opened.inc()
        self._log.info("recording.opened", actor=actor, contact=contact)

    def queues_applied(self, count: int) -> None:
        """`queues.applied`: queues were created or changed."""
        self._log.info("queues.applied", queues=count)

    def contacts_forgotten(self, count: int) -> None:
        """`contacts.forgotten`: contacts were deleted after their retention."""
        self._log.info("contacts.forgotten", contacts=count)

    def forgetting_failed(self, error: Exception) -> None:
        """`contacts.not_forgotten`: deleting old contacts failed and is tried again."""
        self._log.warning("contacts.not_forgotten", exc_info=error)

    def figures_failed(self, site: str, error: Exception) -> None:
        """`figures.not_read`: the figures of a watched site could not be counted; tried again."""
        self._log.warning("figures.not_read", site=site, exc_info=error)
