"""The store of sources, in memory, with a clock of the wall and one that only runs on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services.presence.app.source_ports import (
    Client,
    DueLimit,
    KnownSources,
    Observed,
    Proof,
)
from services.presence.domain.agent_state import replay
from services.presence.domain.entry import Entry
from services.presence.domain.lease import Lease, LeaseRule, Silence
from services.presence.domain.outage import LONGEST_PAUSE, Outage
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import EntryKind, State
from tests.unit.presence.fakes import FakeStateLog

Key = tuple[str, str, str]


class World:
    """Time, by a clock of the wall that may be set and by one that only runs on."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.running = 1_000.0

    def elapsed(self) -> float:
        return self.running

    def advance(self, span: timedelta) -> None:
        self.now += span
        self.running += span.total_seconds()

    def set_clock(self, step: timedelta) -> None:
        self.now += step


@dataclass(frozen=True)
class FakeRules:
    """The same rules for every site."""

    rules: Sequence[LeaseRule]
    grace_span: timedelta
    end: State = State.ONLINE

    async def lease_rules(self, site: str) -> Sequence[LeaseRule]:
        return self.rules

    async def grace(self, site: str) -> timedelta:
        return self.grace_span

    async def limit_end(self, site: str, queue: str) -> State:
        return self.end


class FakeClaims:
    """Gives us every site."""

    async def take(self, sites: Collection[str]) -> frozenset[str]:
        return frozenset(sites)


class FakeSources:
    """Does in memory what PostgreSQL does with leases and marks; tests hold both to the same."""

    def __init__(self, world: World, log: FakeStateLog) -> None:
        self.world = world
        self.log = log
        self.leases: dict[Key, Lease] = {}
        self.marks: dict[str, datetime] = {}
        self.asked: set[Client] = set()

    async def write_proofs(self, proofs: Sequence[Proof]) -> None:
        for proof in proofs:
            key = (*proof.client, proof.site)
            known = self.leases.get(key)
            first, last = self.world.now - proof.first_age, self.world.now - proof.last_age
            if known is None and proof.length is not None:
                self.leases[key] = Lease(
                    proof.client.source,
                    proof.source_kind,
                    proof.client.agent,
                    proof.length,
                    last,
                )
            elif known is not None:
                self.leases[key] = _moved(known, first, last, self.world.now)

    async def clear_resend(self, clients: Collection[Client]) -> None:
        self.asked -= set(clients)

    async def read_known(self) -> KnownSources:
        sites: dict[str, frozenset[str]] = {}
        for source, agent, site in self.leases:
            if not agent:
                sites[source] = sites.get(source, frozenset()) | {site}
        resend: dict[str, frozenset[str]] = {}
        for source, agent in self.asked:
            resend[source] = resend.get(source, frozenset()) | {agent}
        leased = frozenset(source for source, _, _ in self.leases)
        return KnownSources(sites, leased, resend)

    async def list_sites(self) -> Collection[str]:
        return {site for site, _ in self.log.commits}

    async def touch_marks(self) -> datetime:
        now = self.world.now
        for site, mark in self.marks.items():
            if timedelta(0) <= now - mark <= LONGEST_PAUSE:
                self.marks[site] = now
        return now

    async def observe(self, graces: Mapping[str, timedelta]) -> Observed:
        now = self.world.now
        for site in graces:
            self.marks.setdefault(site, now)
        restless = {
            site
            for (_, _, site), lease in self.leases.items()
            if site in graces
            and (lease.silences or (not lease.is_lost and lease.is_over(graces[site], now)))
        }
        due = [
            DueLimit(site, entry)
            for site in graces
            for entry in await self.read_tracks(site)
            if entry.kind is EntryKind.CHANGE
            and entry.details.limit_time is not None
            and entry.details.limit_time <= now
        ]
        return Observed(now, dict(self.marks), frozenset(restless), due)

    async def read_leases(self, site: str) -> Sequence[Lease]:
        return [lease for key, lease in self.leases.items() if key[2] == site]

    async def settle(self, site: str, broken: Sequence[Lease], over: Sequence[Lease]) -> None:
        for key, lease in self.leases.items():
            if key[2] == site:
                judged = replace(lease, silences=()) if lease in broken else lease
                self.leases[key] = replace(judged, is_lost=True) if lease in over else judged

    async def ask_again(self, clients: Collection[Client]) -> None:
        self.asked |= set(clients)

    async def renew(self, site: str, outage: Outage) -> None:
        for key, lease in self.leases.items():
            if key[2] == site and not lease.is_lost:
                before = tuple(s for s in lease.silences if s.end_time <= outage.start_time)
                self.leases[key] = replace(lease, proof_time=self.world.now, silences=before)
        self.marks[site] = self.world.now

    async def renew_all(self) -> None:
        for key, lease in self.leases.items():
            if not lease.is_lost:
                self.leases[key] = replace(lease, proof_time=self.world.now, silences=())
        self.marks = dict.fromkeys(self.marks, self.world.now)

    async def read_tracks(self, site: str) -> Sequence[Entry]:
        entries: dict[str, list[Entry]] = {}
        for _, group in self.log.commits:
            for entry in group:
                entries.setdefault(entry.agent, []).append(entry)
        rules = PrecedenceHistory()
        return [
            entry
            for agent, history in entries.items()
            if agent
            for entry in replay(history, rules).tracks
        ]


def _moved(known: Lease, first: datetime, last: datetime, now: datetime) -> Lease:
    silences = known.silences
    if first - known.proof_time > known.length and not known.is_lost:
        silences = (*silences, Silence(known.proof_time, first))
    proof_time = min(max(known.proof_time, last), now)
    return replace(known, proof_time=proof_time, silences=silences, is_lost=False)
