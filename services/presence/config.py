"""The settings of presence."""

from chassis.config import ProcessSettings, setting


class PresenceSettings(ProcessSettings):
    """Settings of the process `presence`: those that all processes share, and how much may wait."""

    most_pending_reports: int = setting(
        "How many reports may wait for their commit; beyond it callers are told to come later.",
        unit="reports",
        default=50_000,
    )
