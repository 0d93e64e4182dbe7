"""What the audit log needs of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from chassis.scope import Scope
from gateway.app.source_ports import Page
from proof.audit import AuditContent, AuditExport, AuditLink
from proof.checkpoint import Checkpoint


class AuditPlace(NamedTuple):
    """Where an entry stands: its link, and its position there."""

    seq: int
    position: int


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """An entry with its place and the instant at which it was recorded."""

    place: AuditPlace
    recorded_time: datetime
    content: AuditContent


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which entries are wanted; what is empty or None is not asked for."""

    actor: str = ""
    person: str = ""
    method: str = ""
    site: str = ""
    start_time: datetime | None = None
    end_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """A look at a person, or a change of what is told of her, by somebody else."""

    entry: AuditEntry
    actor_display_name: str


class AuditWriter(Protocol):
    """Adds to the log."""

    async def append(self, contents: Sequence[AuditContent], now: datetime) -> int:
        """Adds entries as one link and returns its seq. All are kept or none."""


class AuditReader(Protocol):
    """Reads the log."""

    async def list_entries(
        self, wanted: AuditFilter, scope: Scope, page: Page
    ) -> Sequence[AuditEntry]:
        """Returns entries of sites, teams and persons in the scope, the newest first."""

    async def list_looks(self, person: str, page: Page) -> Sequence[Look]:
        """Returns looks of others at a person and their changes, the newest first."""

    async def read_part(self, first_seq: int) -> AuditExport:
        """Reads links from a seq on, with what stands beside them."""


class AuditChain(Protocol):
    """The links and their signatures, for whoever signs and drops."""

    async def list_links(self, first_seq: int) -> Sequence[AuditLink]:
        """Returns some links from a seq on, without their entries; none behind the last."""

    async def find_last_checkpoint(self) -> Checkpoint | None: ...

    async def add_checkpoint(self, checkpoint: Checkpoint) -> None:
        """Adds a checkpoint; nothing happens if there is one over the link."""

    async def drop_before(self, day: date) -> int:
        """Drops the months of entries that end before a day; returns how many."""
