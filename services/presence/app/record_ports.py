"""What the use cases of the record need from store, files and mail."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol
from uuid import UUID

from proof.checkpoint import Checkpoint
from proof.daily_root import DailyRoot
from proof.receipt import Opening
from proof.verify import StoredLink
from services.presence.app.ports import Span
from services.presence.domain.entry import Place


@dataclass(frozen=True, slots=True)
class ChainPart:
    """Links in order with their entries, and what opens the digests in them."""

    links: Sequence[StoredLink]
    openings: Sequence[Opening]


class StrayEntry(NamedTuple):
    """An entry that stands in the log and in none of its links, at the place that it claims."""

    seq: int
    position: int
    agent: str
    event_id: str
    occurred_time: datetime


class Claims(Protocol):
    """Which replica does the work of a site."""

    async def take(self, sites: Iterable[str]) -> frozenset[str]:
        """Claims or renews sites, and returns those that are ours."""
        ...

    async def renew(self) -> None:
        """Renews what we have."""
        ...


class Chain(Protocol):
    """The chains of all sites, to read; `seq` alone is a place in one, whatever its epochs."""

    async def list_heads(self) -> list[Place]:
        """Lists how far each site's chain has come, of those that have a link."""
        ...

    async def find_head(self, site: str) -> Place | None:
        """Returns how far a site's chain has come; None without a link."""
        ...

    async def list_links(self, site: str, first_seq: int, last_seq: int) -> list[StoredLink]:
        """Lists links from a seq on without their entries; some hundreds of one epoch at most."""
        ...

    def read(self, site: str, first_seq: int, last_seq: int) -> AsyncIterator[ChainPart]:
        """Yields links from a seq on with their entries, part by part, each of one epoch."""
        ...

    async def find_last_before(self, first: Place, end: datetime) -> int | None:
        """Returns the seq of the last link of an epoch, from a place on, that was recorded before
        an instant.
        """
        ...

    async def list_seqs_naming(self, agent: str, span: Span) -> list[Place]:
        """Lists the places of links that hold entries of an agent that occurred in a span."""
        ...

    async def list_strays(self, site: str) -> list[StrayEntry]:
        """Lists entries of a site's log that are in none of its links; a hundred at most."""
        ...

    async def list_pseudonyms(self) -> list[str]:
        """Lists what stands for the names of all whom presence was asked to erase."""
        ...

    async def find_kept_from(self, site: str) -> date | None:
        """Returns the day of recording before which entries are gone by retention; None if none."""
        ...


class CheckpointStore(Protocol):
    """The checkpoints of all sites."""

    async def find_last(self, site: str) -> Checkpoint | None:
        """Returns the newest checkpoint of a site."""
        ...

    async def list_between(self, site: str, first: int, last: int, limit: int) -> list[Checkpoint]:
        """Lists checkpoints by seq, both ends included."""
        ...

    async def find_at_or_before(self, site: str, seq: int) -> Checkpoint | None:
        """Returns the last checkpoint up to a seq."""
        ...

    async def find_at_or_after(self, site: str, seq: int) -> Checkpoint | None:
        """Returns the first checkpoint from a seq on."""
        ...

    async def add(self, checkpoint: Checkpoint) -> None:
        """Adds a checkpoint; one of the same link changes nothing."""
        ...


@dataclass(frozen=True, slots=True)
class KeptRoot:
    """A daily root, and who has it."""

    root: DailyRoot
    exported: bool
    mailed: bool


class RootStore(Protocol):
    """The daily roots of all sites."""

    async def find_last(self, site: str) -> DailyRoot | None:
        """Returns the newest root of a site."""
        ...

    async def list_after(self, site: str, after: date, limit: int) -> list[KeptRoot]:
        """Lists roots after a day, by day."""
        ...

    async def find(self, site: str, day: date) -> KeptRoot | None:
        """Returns the root of a day."""
        ...

    async def find_covering(self, place: Place) -> DailyRoot | None:
        """Returns the root that covers a link."""
        ...

    async def list_undelivered(self, site: str) -> list[KeptRoot]:
        """Lists roots that are not exported or not mailed yet, by day."""
        ...

    async def add(self, root: DailyRoot) -> None:
        """Adds a root; one of the same day changes nothing."""
        ...

    async def mark_exported(self, root: DailyRoot, now: datetime) -> None:
        """Notes that a root was exported."""
        ...

    async def mark_mailed(self, root: DailyRoot, now: datetime) -> None:
        """Notes that a root was mailed, or that nobody is to be mailed."""
        ...


class RootFolder(Protocol):
    """Where roots are exported to."""

    @property
    def is_set(self) -> bool:
        """Whether there is such a place."""
        ...

    async def put(self, root: DailyRoot, leaves: AsyncIterator[bytes]) -> bool:
        """Writes the files of a root, whole or not at all; False if the leaves are not its own."""
        ...


class RootMail(Protocol):
    """The way to who is mailed."""

    @property
    def is_set(self) -> bool:
        """Whether there is a server for it."""
        ...

    async def send(self, root: DailyRoot, recipients: Sequence[str]) -> None:
        """Sends a root. Raises OSError if the server did not take it."""
        ...


@dataclass(frozen=True, slots=True)
class RecordReaders:
    """The record as it is stored."""

    chain: Chain
    checkpoints: CheckpointStore
    roots: RootStore


@dataclass(frozen=True, slots=True)
class Keeping:
    """What a site's policy says of its record."""

    retention_days: int
    root_recipients: tuple[str, ...]


class Keepings(Protocol):
    """The policies of all sites, as far as the record goes."""

    async def keeping_of(self, site: str) -> Keeping:
        """Returns what is in force now."""
        ...


@dataclass(frozen=True, slots=True)
class Erasure:
    """One request to erase somebody; `names` are empty once it is completed."""

    request_id: UUID
    names: tuple[str, ...]
    pseudonyms: tuple[str, ...]
    requested_time: datetime
    is_completed: bool


class ErasureStore(Protocol):
    """Erases people, step by step."""

    async def find(self, request_id: UUID) -> Erasure | None:
        """Returns a request that was taken."""
        ...

    async def knows(self, names: Iterable[str]) -> bool:
        """Tells whether presence holds anything of one of the names."""
        ...

    async def begin(self, erasure: Erasure, reason: str) -> Erasure:
        """Takes a request and gives each name up; returns it, or the one with its id of before."""
        ...

    async def list_unfinished(self) -> list[Erasure]:
        """Lists the requests that are not completed."""
        ...

    async def go_on(self, erasure: Erasure, now: datetime) -> bool:
        """Replaces and deletes all that can be now; tells whether that completes the request."""
        ...


class RetentionStore(Protocol):
    """Takes away what is no longer kept."""

    async def set_kept_from(self, site: str, day: date) -> None:
        """Notes, before anything is deleted, that entries recorded before a day go."""
        ...

    async def delete_before(self, site: str, day: date) -> int:
        """Deletes a site's entries recorded before a day with all that belongs to them."""
        ...

    async def drop_empty(self) -> list[str]:
        """Drops partitions of days that hold nothing any more, and returns their names."""
        ...
