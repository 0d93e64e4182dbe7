"""The use case of heartbeats: a source is alive."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.proofs import Proofs
from services.presence.app.skews import Skews
from services.presence.app.source_ports import NO_SITE, Client, SourceRules
from services.presence.domain.fate import Reason
from services.presence.domain.lease import lease_length
from services.presence.domain.state import SourceKind
from services.presence.telemetry import SourceTelemetry

MOST_RESENT = 5_000
"""How many agents one answer asks for again; the next one goes on."""


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """One heartbeat: of a source with one lease, or of the clients of some agents."""

    source: str
    source_kind: SourceKind
    agents: tuple[str, ...] = ()
    client_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class HeartbeatAnswer:
    """What the source is to know; without a lease it may be silent for ever."""

    lease: timedelta | None
    resend: tuple[str, ...]
    refused_agents: tuple[str, ...]
    server_time: datetime


class Heartbeats:
    """Takes heartbeats of sources for which the caller may speak."""

    def __init__(
        self,
        directory: AgentDirectory,
        proofs: Proofs,
        skews: Skews,
        rules: SourceRules,
        clock: Clock,
        telemetry: SourceTelemetry,
    ) -> None:
        self._directory = directory
        self._proofs = proofs
        self._skews = skews
        self._rules = rules
        self._clock = clock
        self._telemetry = telemetry

    async def __call__(self, beat: Heartbeat, scope: Scope) -> HeartbeatAnswer:
        """Returns what the source is to know.

        A source covers what it reported. Before its first report there is nothing that a lease
        could keep, and the word of a caller who speaks for some sites alone claims no name ahead.
        Raises PERMISSION_DENIED/OUT_OF_SCOPE if the source covers agents out of scope.
        """
        now = self._clock.now()
        if beat.source_kind is SourceKind.AGENT:
            return await self._take_clients(beat, scope, now)
        sites = self._proofs.sites_of(beat.source)
        _check_scope(scope, sites)
        if sites or scope.sites is None:
            client = Client(beat.source, "")
            self._proofs.beat(client, beat.source_kind, sites)
            self._measure(client, beat.client_time, now)
        self._telemetry.count_heartbeats(beat.source_kind, 1)
        resend = sorted(self._proofs.resend_of(beat.source))[:MOST_RESENT]
        return HeartbeatAnswer(await self._shortest(beat, sites), tuple(resend), (), now)

    def now(self) -> datetime:
        """Returns our clock, for a source that hears nothing else."""
        return self._clock.now()

    async def _take_clients(self, beat: Heartbeat, scope: Scope, now: datetime) -> HeartbeatAnswer:
        sites = await self._sites_in_scope(beat.agents, scope)
        for agent, site in sites.items():
            self._proofs.beat(Client(beat.source, agent), beat.source_kind, (site,))
        if len(beat.agents) == 1 and sites:
            self._measure(Client(beat.source, beat.agents[0]), beat.client_time, now)
        self._telemetry.count_heartbeats(beat.source_kind, len(sites))
        lost = self._proofs.resend_of(beat.source)
        return HeartbeatAnswer(
            await self._shortest(beat, set(sites.values())),
            tuple(agent for agent in sites if agent in lost),
            tuple(agent for agent in beat.agents if agent not in sites),
            now,
        )

    async def _sites_in_scope(self, agents: Sequence[str], scope: Scope) -> dict[str, str]:
        known = await self._directory.find_sites(agents)
        return {agent: known[agent] for agent in agents if self._directory.sees(agent, scope)}

    def _measure(self, client: Client, client_time: datetime | None, now: datetime) -> None:
        if client_time is not None:
            self._skews.measure(client, client_time, now)

    async def _shortest(self, beat: Heartbeat, sites: Iterable[str]) -> timedelta | None:
        lengths = [
            lease_length(await self._rules.lease_rules(site), beat.source_kind, beat.source)
            for site in sorted(sites) or [NO_SITE]
        ]
        return min((length for length in lengths if length is not None), default=None)


def _check_scope(scope: Scope, sites: Iterable[str]) -> None:
    """Refuses unless the caller may speak for all agents that a source has."""
    if scope.sites is None or (
        scope.sites and all(scope.sees_site(f"sites/{site}") for site in sites)
    ):
        return
    raise Refusal(
        Code.PERMISSION_DENIED,
        Reason.OUT_OF_SCOPE,
        "The source covers agents for whom you may not report.",
    )
