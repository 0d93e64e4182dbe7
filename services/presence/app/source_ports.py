"""What the watch over sources needs from the store and from the site's policy."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from services.presence.domain.entry import Entry, LoggedEntry
from services.presence.domain.lease import Lease, LeaseRule
from services.presence.domain.outage import Outage
from services.presence.domain.skew import Samples
from services.presence.domain.state import SourceKind, State

NO_SITE = ""
"""Stands for the site of a source of which no report has told it yet."""


class Client(NamedTuple):
    """A source, or one agent's client of it; `agent` is empty for a source with one clock."""

    source: str
    agent: str


class Proof(NamedTuple):
    """The proofs of life that a client gave for a site since they were written last.

    `first_age` and `last_age` are how long ago the first and the last one came. `length` is the
    lease that is granted with them, if `is_leased`.
    """

    client: Client
    site: str
    source_kind: SourceKind
    first_age: timedelta
    last_age: timedelta
    is_leased: bool
    length: timedelta | None


@dataclass(frozen=True, slots=True)
class KnownSources:
    """What is known of all sources.

    `sites` tells of a source with one lease for all its agents where their reports belong. Those
    that are `leased` have sent heartbeats. `resend` names agents whose states are asked for again.
    """

    sites: Mapping[str, frozenset[str]]
    leased: frozenset[str]
    resend: Mapping[str, frozenset[str]]


class ProofStore(Protocol):
    """Where proofs of life are kept."""

    async def write_proofs(self, proofs: Sequence[Proof]) -> None:
        """Takes over proofs; a silence longer than the lease before them is noted."""
        ...

    async def clear_resend(self, clients: Collection[Client]) -> None:
        """Notes that the states of agents were reported again."""
        ...

    async def read_known(self) -> KnownSources:
        """Reads what is known of all sources."""
        ...


class SkewStore(Protocol):
    """Where the samples of sources' clocks are kept."""

    async def read_samples(self, clients: Collection[Client]) -> Mapping[Client, Samples]:
        """Reads the samples of those that have any."""
        ...

    async def add_samples(self, samples: Mapping[Client, Samples]) -> Mapping[Client, Samples]:
        """Adds samples, the latest twenty of each client stay, and returns those."""
        ...


class DueLimit(NamedTuple):
    """A wrap-up whose limit has come."""

    site: str
    wrap_up: Entry


@dataclass(frozen=True, slots=True)
class Observed:
    """What the watch has to deal with, at one instant of the database's clock.

    `mark_times` tells when presence was last known to be there for each site. `restless` are the
    sites with leases that are over or silences that are not judged yet.
    """

    now: datetime
    mark_times: Mapping[str, datetime]
    restless: frozenset[str]
    limits: Sequence[DueLimit]


class WatchStore(Protocol):
    """What the watch reads and writes."""

    async def list_sites(self) -> Collection[str]:
        """Lists the sites that have entries."""
        ...

    async def touch_marks(self) -> datetime:
        """Marks that presence is there, for each site whose last mark is young; returns now."""
        ...

    async def observe(self, graces: Mapping[str, timedelta]) -> Observed:
        """Reads what there is to do at the sites; one without a mark gets its first one."""
        ...

    async def read_leases(self, site: str) -> Sequence[Lease]:
        """Reads all leases of a site."""
        ...

    async def settle(self, site: str, broken: Sequence[Lease], over: Sequence[Lease]) -> None:
        """Notes that silences are judged and leases over, unless there was a proof since."""
        ...

    async def ask_again(self, clients: Collection[Client]) -> None:
        """Notes that the states of agents were lost and are to be reported again."""
        ...

    async def renew(self, site: str, outage: Outage) -> None:
        """Lets the leases of a site begin anew after an outage, and marks that presence is there.

        Silences that ended before it stay to be judged.
        """
        ...

    async def renew_all(self) -> None:
        """Lets the leases of all sites begin anew, without their silences, and marks the same."""
        ...

    async def read_tracks(self, site: str) -> Sequence[Entry]:
        """Reads the current entry of each track of each agent of a site."""
        ...


class WrapUpStore(Protocol):
    """What extending a wrap-up reads."""

    async def find_wrap_up(self, agent: str) -> Entry | None:
        """Finds the entry that holds an agent in wrap-up, or None if she is in another state."""
        ...

    async def find_entry(self, agent: str, event_id: str, since: datetime) -> LoggedEntry | None:
        """Finds an entry that occurred since an instant, or None."""
        ...


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source as it is listed, with all that is known of it."""

    client: Client
    source_kind: SourceKind
    length: timedelta | None
    proof_time: datetime
    is_lost: bool
    samples: Samples
    measured_time: datetime | None


class SourceReader(Protocol):
    """The sources of a site, to list."""

    async def list_sources(
        self,
        site: str,
        source: str,
        agents: Collection[str] | None,
        after: Client,
        limit: int,
    ) -> tuple[datetime, Sequence[ListedSource]]:
        """Lists sources of a site, or one of them, in order from after a client on.

        Clients of other than the given agents are left out. Tells the store's now as well.
        """
        ...


class SourceRules(Protocol):
    """The rules of a site's policy that concern sources."""

    async def lease_rules(self, site: str) -> Sequence[LeaseRule]:
        """Returns the rules of leases; the defaults for NO_SITE."""
        ...

    async def grace(self, site: str) -> timedelta:
        """Returns how long after its lease a silent source's former state goes on."""
        ...

    async def limit_end(self, site: str, queue: str) -> State:
        """Returns what a wrap-up after contacts of a queue ends in: ONLINE, or an overrun."""
        ...


class SiteClaims(Protocol):
    """Which sites are watched by this replica."""

    async def take(self, sites: Collection[str]) -> frozenset[str]:
        """Claims sites, and returns those that are ours."""
        ...
