"""What teams, lines and skills are called, asked of roster in the gateway's own name."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from typing import Any

import grpc
from muster.roster.v1 import roster_service_pb2 as pb
from muster.roster.v1 import roster_service_pb2_grpc

from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Label

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name that people read; of a team the line that it works for as well."""

    label: Label
    line: str = ""

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.label.name


class RosterCatalogue:
    """Teams are kept until something changes at their site. Lines and skills, which belong to no
    site, are read along with them.
    """

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)
        self._of_site: dict[str, tuple[Named, ...]] = {}

    async def labels_of(self, sites: Sequence[str]) -> tuple[Named, ...]:
        """Returns the teams of sites, and all lines and skills."""
        for site in sites:
            if site not in self._of_site:
                self._of_site[site] = await self._read(site)
        return tuple({one.name: one for site in sites for one in self._of_site[site]}.values())

    def forget(self, site: str) -> None:
        """Reads the site's teams anew at the next call."""
        self._of_site.pop(site, None)

    async def _read(self, site: str) -> tuple[Named, ...]:
        roster = self._roster
        teams = [
            Named(Label(team.name, team.display_name), team.line)
            async for page in _pages(roster.ListTeams, pb.ListTeamsRequest(site=site))
            for team in page.teams
        ]
        lines = [
            Named(Label(line.name, "", dict(line.display_names)))
            async for page in _pages(roster.ListLines, pb.ListLinesRequest())
            for line in page.lines
        ]
        skills = [
            Named(Label(skill.name, "", dict(skill.display_names)))
            async for page in _pages(roster.ListSkills, pb.ListSkillsRequest())
            for skill in page.skills
        ]
        return (*teams, *lines, *skills)


async def _pages(ask: Callable[[Any], Any], request: Any) -> AsyncIterator[Any]:
    """Yields the pages of a list."""
    request.page_size = _PAGE
    while True:
        with refusing():
            page = await ask(request)
        yield page
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token
