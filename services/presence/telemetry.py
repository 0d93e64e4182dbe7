"""Every metric and log event of presence."""

from collections import Counter as Tally
from collections.abc import Iterable, Sequence
from datetime import timedelta

from prometheus_client import Counter, Gauge, Histogram

from chassis.telemetry import DURATION_BUCKETS, Telemetry
from services.presence.domain.fate import Fate, Refused
from services.presence.domain.state import LossScope, SourceKind, State

_LAG_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600)
_SKEW_SECONDS = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 3600)
_ENTRIES = (1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_000)


class PresenceTelemetry:
    """What presence tells about itself."""

    def __init__(self, telemetry: Telemetry) -> None:
        registry = telemetry.registry
        self._log = telemetry.log
        self._reports = Counter(
            "muster_presence_reports_total",
            "Reports by what became of them: recorded, already_recorded or the reason of refusal.",
            ("outcome",),
            registry=registry,
        )
        self._unknown_reasons = Counter(
            "muster_presence_unknown_reasons_total",
            "Breaks with a reason that the site's policy does not list, which have no class.",
            ("site",),
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
        for fate, count in Tally(fates).items():
            outcome = fate.reason.value if isinstance(fate, Refused) else fate.value
            self._reports.labels(outcome).inc(count)

    def count_unknown_reasons(self, site: str, count: int) -> None:
        """Counts breaks whose reason the site does not list."""
        self._unknown_reasons.labels(site).inc(count)

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


class SourceTelemetry:
    """What presence tells about the sources of reports and the watch over them."""

    def __init__(self, telemetry: Telemetry) -> None:
        registry = telemetry.registry
        self._log = telemetry.log
        self._heartbeats = Counter(
            "muster_presence_heartbeats_total",
            "Heartbeats of clients by kind of source.",
            ("source_kind",),
            registry=registry,
        )
        self._losses = Counter(
            "muster_presence_losses_total",
            "Tracks of agents that became unobserved because their source was lost, by scope.",
            ("scope",),
            registry=registry,
        )
        self._gaps = Counter(
            "muster_presence_gaps_total",
            "Silences of sources over their lease that ended within the grace.",
            registry=registry,
        )
        self._limits = Counter(
            "muster_presence_wrap_up_limits_total",
            "Wrap-ups that reached their limit, by the state they ended in.",
            ("state",),
            registry=registry,
        )
        self._outages = Counter(
            "muster_presence_outages_total",
            "Outages of presence itself that were marked, counted for each site.",
            registry=registry,
        )
        self._skew = Histogram(
            "muster_presence_source_skew_seconds",
            "How far the clocks of sources are off, ahead or behind, as measured.",
            buckets=_SKEW_SECONDS,
            registry=registry,
        )

    def count_heartbeats(self, source_kind: SourceKind, count: int) -> None:
        """Counts the clients that gave proof of life with one message."""
        self._heartbeats.labels(source_kind.name.lower()).inc(count)

    def observe_skew(self, skew: timedelta) -> None:
        """Takes the measured skew of a clock."""
        self._skew.observe(abs(skew.total_seconds()))

    def lost(self, site: str, scopes: Sequence[LossScope]) -> None:
        """Tells of tracks of agents that were lost with their sources."""
        for scope, count in Tally(scopes).items():
            self._losses.labels(scope.name.lower()).inc(count)
            self._log.warning("source.lost", site=site, scope=scope.name.lower(), agents=count)

    def count_gaps(self, count: int) -> None:
        """Counts silences that ended within the grace."""
        self._gaps.inc(count)

    def count_limits(self, states: Iterable[State]) -> None:
        """Counts wrap-ups at their limit by what they ended in."""
        for state, count in Tally(states).items():
            self._limits.labels(state.name.lower()).inc(count)

    def outage_marked(self, site: str, seconds: float) -> None:
        """Tells that presence itself was away."""
        self._outages.inc()
        self._log.warning("presence.was_away", site=site, seconds=seconds)

    def clock_stepped(self) -> None:
        """Logs that the database's clock was set, so that all leases begin anew."""
        self._log.warning("clock.stepped")

    def duty_failed(self, duty: str, error: str) -> None:
        """Logs that a duty failed that is tried again in a second."""
        self._log.warning("duty.failed", duty=duty, error=error)


class RecordTelemetry:
    """What the keeping of the record tells about itself."""

    def __init__(self, telemetry: Telemetry) -> None:
        registry = telemetry.registry
        self._log = telemetry.log
        self._disagreements = Counter(
            "muster_presence_record_disagreements_total",
            "Times that the log of a site was found not to agree with what was signed.",
            ("site",),
            registry=registry,
        )
        self._waiting = Gauge(
            "muster_presence_daily_root_waiting_seconds",
            "Age of the oldest daily root of a site that is not delivered yet, from the end of its "
            "day; zero if none waits.",
            ("site",),
            registry=registry,
        )
        self._deleted = Counter(
            "muster_presence_retention_deleted_entries_total",
            "Entries deleted by retention.",
            registry=registry,
        )

    def duty_failed(self, duty: str, site: str, error: str) -> None:
        """Logs that a duty of the record could not be done; it is tried again."""
        self._log.warning("record.duty_failed", duty=duty, site=site, error=error)

    def log_disagrees(self, site: str, seq: str) -> None:
        """Counts and logs that the log of a site is not what was signed."""
        self._disagreements.labels(site).inc()
        self._log.error("record.log_disagrees", site=site, seq=seq)

    def leaves_differ(self, site: str, day: str) -> None:
        """Logs that a root was exported without leaves, since the entries are not its own now."""
        self._disagreements.labels(site).inc()
        self._log.error("record.leaves_differ", site=site, day=day)

    def delivery_failed(self, site: str, day: str, error: str) -> None:
        """Logs that a daily root could not be delivered; it is tried again."""
        self._log.warning("record.delivery_failed", site=site, day=day, error=error)

    def tell_waiting(self, site: str, age: timedelta) -> None:
        """Tells how long the oldest root has waited for its delivery."""
        self._waiting.labels(site).set(age.total_seconds())

    def entries_deleted(self, site: str, before: str, count: int) -> None:
        """Counts and logs what retention took."""
        self._deleted.inc(count)
        self._log.info("retention.deleted", site=site, before=before, entries=count)

    def partitions_dropped(self, names: Iterable[str]) -> None:
        """Logs which partitions retention dropped."""
        self._log.info("retention.dropped", partitions=list(names))

    def person_erased(self, request_id: str, completed: bool) -> None:
        """Logs a step of an erasure, without the name."""
        self._log.info("person.erased", request_id=request_id, completed=completed)
