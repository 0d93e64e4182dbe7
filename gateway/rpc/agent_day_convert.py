"""One agent's day as a message."""

from muster.dispatch.v1 import contact_service_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.presence.v1 import presence_service_pb2, timeline_service_pb2
from muster.roster.v1 import shift_pb2

from gateway.app.agent_day import AgentDay
from gateway.rpc.board_convert import (
    to_columns,
    to_date,
    to_labels,
    to_missing,
    to_timestamp,
)


def to_agent_day(day: AgentDay) -> pb.AgentDay:
    """Writes an agent's day; parts that are missing stay absent."""
    person, span = day.person, day.span
    named = [day.site.name, person.team, person.line, *person.skills]
    message = pb.AgentDay(
        agent=person.agent,
        display_name=person.display_name,
        site=person.site,
        team=person.team,
        line=person.line,
        skills=person.skills,
        labels=to_labels(day.labels, named),
        day=to_date(span.day),
        time_zone=span.zone,
        start_time=to_timestamp(span.start_time),
        end_time=to_timestamp(span.end_time),
        passed_time=to_timestamp(day.passed_time),
        columns=to_columns(span.columns()),
        state_times=[
            pb.AgentDay.StateTime(
                state=one.state,  # type: ignore[arg-type]  # the wire's number
                reason=one.reason,
                milliseconds=one.milliseconds,
                interval_count=one.interval_count,
            )
            for one in day.state_times
        ],
        shifts=[shift_pb2.Shift.FromString(shift) for shift in day.shifts],
        missing=to_missing(day.missing),
        server_time=to_timestamp(day.read_time),
    )
    if day.timeline is not None:
        told = timeline_service_pb2.AgentTimeline.FromString(day.timeline.packed)
        message.timeline.CopyFrom(told)
    if day.log is not None:
        message.log.CopyFrom(presence_service_pb2.ListStateLogResponse.FromString(day.log))
    if day.contacts is not None:
        contacts = contact_service_pb2.ListContactsResponse.FromString(day.contacts)
        message.contacts.CopyFrom(contacts)
    return message
