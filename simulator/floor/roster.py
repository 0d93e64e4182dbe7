"""The floor's people and plans as Muster takes them."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from google.type import datetime_pb2, timeofday_pb2
from muster.roster.v1 import people_pb2, roster_service_pb2, shift_pb2, shift_service_pb2

from simulator.floor.people import (
    LINES,
    SITE,
    SITE_LABEL,
    SKILLS,
    TEAMS,
    TIME_ZONE,
    FloorAgent,
    floor_agents,
    lead_of,
)
from simulator.floor.script import Planned

SITE_NAME = f"sites/{SITE}"
_ZONE = ZoneInfo(TIME_ZONE)
_KINDS = {
    "short-break": shift_pb2.Activity.KIND_BREAK,
    "meal": shift_pb2.Activity.KIND_MEAL,
    "training": shift_pb2.Activity.KIND_TRAINING,
    "meeting": shift_pb2.Activity.KIND_MEETING,
    "coaching": shift_pb2.Activity.KIND_COACHING,
}


def roster_request() -> roster_service_pb2.ApplyRosterRequest:
    """Makes the request that applies the floor's site and everybody of it."""
    return roster_service_pb2.ApplyRosterRequest(
        sites=[
            people_pb2.Site(
                name=SITE_NAME,
                display_name=SITE_LABEL,
                time_zone=TIME_ZONE,
                operating_day_start=timeofday_pb2.TimeOfDay(hours=6),
            )
        ],
        lines=[
            people_pb2.Line(name=f"lines/{line}", display_names=names)
            for line, names in LINES.items()
        ],
        teams=[
            people_pb2.Team(
                name=f"teams/{team}",
                display_name=label,
                site=SITE_NAME,
                leads=[lead_of(team).name],
                line=f"lines/{line}",
            )
            for team, (label, line) in TEAMS.items()
        ],
        skills=[
            people_pb2.Skill(name=f"skills/{skill}", display_names=names)
            for skill, names in SKILLS.items()
        ],
        agents=[_agent(agent) for agent in floor_agents()],
    )


def shifts_request(plan: Iterable[Planned]) -> shift_service_pb2.ApplyShiftsRequest:
    """Makes the request that publishes shifts."""
    shifts = [_shift(planned) for planned in plan]
    return shift_service_pb2.ApplyShiftsRequest(site=SITE_NAME, shifts=shifts)


def _agent(agent: FloorAgent) -> people_pb2.Agent:
    return people_pb2.Agent(
        name=agent.name,
        display_name=agent.display_name,
        site=SITE_NAME,
        team=f"teams/{agent.team}",
        skills=[
            people_pb2.AgentSkill(skill=f"skills/{skill}", level=level)
            for skill, level in agent.skills.items()
        ],
    )


def _shift(planned: Planned) -> shift_pb2.Shift:
    agent, shift = planned.agent, planned.shift
    start = shift.start_time.astimezone(_ZONE).replace(tzinfo=None)
    message = shift_pb2.Shift(
        name=f"shifts/floor-{agent.number:03d}-{planned.day:%Y%m%d}",
        agent=agent.name,
        local_start=_local(start),
        local_end=_local(start + (shift.end_time - shift.start_time)),
    )
    free_from = start
    for pause in shift.pauses:
        # A plan has one thing at a time; on the floor a pause that is due waits for the one before.
        begin = max(start + (pause.start_time - shift.start_time), free_from)
        free_from = begin + pause.length
        message.activities.add(
            kind=_KINDS[pause.reason], local_start=_local(begin), local_end=_local(free_from)
        )
    return message


def _local(at: datetime) -> datetime_pb2.DateTime:
    return datetime_pb2.DateTime(
        year=at.year, month=at.month, day=at.day, hours=at.hour, minutes=at.minute
    )
