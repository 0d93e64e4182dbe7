"""The settings of roster."""

from chassis.config import ProcessSettings


class RosterSettings(ProcessSettings):
    """Settings of the process `roster`: those that all processes share."""
