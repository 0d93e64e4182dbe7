"""The events of roster as they travel."""

from collections.abc import Callable, Sequence
from datetime import datetime

from muster.roster.v1 import events_pb2, shift_pb2

from services.roster.domain.changes import Told
from services.roster.domain.people import Agent, Place, Team, id_of
from services.roster.domain.shifts import Version
from services.roster.wire.people import agent_to, cursor_to, team_to


def agents_changed_subject(place: Place) -> str:
    """The subject on which changes of a site's agents and teams are told."""
    return f"muster.roster.v1.agents_changed.{id_of(place.site)}"


def shifts_changed_subject(place: Place) -> str:
    """The subject on which a site's publications of shifts are told."""
    return f"muster.roster.v1.shifts_changed.{id_of(place.site)}"


def encode_shifts_changed(
    to_message: Callable[[Version], shift_pb2.Shift], place: Place, versions: Sequence[Version]
) -> bytes:
    """Encodes the message that tells of versions, which were all published at one instant."""
    event = events_pb2.ShiftsChanged(cursor=cursor_to(place), shifts=map(to_message, versions))
    event.recorded_time.FromDatetime(versions[0].publish_time)
    return event.SerializeToString(deterministic=True)


def encode_agents_changed(place: Place, rows: Sequence[Told], recorded_time: datetime) -> bytes:
    """Encodes the message that tells of created and changed teams and agents."""
    event = events_pb2.AgentsChanged(
        cursor=cursor_to(place),
        agents=[agent_to(row) for row in rows if isinstance(row, Agent)],
        teams=[team_to(row) for row in rows if isinstance(row, Team)],
    )
    event.recorded_time.FromDatetime(recorded_time)
    return event.SerializeToString(deterministic=True)
