"""The settings of analytics."""

from chassis.config import ProcessSettings


class AnalyticsSettings(ProcessSettings):
    """Settings of the process `analytics`: those that all processes share."""
