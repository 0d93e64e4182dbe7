"""Whose past a caller sees: never more than whose present, and where the history is for direct
leads, herself and those whom she leads.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from chassis.scope import Scope
from gateway.app.protection_ports import Places


class OpenSites(Protocol):
    """Knows the sites whose history is for all in whose scope a person is."""

    async def open_sites(self) -> frozenset[str]: ...


ListTeams = Callable[[str], Awaitable[frozenset[str]]]
"""Returns the names of a site's teams."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a caller is among the people: her own agent (empty: none), its site, and the teams that
    she leads directly, which are of that site.
    """

    agent: str = ""
    site: str = ""
    led_teams: frozenset[str] = frozenset()


class Histories:
    """Finds the scope of what lies more than a day back."""

    def __init__(self, profiles: OpenSites, places: Places, list_teams: ListTeams) -> None:
        self._profiles = profiles
        self._places = places
        self._list_teams = list_teams

    async def history_of(self, scope: Scope, led_teams: frozenset[str], agent: str) -> Scope:
        """Returns it for whoever leads the teams directly and is that agent (empty: nobody).

        What profiles and roster say may be a minute old. Refuses where they cannot be read, since
        what a caller may see is not guessed.
        """
        place = await self._places.find_place(agent) if agent else None
        standing = Standing(agent, place.site if place else "", led_teams)
        opened = await self._profiles.open_sites()
        teams = frozenset[str]()
        if scope.teams:
            teams = teams.union(*[await self._list_teams(site) for site in opened])
        return history_of(scope, standing, opened, teams)


def history_of(
    scope: Scope, standing: Standing, open_sites: frozenset[str], open_teams: frozenset[str]
) -> Scope:
    """Returns the scope at the open sites, and within the scope what the standing gives elsewhere.

    The open teams are those of the open sites.
    """
    led = standing.led_teams
    sees_own_site = bool(standing.site) and scope.sees_site(standing.site)
    return Scope(
        sites=open_sites if scope.sites is None else scope.sites & open_sites,
        agents=scope.agents & {standing.agent},
        teams=(led if sees_own_site else led & scope.teams) | (scope.teams & open_teams),
    )
