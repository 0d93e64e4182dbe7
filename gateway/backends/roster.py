"""Roster, asked over gRPC in the name of the present caller."""

from collections.abc import Sequence

import grpc
from muster.roster.v1 import roster_service_pb2 as pb
from muster.roster.v1 import roster_service_pb2_grpc

from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Person, Site

_PAGE = 1000


class RosterPeople:
    """The people of a site as roster tells them."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def get_site(self, site: str) -> Site:
        with refusing():
            found = await self._roster.GetSite(pb.GetSiteRequest(name=site))
        return Site(found.name, found.display_name, found.time_zone)

    async def list_people(self, site: str) -> Sequence[Person]:
        people: list[Person] = []
        token = ""
        while True:
            request = pb.ListAgentsRequest(site=site, page_size=_PAGE, page_token=token)
            with refusing():
                page = await self._roster.ListAgents(request)
            people.extend(Person(one.name, one.display_name, one.team) for one in page.agents)
            token = page.next_page_token
            if not token:
                return people


class RosterSites:
    """The sites that there are, asked in the gateway's own name."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)

    async def list_sites(self) -> Sequence[str]:
        """Returns the names of all sites."""
        sites: list[str] = []
        token = ""
        while True:
            with refusing():
                page = await self._roster.ListSites(
                    pb.ListSitesRequest(page_size=_PAGE, page_token=token)
                )
            sites.extend(site.name for site in page.sites)
            token = page.next_page_token
            if not token:
                return sites
