"""How Muster itself does: its processes, and how fresh the data of its sites is."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from chassis.clock import Clock
from chassis.errors import Refusal
from chassis.scope import Scope
from gateway.app.parts import MissingPart, Part, Parts
from gateway.app.source_ports import Page
from gateway.domain.heatmap import Coverage, Site
from gateway.domain.replicas import Replica
from gateway.domain.site_sources import Chain, SourceHealth
from gateway.domain.sources.source import Source

T = TypeVar("T")

SITES, COVERAGE, SOURCES, CHAIN, PLATFORMS = "sites", "coverage", "sources", "chain", "platforms"

MOST_PLATFORMS = 1000


class Replicas(Protocol):
    """The replicas of all processes, asked in the gateway's own name. Never refuses: who does not
    answer is told as silent.
    """

    async def read(self, now: datetime) -> Sequence[Replica]: ...


class SiteData(Protocol):
    """What presence tells of a site's data, in the name of the present caller. Refuses as presence
    does.
    """

    async def coverage_of(self, site: str) -> Coverage: ...

    async def sources_of(self, site: str) -> Sequence[SourceHealth]: ...

    async def chain_of(self, site: str) -> Chain: ...


class SeenSites(Protocol):
    """The sites that the present caller may see."""

    async def find_sites(self) -> Sequence[Site]: ...


class Platforms(Protocol):
    """The platforms that push their events; None stands for those of all sites."""

    async def list_sources(self, sites: frozenset[str] | None, page: Page) -> Sequence[Source]: ...


@dataclass(frozen=True, slots=True)
class SiteFreshness:
    """How fresh the data of a site is; None where a part could not be had."""

    site: Site
    coverage: Coverage | None
    sources: Sequence[SourceHealth]
    chain: Chain | None


@dataclass(frozen=True, slots=True)
class Operations:
    """How Muster does."""

    replicas: Sequence[Replica]
    sites: Sequence[SiteFreshness]
    platforms: Sequence[Source]
    missing: Sequence[MissingPart]
    read_time: datetime


@dataclass(frozen=True, slots=True)
class OperationsSources:
    """Who is asked."""

    replicas: Replicas
    sites: SeenSites
    data: SiteData
    platforms: Platforms


class ReadOperations:
    """Reads how Muster does. Whatever is away or not the caller's to see is named as missing."""

    def __init__(self, ask: OperationsSources, parts: Parts, clock: Clock) -> None:
        self._ask = ask
        self._parts = parts
        self._clock = clock

    async def __call__(self, scope: Scope, permissions: frozenset[str]) -> Operations:
        """Asks everybody at once."""
        now = self._clock.now()
        replicas, (sites, lost), platforms = await asyncio.gather(
            self._ask.replicas.read(now), self._sites(), self._platforms(scope, permissions)
        )
        missing = [*lost, *([platforms.missing] if platforms.missing else [])]
        return Operations(replicas, sites, platforms.value or (), missing, now)

    async def _sites(self) -> tuple[list[SiteFreshness], list[MissingPart]]:
        found = await self._fetch(SITES, self._ask.sites.find_sites())
        read = await asyncio.gather(*(self._site(site) for site in found.value or ()))
        missing = [part for _, lost in read for part in lost]
        return [site for site, _ in read], [found.missing, *missing] if found.missing else missing

    async def _site(self, site: Site) -> tuple[SiteFreshness, list[MissingPart]]:
        data, name = self._ask.data, site.name
        coverage, sources, chain = await asyncio.gather(
            self._fetch(COVERAGE, data.coverage_of(name), of=name),
            self._fetch(SOURCES, data.sources_of(name), of=name),
            self._fetch(CHAIN, data.chain_of(name), of=name),
        )
        freshness = SiteFreshness(site, coverage.value, sources.value or (), chain.value)
        lost = (coverage.missing, sources.missing, chain.missing)
        return freshness, [missing for missing in lost if missing]

    async def _fetch(self, part: str, answer: Awaitable[T], *, of: str = "") -> Part[T]:
        """Takes whatever is refused as missing: those who look for a fault need the rest."""
        try:
            fetched = await self._parts.fetch_permitted(part, answer, of=of)
        except Refusal as refusal:
            fetched = Part(None, MissingPart(part, refusal.message, refusal.reason))
        if fetched.missing is None or not of:
            return fetched
        told = replace(fetched.missing, message=f"{of}: {fetched.missing.message}")
        return Part(None, told)

    async def _platforms(self, scope: Scope, permissions: frozenset[str]) -> Part[Sequence[Source]]:
        if "gateway.sources.read" not in permissions:
            return Part(())
        listed = self._ask.platforms.list_sources(scope.sites, Page(MOST_PLATFORMS))
        return await self._fetch(PLATFORMS, listed)
