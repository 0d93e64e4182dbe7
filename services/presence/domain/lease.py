"""Leases of sources: what their silence means."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from services.presence.domain.state import LossScope, SourceKind

PROOF_DELAY = timedelta(seconds=2)
"""How much later than it came a proof of life may reach the table: they are written each second."""


class LeaseRule(NamedTuple):
    """How long a source may be silent; without a source, for all of the kind that have no rule."""

    source_kind: SourceKind
    source: str
    length: timedelta | None


DEFAULT_GRACE = timedelta(seconds=60)
DEFAULT_LEASE_RULES = (
    LeaseRule(SourceKind.TELEPHONY, "", timedelta(seconds=10)),
    # Browsers let hidden tabs sleep.
    LeaseRule(SourceKind.AGENT, "", timedelta(seconds=90)),
)


def lease_length(
    rules: Iterable[LeaseRule], source_kind: SourceKind, source: str
) -> timedelta | None:
    """Returns how long a source may be silent, None if for ever; the more special rule wins."""
    lengths = {rule.source: rule.length for rule in rules if rule.source_kind is source_kind}
    return lengths.get(source, lengths.get(""))


class Silence(NamedTuple):
    """The time between two proofs of life that lie further apart than the lease."""

    start_time: datetime
    end_time: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """A source under a lease, or the client of one agent.

    `agent` is empty for a source whose one lease covers all its agents. `proof_time` is the last
    proof of life, or the end of our own outage if that is later. `silences` are those that have
    ended and are not judged yet. `is_lost` tells that the loss is on record already.
    """

    source: str
    source_kind: SourceKind
    agent: str
    length: timedelta
    proof_time: datetime
    silences: tuple[Silence, ...] = ()
    is_lost: bool = False

    def is_over(self, grace: timedelta, now: datetime) -> bool:
        """Tells whether the grace has run out as well, however late proofs are written."""
        return now - self.proof_time > self.length + grace + PROOF_DELAY


class Loss(NamedTuple):
    """A lease that is lost: from an instant on nothing is known from the source."""

    lease: Lease
    start_time: datetime
    scope: LossScope


class Gap(NamedTuple):
    """A silence that ended within the grace: what was known before goes on."""

    lease: Lease
    silence: Silence


class Verdict(NamedTuple):
    """What is to be recorded of a site's leases.

    `over` are those that have run out by now, also where that is no loss.
    """

    losses: tuple[Loss, ...]
    gaps: tuple[Gap, ...]
    over: tuple[Lease, ...]


def judge_leases(leases: Sequence[Lease], grace: timedelta, now: datetime) -> Verdict:
    """Returns what the silences of all leases of a site mean at an instant.

    A silence that ended before its lease was over is a gap. An agent's client is not lost while
    another one of hers lives.
    """
    clients = _live_clients(leases, grace, now)
    proof_times = sorted(lease.proof_time for lease in leases)
    over = tuple(lease for lease in leases if not lease.is_lost and lease.is_over(grace, now))
    losses = tuple(
        Loss(lease, lease.proof_time, _scope(lease, proof_times, grace))
        for lease in over
        if not clients.get(lease.agent, frozenset()) - {lease.source}
    )
    gaps = tuple(Gap(lease, silence) for lease in leases for silence in lease.silences)
    return Verdict(losses, gaps, over)


def _live_clients(
    leases: Iterable[Lease], grace: timedelta, now: datetime
) -> dict[str, frozenset[str]]:
    """Returns of each agent the sources of her clients that live."""
    live: dict[str, frozenset[str]] = {}
    for lease in leases:
        if lease.agent and not lease.is_over(grace, now):
            live[lease.agent] = live.get(lease.agent, frozenset()) | {lease.source}
    return live


def _scope(lost: Lease, proof_times: Sequence[datetime], grace: timedelta) -> LossScope:
    """Tells how much was lost with a lease of a site with these proofs of life, earliest first.

    It is the whole site if others were alive shortly before and nobody was heard in the grace:
    whoever was cut off at the same instant gave the last proof a little before or after.
    """
    alive_from = lost.proof_time - lost.length - grace
    around_count = len(proof_times) - bisect_left(proof_times, alive_from)
    if around_count > 1 and proof_times[-1] <= lost.proof_time + lost.length:
        return LossScope.SITE
    return LossScope.CLIENT if lost.agent else LossScope.SOURCE
