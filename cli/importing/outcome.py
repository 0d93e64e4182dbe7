"""What an import comes to, and what every kind of import can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from rich.console import Console

from cli.importing.accounting import Accounting
from cli.session import Session


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the rows, with figures of the kind as JSON values and as a line for people."""

    accounting: Accounting
    details: Mapping[str, Any]
    line: str


class Import(Protocol):
    """A file that was read and judged, and can be brought in."""

    def preview(self) -> Outcome:
        """Tells what would be done; nothing is sent."""
        ...

    async def send(self, session: Session, console: Console) -> Outcome:
        """Brings it in, shows how far it is, and tells what the server made of it."""
        ...
