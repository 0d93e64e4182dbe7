"""A service that the gateway itself serves."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Served:
    """A servicer with the full name of its service and what adds it to a server."""

    name: str
    add: Callable[[Any, Any], None]
    servicer: object
