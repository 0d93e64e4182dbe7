"""The sites of roster, asked over gRPC."""

from collections.abc import Sequence

import grpc
from muster.roster.v1 import people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Site

_PAGE = 1000


class RosterSites:
    """The sites that whoever the channel calls for may see: the present caller, or the gateway."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def get_site(self, site: str) -> Site:
        """Returns a site; NOT_FOUND if it is not to be seen."""
        with refusing():
            found = await self._roster.GetSite(pb.GetSiteRequest(name=site))
        return _site(found)

    async def find_sites(self) -> Sequence[Site]:
        """Returns the sites in the order in which people see several."""
        return [_site(one) for one in sorted(await self._list(), key=_display_order)]

    async def list_sites(self) -> Sequence[str]:
        """Returns the names of the sites, in their order."""
        return [site.name for site in await self._list()]

    async def _list(self) -> Sequence[people_pb2.Site]:
        sites: list[people_pb2.Site] = []
        token = ""
        while True:
            with refusing():
                page = await self._roster.ListSites(
                    pb.ListSitesRequest(page_size=_PAGE, page_token=token)
                )
            sites.extend(page.sites)
            token = page.next_page_token
            if not token:
                return sites


def _display_order(site: people_pb2.Site) -> tuple[int, str]:
    return site.display_order, site.name


def _site(found: people_pb2.Site) -> Site:
    start = found.operating_day_start
    minutes = start.hours * 60 + start.minutes
    return Site(found.name, found.display_name, found.time_zone, minutes)
