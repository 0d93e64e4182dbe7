"""Puts a floor into the real services, through the gateway as anybody would."""

from datetime import datetime, timedelta
from uuid import uuid4

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import datetime_pb2
from muster.dispatch.v1 import contact_pb2, contact_service_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from muster.gateway.v1 import board_service_pb2
from muster.gateway.v1.board_service_pb2_grpc import BoardServiceStub
from muster.presence.v1 import presence_service_pb2, state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import people_pb2, roster_service_pb2, shift_pb2, shift_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub

from chassis.clock import SystemClock
from tests.component.scopes.floor import Floor, Person
from tests.component.scopes.running import Running
from tests.support.waiting import eventually

NOW = SystemClock().now().replace(second=0, microsecond=0)
HOUR = timedelta(hours=1)
PURPOSE = (("x-muster-purpose", "quality"),)
_LONG_AGO = timedelta(days=3)
Kind = contact_pb2.ContactEvent


class Recorder:
    """Speaks for everybody."""

    def __init__(self, running: Running) -> None:
        channel = running.channel(running.boss)
        self._roster = RosterServiceStub(channel)
        self._shifts = ShiftServiceStub(channel)
        self._presence = PresenceServiceStub(channel)
        self._dispatch = ContactServiceStub(channel)
        self._board = BoardServiceStub(channel)

    async def record(self, floor: Floor) -> None:
        """Returns when everything that the floor's words stand in is there."""
        await self._roster.ApplyRoster(_roster_of(floor))
        for site in floor.sites:
            people = [one for one in floor.people if one.recorded_site == site]
            await self._shifts.ApplyShifts(_shifts_of(site, people))
            await self._dispatch.ReportContacts(_contacts_of(floor, site, people))
        for kind, shift in (
            (state_pb2.SOURCE_KIND_TELEPHONY, timedelta()),
            (state_pb2.SOURCE_KIND_IMPORT, _LONG_AGO),
        ):
            reports = [each for one in floor.people for each in _reports_of(one, shift)]
            answer = await self._presence.ReportStates(
                presence_service_pb2.ReportStatesRequest(
                    source="pbx", source_kind=kind, reports=reports
                )
            )
            assert not answer.refusals, answer
        for person in floor.people:
            await self._presence.AmendStates(_amendment_of(person), metadata=PURPOSE)
        for person in floor.people:
            if person.former_site:
                await self._move(person)

    async def entries_of(self, person: Person) -> bytes:
        """All that the log holds of somebody."""
        asked = presence_service_pb2.ListStateLogRequest(
            agent=person.name, start_time=stamp(NOW - _LONG_AGO), end_time=stamp(NOW + HOUR)
        )
        answer = await self._presence.ListStateLog(asked, metadata=PURPOSE)
        return bytes(answer.SerializeToString())

    async def contacts_of(self, floor: Floor) -> list[contact_pb2.Contact]:
        """All contacts of the floor, of today and of days ago."""
        found: list[contact_pb2.Contact] = []
        for site in floor.sites:
            asked = contact_service_pb2.ListContactsRequest(
                site=site,
                start_time=stamp(NOW - 2 * _LONG_AGO),
                end_time=stamp(NOW + HOUR),
                page_size=1_000,
            )
            found += (await self._dispatch.ListContacts(asked)).contacts
        return found

    async def _move(self, person: Person) -> None:
        agent = _agent(person, person.site, person.team)
        await self._roster.ApplyRoster(roster_service_pb2.ApplyRosterRequest(agents=[agent]))
        for number in range(1_000):
            report = _report(person, f"moved-{number}", state_pb2.STATE_ONLINE, -number / 1_000)
            answer = await self._presence.ReportStates(
                presence_service_pb2.ReportStatesRequest(
                    source="pbx", source_kind=state_pb2.SOURCE_KIND_TELEPHONY, reports=[report]
                )
            )
            if answer.cursors[0].site == person.site:
                break
        # Each process keeps a copy of who belongs where, some moments behind.
        sites = (person.site, person.former_site)
        asked = [board_service_pb2.GetHeatmapRequest(site=site, time_zone="UTC") for site in sites]

        async def is_there() -> bool:
            new, former = [await self._board.GetHeatmap(each) for each in asked]
            there, still = ({row.agent for row in board.rows} for board in (new, former))
            return person.name in there and person.name not in still

        await eventually(is_there)


def stamp(instant: datetime) -> Timestamp:
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def _agent(person: Person, site: str, team: str) -> people_pb2.Agent:
    return people_pb2.Agent(
        name=person.name, display_name=person.word("Face"), site=site, team=team
    )


