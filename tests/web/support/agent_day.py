"""One agent's day as the gateway would join it, from the scripted board and log."""

from datetime import UTC, datetime

from muster.gateway.v1.board_service_pb2 import AgentDay
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse

from tests.web.support.day import BoardDay, Person


def agent_day(day: BoardDay, agent: str, log: ListStateLogResponse) -> AgentDay:
    """Returns the day of an agent; one who is not on the board has nothing but a log."""
    answer = AgentDay(agent=f"agents/{agent}", site=day.site, time_zone=day.zone, log=log)
    answer.day.year, answer.day.month, answer.day.day = day.day.timetuple()[:3]
    passed = min(day.now, day.end.astimezone(UTC))
    answer.start_time.FromDatetime(day.start.astimezone(UTC))
    answer.end_time.FromDatetime(day.end.astimezone(UTC))
    answer.passed_time.FromDatetime(passed)
    answer.server_time.FromDatetime(day.now)
    answer.contacts.SetInParent()
    person = next((one for one in day.people if one.id == agent), None)
    if person is not None:
        answer.display_name = person.display_name
        _add_timeline(answer, day, person, passed)
    return answer


def _add_timeline(answer: AgentDay, day: BoardDay, person: Person, passed: datetime) -> None:
    starts = [day.start.timestamp() + change.at_seconds for change in person.changes]
    answer.timeline.passed_time.FromDatetime(passed)
    ends = [min(end, passed.timestamp()) for end in (*starts[1:], day.end.timestamp())]
    for change, start, end in zip(person.changes, starts, ends, strict=True):
        if end <= start:
            break
        interval = answer.timeline.intervals.add(state=change.state, reason=change.reason)
        interval.start_time.FromMilliseconds(int(start * 1000))
        interval.end_time.FromMilliseconds(int(end * 1000))
        answer.state_times.add(
            state=change.state, reason=change.reason, milliseconds=int((end - start) * 1000)
        )
