"""Every metric and log event of roster."""

from prometheus_client import Counter

from chassis.telemetry import Telemetry


class RosterTelemetry:
    """Tells what roster does."""

    def __init__(self, telemetry: Telemetry) -> None:
        self._log = telemetry.log
        self._rows = Counter(
            "muster_roster_rows_applied_total",
            "Counts sites, teams and agents that were applied, by what that changed.",
            ["change"],
            registry=telemetry.registry,
        )
        self._shifts = Counter(
            "muster_roster_shifts_published_total",
            "Counts versions of shifts that were published, by what they did.",
            ["change"],
            registry=telemetry.registry,
        )

    def applied(self, *, created: int, updated: int, unchanged: int) -> None:
        """`roster.applied`: a request to apply people was committed."""
        counts = {"created": created, "updated": updated, "unchanged": unchanged}
        for change, count in counts.items():
            self._rows.labels(change).inc(count)
        self._log.info("roster.applied", **counts)

    def published(self, *, created: int, amended: int, cancelled: int) -> None:
        """`roster.published`: shifts of a site were published."""
        counts = {"created": created, "amended": amended, "cancelled": cancelled}
        for change, count in counts.items():
            self._shifts.labels(change).inc(count)
        self._log.info("roster.published", **counts)
