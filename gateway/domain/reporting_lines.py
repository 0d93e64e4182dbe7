"""Who leads whom, over however many steps."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedTeam:
    """A team with the agents who lead it."""

    name: str
    leads: AbstractSet[str]


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """The teams that an agent leads herself, and all that lie below her, those among them."""

    direct: frozenset[str] = frozenset()
    whole: frozenset[str] = frozenset()


def reporting_line(
    agent: str, teams: Sequence[LedTeam], team_of_lead: Mapping[str, str]
) -> ReportingLine:
    """Returns the line of an agent: the teams that she leads, those that members of these lead, and
    so on. Those who lead each other in a circle see each other's teams.

    `team_of_lead` tells, of each lead who is a member of a team, of which one.
    """
    direct = frozenset(team.name for team in teams if agent in team.leads)
    whole = set[str]()
    found = direct
    while found:
        whole |= found
        found = (
            frozenset(
                team.name
                for team in teams
                if any(team_of_lead.get(lead) in found for lead in team.leads)
            )
            - whole
        )
    return ReportingLine(direct, frozenset(whole))
