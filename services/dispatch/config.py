"""The settings of dispatch."""

from chassis.config import ProcessSettings


class DispatchSettings(ProcessSettings):
    """Settings of the process `dispatch`: those that all processes share."""
