"""A small operation on the wire."""

from datetime import UTC, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import datetime_pb2
from muster.roster.v1 import people_pb2 as people
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1 import shift_pb2
from muster.roster.v1 import shift_service_pb2 as shift_wire


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


def a_shift(name: str, start: str, end: str, *, agent: str = "ana") -> shift_pb2.Shift:
    """A shift of local times such as `2026-03-02 09:00`."""
    return shift_pb2.Shift(
        name=f"shifts/{name}",
        agent=f"agents/{agent}",
        local_start=_local(start),
        local_end=_local(end),
    )


def a_publication(*shifts: shift_pb2.Shift, site: str = "porto") -> shift_wire.ApplyShiftsRequest:
    """Shifts to publish for a site."""
    return shift_wire.ApplyShiftsRequest(site=f"sites/{site}", shifts=shifts)


def march(*, agent: str = "", known: datetime | None = None) -> shift_wire.ListShiftsRequest:
    """Asks for the shifts of Porto in March 2026."""
    request = shift_wire.ListShiftsRequest(site="sites/porto", agent=agent)
    request.start_time.FromDatetime(datetime(2026, 3, 1, tzinfo=UTC))
    request.end_time.FromDatetime(datetime(2026, 4, 1, tzinfo=UTC))
    if known is not None:
        request.known_time.CopyFrom(stamp(known))
    return request


def stamp(instant: datetime) -> Timestamp:
    """An instant on the wire."""
    message = Timestamp()
    message.FromDatetime(instant)
    return message


def _local(text: str) -> datetime_pb2.DateTime:
    at = datetime.fromisoformat(text)
    return datetime_pb2.DateTime(
        year=at.year, month=at.month, day=at.day, hours=at.hour, minutes=at.minute
    )
