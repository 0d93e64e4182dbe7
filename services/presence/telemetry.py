"""Every metric and log event of presence."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from prometheus_client import Counter as CounterMetric
from prometheus_client import Gauge, Histogram

from chassis.telemetry import DURATION_BUCKETS, Telemetry
from services.presence.domain.fate import Fate, Refused

_LAG_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)
_ENTRIES = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000)


class PresenceTelemetry:
    """What presence tells about itself."""

    def __init__(self, telemetry: Telemetry) -> None:
        registry = telemetry.registry
        self._log = telemetry.log
        self._reports = CounterMetric(
            "muster_presence_reports_total",
            "Reports by what became of them: recorded, already_recorded or the reason of refusal.",
            ("outcome",),
            registry=registry,
        )
        self._lag = Histogram(
            "muster_presence_state_lag_seconds",
            "From a change at its source to its commit: the newest change of each call, imports "
            "left out.",
            buckets=_LAG_SECONDS,
            registry=registry,
        )
        self.commit_seconds = Histogram(
            "muster_presence_commit_seconds",
            "Time of one commit, the wait for the site's head included.",
            buckets=DURATION_BUCKETS,
            registry=registry,
        )
        self.link_entries = Histogram(
            "muster_presence_link_entries",
            "Entries of each link.",
            buckets=_ENTRIES,
            registry=registry,
        )
        self.pending_reports = Gauge(
            "muster_presence_pending_reports",
            "Reports that wait for their commit or are in it.",
            registry=registry,
        )
        self.directory_agents = Gauge(
            "muster_presence_directory_agents",
            "Agents in the copy of the roster.",
            registry=registry,
        )

    def count_fates(self, fates: Iterable[Fate]) -> None:
        """Counts what became of the reports of a call."""
        for fate, count in Counter(fates).items():
            outcome = fate.reason.value if isinstance(fate, Refused) else fate.value
            self._reports.labels(outcome).inc(count)

    def observe_lag(self, lag: timedelta) -> None:
        """Takes the time from a change at its source to its commit."""
        self._lag.observe(max(lag.total_seconds(), 0.0))

    def entry_unstorable(self, site: str) -> None:
        """Logs that an entry passed every check and the store refused its data: a missing check."""
        self._log.error("entry.unstorable", site=site)

    def partition_created(self, table: str, day: str) -> None:
        """Logs that a table got the partition of a day."""
        self._log.info("partition.created", table=table, day=day)

    def directory_loaded(self, agents: int) -> None:
        """Logs that the copy of the roster was loaded whole."""
        self.directory_agents.set(agents)
        self._log.info("directory.loaded", agents=agents)

    def directory_waits(self, why: str) -> None:
        """Logs that the roster cannot be copied yet."""
        self._log.warning("directory.waits", why=why)