def _roster_of(floor: Floor) -> roster_service_pb2.ApplyRosterRequest:
    return roster_service_pb2.ApplyRosterRequest(
        sites=[
            people_pb2.Site(name=site, display_name="Town", time_zone="UTC") for site in floor.sites
        ],
        teams=[
            people_pb2.Team(
                name=team,
                display_name="Crew",
                site=site,
                leads=sorted(one.name for one in floor.people if one.team == team)[:1],
            )
            for team, site in floor.teams
        ],
        agents=[
            _agent(one, one.recorded_site, "" if one.former_site else one.team)
            for one in floor.people
        ],
    )


def _report(
    person: Person, event_id: str, state: state_pb2.State, hours_ago: float, **more: object
) -> presence_service_pb2.StateReport:
    return presence_service_pb2.StateReport(
        event_id=event_id,
        agent=person.name,
        state=state,
        occurred_time=stamp(NOW - hours_ago * HOUR),
        **more,  # type: ignore[arg-type]  # by name
    )


def _reports_of(person: Person, ago: timedelta) -> list[presence_service_pb2.StateReport]:
    """A break with a reason, a contact and the end of the day; long ago the same in other words."""
    why, call = ("old", "past") if ago else ("why", "call")
    hours = ago / HOUR
    return [
        _report(person, f"e1-{hours:g}", state_pb2.STATE_ONLINE, hours + 3),
        _report(person, f"e2-{hours:g}", state_pb2.STATE_BREAK, hours + 2, reason=person.word(why)),
        _report(
            person, f"e3-{hours:g}", state_pb2.STATE_BUSY, hours + 1, contacts=[person.word(call)]
        ),
        _report(person, f"e4-{hours:g}", state_pb2.STATE_OFFLINE, hours + 0.5),
    ]


def _amendment_of(person: Person) -> presence_service_pb2.AmendStatesRequest:
    return presence_service_pb2.AmendStatesRequest(
        agent=person.name,
        start_time=stamp(NOW - 0.4 * HOUR),
        end_time=stamp(NOW - 0.3 * HOUR),
        state=state_pb2.STATE_BREAK,
        reason=person.word("why"),
        text=person.word("Text"),
        request_id=str(uuid4()),
    )


def _contacts_of(
    floor: Floor, site: str, people: list[Person]
) -> contact_service_pb2.ReportContactsRequest:
    events = []
    for person in people:
        partner = floor.partner_of(person)
        events += _call(person.word("past"), _LONG_AGO / HOUR + 1, person, None)
        events += _call(person.word("call"), 1, person, partner)
        events += [
            _event(
                person.word("call"),
                Kind.KIND_RECORDED,
                0.9,
                recording_reference=person.word("tape"),
            ),
            _event(
                person.word("call"),
                Kind.KIND_RECORDED,
                0.8,
                consent_status=contact_pb2.CONSENT_STATUS_GIVEN,
            ),
        ]
    return contact_service_pb2.ReportContactsRequest(
        site=site, source="pbx", source_kind=contact_pb2.SOURCE_KIND_TELEPHONY, events=events
    )


def _call(
    call: str, hours_ago: float, person: Person, partner: Person | None
) -> list[contact_pb2.ContactEvent]:
    events = [_event(call, Kind.KIND_ANSWERED, hours_ago, agent=person.name)]
    if partner is not None:
        passed_on = {"target_agent": partner.name}
        events.append(_event(call, Kind.KIND_TRANSFERRED, hours_ago - 0.01, **passed_on))
        events.append(_event(call, Kind.KIND_ANSWERED, hours_ago - 0.02, agent=partner.name))
    return [*events, _event(call, Kind.KIND_ENDED, hours_ago - 0.03)]


def _event(
    call: str, kind: contact_pb2.ContactEvent.Kind, hours_ago: float, **more: object
) -> contact_pb2.ContactEvent:
    return contact_pb2.ContactEvent(
        event_id=f"{kind}-{hours_ago:g}",
        contact_id=call,
        kind=kind,
        occurred_time=stamp(NOW - hours_ago * HOUR),
        **more,  # type: ignore[arg-type]  # by name
    )


def _shifts_of(site: str, people: list[Person]) -> shift_service_pb2.ApplyShiftsRequest:
    return shift_service_pb2.ApplyShiftsRequest(
        site=site,
        shifts=[
            shift_pb2.Shift(
                name=f"shifts/{person.word(kind)}",
                agent=person.name,
                local_start=_local(NOW - ago - HOUR),
                local_end=_local(NOW - ago + HOUR),
            )
            for person in people
            for kind, ago in (("duty", timedelta()), ("done", _LONG_AGO))
        ],
    )


def _local(at: datetime) -> datetime_pb2.DateTime:
    return datetime_pb2.DateTime(
        year=at.year, month=at.month, day=at.day, hours=at.hour, minutes=at.minute
    )
