"""What is verified, wherever it is read from."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from proof.checkpoint import Checkpoint
from proof.daily_root import DailyRoot
from proof.receipt import Opening
from proof.verify import Fault, StoredLink

UP_TO_THE_HEAD = 0
"""The last seq of a chain that is read to its end, wherever that is by then."""


@dataclass(frozen=True, slots=True)
class SiteRecord:
    """What stands beside the chain of a site."""

    site: str
    last_seq: int
    checkpoints: Sequence[Checkpoint]
    roots: Sequence[DailyRoot]
    kept_from: date | None
    strays: Sequence[Fault] = ()
    """Entries that stand in the log and in none of its links, at most 100."""

    pseudonyms: frozenset[str] = frozenset()
    """What stands for the names of all whom presence was asked to erase."""


@dataclass(frozen=True, slots=True)
class ChainPart:
    """Links in order with their entries, and what opens the digests in them."""

    links: Sequence[StoredLink]
    openings: Sequence[Opening]


def stray_fault(seq: int, position: int, agent: str, event_id: str, at: datetime) -> Fault:
    """Returns the fault of an entry that stands in the log and in none of its links."""
    return Fault(
        seq,
        f"entry {position} was inserted and is in no link: {agent}, event {event_id},"
        f" {at.isoformat()}",
    )


class RecordSource(Protocol):
    """Where a record is read from."""

    async def list_sites(self) -> list[str]:
        """Lists the sites that have a chain."""
        ...

    async def describe(self, site: str) -> SiteRecord:
        """Reads what stands beside a chain."""
        ...

    def read(self, site: str, first_seq: int, last_seq: int) -> AsyncIterator[ChainPart]:
        """Yields links in order, part by part."""
        ...
