"""The floor's way to Muster: the public gRPC API, like anybody else's."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import grpc.aio
from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2
from muster.dispatch.v1 import contact_pb2, contact_service_pb2, queue_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from muster.gateway.v1 import protection_service_pb2
from muster.gateway.v1.protection_service_pb2_grpc import ProtectionServiceStub
from muster.presence.v1 import presence_service_pb2, source_service_pb2, state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub

from chassis.rpc.channel import refusal_from
from chassis.telemetry import Telemetry
from simulator.floor.calls import CallEvent
from simulator.floor.people import QUEUES
from simulator.floor.player import UnknownPeople
from simulator.floor.roster import SITE_NAME, roster_request, shifts_request
from simulator.floor.script import Change, Planned

SOURCE = "demo-floor"
_PROFILE_NAME = f"{SITE_NAME}/protectionProfile"
# The people of the floor are made up: whoever looks at Muster for the first time may see all of it.
# A real site is strict until it is agreed otherwise.
_RULE_SET = "standard"
_AGREED_BY = "nobody: the people of the demo floor are made up"
_LONGEST_CALL_SECONDS = 20.0


class GrpcFloorGateway:
    """The gateway over gRPC."""

    def __init__(self, channel: grpc.aio.Channel, telemetry: Telemetry) -> None:
        self._roster = RosterServiceStub(channel)
        self._shifts = ShiftServiceStub(channel)
        self._presence = PresenceServiceStub(channel)
        self._sources = SourceServiceStub(channel)
        self._dispatch = ContactServiceStub(channel)
        self._protection = ProtectionServiceStub(channel)
        self._log = telemetry.log

    async def apply_roster(self) -> None:
        """Makes sure that the floor's site, teams, agents and queues exist."""
        await _call(self._roster.ApplyRoster, roster_request())
        await self._choose_profile()
        await _call(self._dispatch.ApplyQueues, _queues_request())

    async def publish(self, plan: Sequence[Planned]) -> None:
        """Publishes shifts; those that are published already stay as they are."""
        await _call(self._shifts.ApplyShifts, shifts_request(plan))

    async def report(self, changes: Sequence[Change]) -> None:
        """Reports changes. Raises UnknownPeople if the roster lacks agents of the floor."""
        request = presence_service_pb2.ReportStatesRequest(
            source=SOURCE,
            source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
            reports=[_report(change) for change in changes],
        )
        self._judge(await _call(self._presence.ReportStates, request))

    async def beat(self, now: datetime) -> Sequence[str]:
        """Gives proof of life for all agents; returns those whose states are asked for again."""
        request = source_service_pb2.HeartbeatRequest(
            source=SOURCE,
            source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
        )
        request.client_time.FromDatetime(now)
        answer = await _call(self._sources.Heartbeat, request)
        return tuple(answer.resend)

    async def report_calls(self, events: Sequence[CallEvent]) -> None:
        """Reports events of calls. Raises UnknownPeople if the roster lacks agents of the floor."""
        request = contact_service_pb2.ReportContactsRequest(
            site=SITE_NAME,
            source=SOURCE,
            source_kind=contact_pb2.SOURCE_KIND_TELEPHONY,
            events=[_call_event(event) for event in events],
        )
        self._judge(await _call(self._dispatch.ReportContacts, request))

    async def _choose_profile(self) -> None:
        """Chooses how the people are protected, before anything is recorded of them."""
        asked = protection_service_pb2.GetProtectionProfileRequest(name=_PROFILE_NAME)
        if not (await _call(self._protection.GetProtectionProfile, asked)).version:
            await _call(self._protection.UpdateProtectionProfile, _profile_request())

    def _judge(self, answer: Any) -> None:
        if not answer.refusals:
            return
        reasons = sorted({refusal.reason for refusal in answer.refusals})
        if "UNKNOWN_AGENT" in reasons:
            raise UnknownPeople("the roster does not know the floor's agents")
        self._log.error("floor.refused", reasons=reasons, reports=len(answer.refusals))


async def _call(method: Any, request: Any) -> Any:
    try:
        return await method(request, timeout=_LONGEST_CALL_SECONDS)
    except grpc.aio.AioRpcError as error:
        raise refusal_from(error) from error


def _profile_request() -> protection_service_pb2.UpdateProtectionProfileRequest:
    return protection_service_pb2.UpdateProtectionProfileRequest(
        profile=protection_service_pb2.ProtectionProfile(
            name=_PROFILE_NAME,
            rule_set=_RULE_SET,
            agreed_by=_AGREED_BY,
            agreement_date=date_pb2.Date(year=2026, month=11, day=22),
        )
    )


def _queues_request() -> contact_service_pb2.ApplyQueuesRequest:
    return contact_service_pb2.ApplyQueuesRequest(
        queues=[
            queue_pb2.Queue(
                name=f"{SITE_NAME}/queues/{queue}",
                display_names={"en": label},
                channel=contact_pb2.CHANNEL_CALL,
            )
            for queue, label in QUEUES.items()
        ]
    )


def _call_event(event: CallEvent) -> contact_pb2.ContactEvent:
    occurred = Timestamp()
    occurred.FromDatetime(event.occurred_time)
    return contact_pb2.ContactEvent(
        event_id=event.event_id,
        contact_id=event.contact,
        kind=f"KIND_{event.kind}",
        occurred_time=occurred,
        queue_id=event.queue,
        agent=event.agent,
        channel=contact_pb2.CHANNEL_CALL,
        direction=contact_pb2.DIRECTION_INBOUND,
        recording_reference=event.recording,
        consent_status=(
            contact_pb2.CONSENT_STATUS_GIVEN
            if event.recording
            else contact_pb2.CONSENT_STATUS_UNSPECIFIED
        ),
    )


def _report(change: Change) -> presence_service_pb2.StateReport:
    occurred = Timestamp()
    occurred.FromDatetime(change.occurred_time)
    return presence_service_pb2.StateReport(
        event_id=change.event_id,
        agent=change.agent,
        state=f"STATE_{change.state}",
        reason=change.reason,
        activity=f"ACTIVITY_{change.activity}",
        occurred_time=occurred,
        contacts=change.contacts,
    )
