"""A small operation on the wire."""

from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as wire


def a_request() -> wire.ApplyRosterRequest:
    """One site with two teams and three agents."""
    return wire.ApplyRosterRequest(
        sites=[
            people.Site(name="sites/porto", display_name="Porto", time_zone="Europe/Lisbon"),
        ],
        teams=[
            people.Team(name="teams/copper", display_name="Copper", site="sites/porto"),
            people.Team(name="teams/fiber", display_name="Fiber", site="sites/porto"),
        ],
        agents=[
            people.Agent(
                name="agents/ana", display_name="Ana", site="sites/porto", team="teams/copper"
            ),
            people.Agent(
                name="agents/ben", display_name="Ben", site="sites/porto", team="teams/fiber"
            ),
            people.Agent(name="agents/eva", display_name="Eva", site="sites/porto"),
        ],
    )
