"""The events of roster as they travel."""

from collections.abc import Callable, Sequence
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from muster.roster.v1 import events_pb2, people_pb2, shift_pb2

from services.roster.domain.people import Agent, Place, id_of
from services.roster.domain.shifts import Version


def agents_changed_subject(place: Place) -> str:
    """The subject on which changes of a site's agents are told."""
    return f"muster.roster.v1.agents_changed.{id_of(place.site)}"


def shifts_changed_subject(place: Place) -> str:
    """The subject on which a site's publications of shifts are told."""
    return f"muster.roster.v1.shifts_changed.{id_of(place.site)}"


def encode_shifts_changed(
    to_message: Callable[[Version], shift_pb2.Shift], place: Place, versions: Sequence[Version]
) -> bytes:
    """Encodes the message that tells of versions, which were all published at one instant."""
    event = events_pb2.ShiftsChanged(cursor=_cursor(place), shifts=map(to_message, versions))
    event.recorded_time.FromDatetime(versions[0].publish_time)
    return event.SerializeToString(deterministic=True)


def encode_agents_changed(place: Place, agents: Sequence[Agent], recorded_time: datetime) -> bytes:
    """Encodes the message that tells of created and changed agents."""
    recorded = Timestamp()
    recorded.FromDatetime(recorded_time)
    event = events_pb2.AgentsChanged(
        cursor=_cursor(place),
        recorded_time=recorded,
        agents=[
            people_pb2.Agent(
                name=agent.name,
                display_name=agent.display_name,
                site=agent.site,
                team=agent.team or "",
            )
            for agent in agents
        ],
    )
    return event.SerializeToString(deterministic=True)


def _cursor(place: Place) -> people_pb2.Cursor:
    return people_pb2.Cursor(site=place.site, epoch=place.epoch, seq=place.seq)
