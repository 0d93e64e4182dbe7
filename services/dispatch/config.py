"""The settings of dispatch."""

from chassis.config import ProcessSettings, setting


class DispatchSettings(ProcessSettings):
    """Settings of the process `dispatch`: those that all processes share, and its own limits."""

    contact_retention_days: int = setting(
        "How long contacts and who opened their recordings are kept after the last event.",
        unit="days",
        default=90,
    )
    most_watches: int = setting(
        "How many watches of queue figures may be open; beyond it callers are told to come later.",
        unit="watches",
        default=1_000,
    )
