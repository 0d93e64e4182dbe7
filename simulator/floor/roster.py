"""The floor's people, plans and queues as Muster takes them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from google.type import datetime_pb2, timeofday_pb2
from muster.dispatch.v1 import contact_pb2, contact_service_pb2, queue_pb2
from muster.roster.v1 import people_pb2, roster_service_pb2, shift_pb2, shift_service_pb2

from services.dispatch.domain.words import Channel
from simulator.floor.people import LINES, SITE_LABELS, SKILLS, FloorAgent, Team
from simulator.twin.setting import Place, Queue
from simulator.twin.shifts import PlannedShift

_KINDS = {
    "short-break": shift_pb2.Activity.KIND_BREAK,
    "meal": shift_pb2.Activity.KIND_MEAL,
    "training": shift_pb2.Activity.KIND_TRAINING,
}
_CHANNELS = {
    Channel.CALL: contact_pb2.CHANNEL_CALL,
    Channel.CHAT: contact_pb2.CHANNEL_CHAT,
}
SHIFTS_A_CALL = 5_000
AGENTS_A_CALL = 10_000


def site_name(place: Place) -> str:
    """Returns the place's name at Muster."""
    return f"sites/{place.site}"


def queue_name(place: Place, queue: Queue) -> str:
    """Returns the name at Muster of a queue of the place."""
    return f"{site_name(place)}/queues/{queue.id}"


def roster_requests(
    places: Iterable[Place], crew: Sequence[FloorAgent]
) -> Iterable[roster_service_pb2.ApplyRosterRequest]:
    """Yields the requests that apply the sites and everybody of them, people after places; leads
    last, since a team has to be there before its lead.
    """
    teams = {agent.team.id: agent.team for agent in crew}.values()
    yield roster_service_pb2.ApplyRosterRequest(
        sites=[_site(place) for place in places],
        lines=[
            people_pb2.Line(name=f"lines/{line}", display_names=names)
            for line, names in LINES.items()
        ],
        skills=[
            people_pb2.Skill(name=f"skills/{skill}", display_names=names)
            for skill, names in SKILLS.items()
        ],
        teams=[_team(team, with_lead=False) for team in teams],
        keep_leads=True,
    )
    rest = iter(crew)
    while part := list(islice(rest, AGENTS_A_CALL)):
        yield roster_service_pb2.ApplyRosterRequest(agents=[_agent(agent) for agent in part])
    yield roster_service_pb2.ApplyRosterRequest(teams=[_team(it, with_lead=True) for it in teams])


def shifts_requests(
    place: Place, plan: Iterable[PlannedShift]
) -> Iterable[shift_service_pb2.ApplyShiftsRequest]:
    """Yields the requests that publish shifts of one place."""
    zone = ZoneInfo(place.zone)
    rest = iter(plan)
    while part := list(islice(rest, SHIFTS_A_CALL)):
        yield shift_service_pb2.ApplyShiftsRequest(
            site=site_name(place), shifts=[_shift(shift, zone) for shift in part]
        )


def queues_request(places: Iterable[Place]) -> contact_service_pb2.ApplyQueuesRequest:
    """Makes the request that applies all queues."""
    return contact_service_pb2.ApplyQueuesRequest(
        queues=[
            queue_pb2.Queue(
                name=queue_name(place, queue),
                display_names={"en": queue.id.rpartition("-")[2].capitalize()},
                channel=_CHANNELS[queue.channel],
            )
            for place in places
            for queue in place.queues
        ]
    )


def _site(place: Place) -> people_pb2.Site:
    return people_pb2.Site(
        name=site_name(place),
        display_name=SITE_LABELS[place.site],
        time_zone=place.zone,
        operating_day_start=timeofday_pb2.TimeOfDay(hours=6),
    )


def _team(team: Team, *, with_lead: bool) -> people_pb2.Team:
    return people_pb2.Team(
        name=f"teams/{team.id}",
        display_name=team.label,
        site=f"sites/{team.site}",
        line=f"lines/{team.line}",
        leads=[team.lead] if with_lead else [],
    )


def _agent(agent: FloorAgent) -> people_pb2.Agent:
    return people_pb2.Agent(
        name=agent.name,
        display_name=agent.display_name,
        site=site_name(agent.worker.place),
        team=f"teams/{agent.team.id}",
        skills=[
            people_pb2.AgentSkill(skill=f"skills/{skill}", level=level)
            for skill, level in sorted(agent.skills.items())
        ],
    )


def _shift(shift: PlannedShift, zone: ZoneInfo) -> shift_pb2.Shift:
    start, end = (
        instant.astimezone(zone).replace(tzinfo=None)
        for instant in (shift.start_time, shift.end_time)
    )
    message = shift_pb2.Shift(
        name=f"shifts/{shift.agent.rpartition('/')[2]}-{shift.day:%Y%m%d}",
        agent=shift.agent,
        local_start=_local(start),
        local_end=_local(end),
    )
    for pause in shift.pauses:
        # A plan is written by the clock on the wall, also in the night in which it is changed.
        begin = start + (pause.start_time - shift.start_time)
        message.activities.add(
            kind=_KINDS[pause.reason],
            local_start=_local(begin),
            local_end=_local(begin + pause.length),
        )
    return message


def _local(at: datetime) -> datetime_pb2.DateTime:
    return datetime_pb2.DateTime(
        year=at.year, month=at.month, day=at.day, hours=at.hour, minutes=at.minute
    )
