"""A service that the gateway itself serves."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Served:
    """A servicer with the full name of its service."""

    name: str
    servicer: object
