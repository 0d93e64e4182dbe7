"""Proofs of life: gathered as they come, written together each second.

Ten thousand browsers send three hundred heartbeats a second. A replica writes what came within a
second with one statement, and a lease lasts for seconds at least.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from services.presence.app.source_ports import (
    NO_SITE,
    Client,
    KnownSources,
    Proof,
    ProofStore,
    SourceRules,
)
from services.presence.domain.lease import lease_length
from services.presence.domain.state import SourceKind

Elapsed = Callable[[], float]
"""Tells seconds that only ever run on: a clock that is set must not end a lease."""


@dataclass(slots=True)
class _Gathered:
    source_kind: SourceKind
    first: float
    last: float
    is_leased: bool = False
    sites: set[str] = field(default_factory=set)


class Proofs:
    """The proofs of life that this replica was given, and what it knows of sources."""

    def __init__(self, store: ProofStore, rules: SourceRules, elapsed: Elapsed) -> None:
        self._store = store
        self._rules = rules
        self._elapsed = elapsed
        self._gathered: dict[Client, _Gathered] = {}
        self._reported: set[Client] = set()
        self._known = KnownSources({}, frozenset(), {})

    def sites_of(self, source: str) -> frozenset[str]:
        """Returns the sites to which a source has reported, as far as we know."""
        return self._known.sites.get(source, frozenset())

    def resend_of(self, source: str) -> frozenset[str]:
        """Returns the agents whose states were lost with a source and not reported since."""
        return self._known.resend.get(source, frozenset())

    def beat(self, client: Client, source_kind: SourceKind, sites: Iterable[str]) -> None:
        """Takes a heartbeat, which puts the client under a lease."""
        self._gather(client, source_kind, sites).is_leased = True

    def report(
        self, source: str, source_kind: SourceKind, agents_of: Mapping[str, Iterable[str]]
    ) -> None:
        """Takes the reports of a source as a proof of life; `agents_of` tells whose, by site."""
        resend = self.resend_of(source)
        for site, agents in agents_of.items():
            if source_kind is not SourceKind.AGENT:
                self._gather(Client(source, ""), source_kind, (site,))
            elif source in self._known.leased:
                for agent in agents:
                    self._gather(Client(source, agent), source_kind, (site,))
            if resend:
                self._reported |= {Client(source, agent) for agent in resend.intersection(agents)}

    async def flush(self) -> None:
        """Writes what came, and reads what is known of sources by now; called each second."""
        gathered, self._gathered = self._gathered, {}
        reported, self._reported = self._reported, set()
        try:
            await self._store.write_proofs(await self._proofs(gathered))
            if reported:
                await self._store.clear_resend(reported)
        except BaseException:
            self._take_back(gathered, reported)
            raise
        self._known = await self._store.read_known()

    def _gather(self, client: Client, source_kind: SourceKind, sites: Iterable[str]) -> _Gathered:
        now = self._elapsed()
        gathered = self._gathered.get(client)
        if gathered is None:
            gathered = self._gathered[client] = _Gathered(source_kind, now, now)
        gathered.last = now
        gathered.sites.update(sites)
        return gathered

    def _take_back(self, gathered: dict[Client, _Gathered], reported: set[Client]) -> None:
        for client, former in gathered.items():
            newer = self._gathered.get(client)
            if newer is not None:
                former.last = newer.last
                former.is_leased |= newer.is_leased
                former.sites |= newer.sites
            self._gathered[client] = former
        self._reported |= reported

    async def _proofs(self, gathered: Mapping[Client, _Gathered]) -> list[Proof]:
        now = self._elapsed()
        proofs = []
        for client, each in gathered.items():
            sites = each.sites | (frozenset() if client.agent else self.sites_of(client.source))
            is_leased = each.is_leased or (not client.agent and client.source in self._known.leased)
            for site in sites or {NO_SITE}:
                rules = await self._rules.lease_rules(site)
                proofs.append(
                    Proof(
                        client,
                        site,
                        each.source_kind,
                        timedelta(seconds=now - each.first),
                        timedelta(seconds=now - each.last),
                        is_leased,
                        lease_length(rules, each.source_kind, client.source) if is_leased else None,
                    )
                )
        return proofs
