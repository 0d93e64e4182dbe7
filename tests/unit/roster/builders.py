"""People as the tests talk of them."""

from services.roster.domain.people import Agent, AgentName, Site, SiteName, Team, TeamName


def a_site(name: str = "porto", *, zone: str = "Europe/Lisbon", label: str = "") -> Site:
    return Site(SiteName(f"sites/{name}"), label or name.title(), zone)


def a_team(name: str = "fiber", *, site: str = "porto", label: str = "") -> Team:
    return Team(TeamName(f"teams/{name}"), label or name.title(), SiteName(f"sites/{site}"))


def an_agent(
    name: str = "ana", *, site: str = "porto", team: str | None = None, label: str = ""
) -> Agent:
    return Agent(
        AgentName(f"agents/{name}"),
        label or name.title(),
        SiteName(f"sites/{site}"),
        None if team is None else TeamName(f"teams/{team}"),
    )
