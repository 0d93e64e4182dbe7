"""How the queues of one or several sites stand."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.clock import Clock
from gateway.app.board_people import WantedSites, find_sites
from gateway.app.board_ports import Sites
from gateway.app.parts import MissingPart, Parts
from gateway.domain.heatmap import Place, Site
from gateway.domain.waiting import Queue, Totals, totals_of

DISPATCH = "dispatch"


@dataclass(frozen=True, slots=True)
class SiteQueues:
    """The queues of a site, by name, and the place in its order at which they stand so."""

    place: Place
    queues: Sequence[Queue]


class Queues(Protocol):
    """Dispatch, asked in the name of the present caller. Refuses as dispatch does."""

    async def queues_of(self, site: str) -> SiteQueues: ...


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queues of sites and their sums; a site that dispatch does not tell of is missing."""

    sites: Sequence[Site]
    told: Sequence[SiteQueues]
    totals: Totals
    missing: Sequence[MissingPart]
    read_time: datetime


class ReadWaiting:
    """Reads how queues stand."""

    def __init__(self, sites: Sites, queues: Queues, parts: Parts, clock: Clock) -> None:
        self._sites = sites
        self._queues = queues
        self._parts = parts
        self._clock = clock

    async def __call__(self, wanted: WantedSites) -> Waiting:
        """Returns the queues of the sites. NOT_FOUND for a site that is not wholly the caller's."""
        sites = await find_sites(self._sites, wanted)
        parts = await asyncio.gather(
            *(
                self._parts.fetch(DISPATCH, self._queues.queues_of(site.name), of=site.name)
                for site in sites
            )
        )
        told = [part.value for part in parts if part.value]
        queues = [queue for site in told for queue in site.queues]
        missing = [part.missing for part in parts if part.missing]
        return Waiting(sites, told, totals_of(queues), missing, self._clock.now())
