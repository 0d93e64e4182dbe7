"""How alive the sources of a site's states are, and how far its chain is signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

UNLEASED, LIVE, SILENT, LOST = 1, 2, 3, 4
"""The State numbers of a source on the wire, the worst last."""


@dataclass(frozen=True, slots=True)
class Client:
    """One lease: of a source with one for all its agents, or of one agent's client."""

    source: str
    kind: int
    state: int
    last_proof_time: datetime | None
    skew: timedelta | None


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """A source, its clients taken together: the worst state and the largest skew of any."""

    source: str
    kind: int
    state: int
    client_count: int
    lost_count: int
    last_proof_time: datetime | None
    skew: timedelta | None


@dataclass(frozen=True, slots=True)
class Chain:
    """How many links there are, and when the last of those that are signed was recorded."""

    link_count: int
    signed_count: int
    checkpoint_time: datetime | None


def sources_of(clients: Iterable[Client]) -> list[SourceHealth]:
    """Returns the sources of clients, by name."""
    ordered = sorted(clients, key=_name)
    return [_together(list(own)) for _, own in groupby(ordered, key=_name)]


def _name(client: Client) -> str:
    return client.source


def _together(clients: Sequence[Client]) -> SourceHealth:
    proofs = [one.last_proof_time for one in clients if one.last_proof_time]
    skews = [one.skew for one in clients if one.skew is not None]
    return SourceHealth(
        clients[0].source,
        clients[0].kind,
        max(one.state for one in clients),
        len(clients),
        sum(one.state == LOST for one in clients),
        max(proofs, default=None),
        max(skews, key=abs, default=None),
    )
