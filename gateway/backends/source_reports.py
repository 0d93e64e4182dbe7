"""Reports what a source says to presence and dispatch, in the name of the source."""

from collections.abc import Sequence

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from muster.dispatch.v1 import contact_pb2, contact_service_pb2, contact_service_pb2_grpc
from muster.presence.v1 import presence_service_pb2, presence_service_pb2_grpc, state_pb2

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.identity import Identity, Signer
from chassis.scope import Scope
from gateway.app.source_ports import Reporter
from gateway.backends.refusals import refusing
from gateway.domain.sources.understood import ContactChange, StateChange

_PERMISSIONS = frozenset({"presence.states.report", "dispatch.contacts.report"})
# What repeating will never mend is refused once and for all; anything else is tried again.
_FOR_GOOD = frozenset({Code.INVALID_ARGUMENT, Code.NOT_FOUND, Code.UNIMPLEMENTED})


class SourceReports:
    """Speaks as the source, which may report for its own site and do nothing else."""

    def __init__(
        self,
        to_presence: grpc.aio.Channel,
        to_dispatch: grpc.aio.Channel,
        signer: Signer,
        clock: Clock,
    ) -> None:
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(to_presence)
        self._dispatch = contact_service_pb2_grpc.ContactServiceStub(to_dispatch)
        self._signer = signer
        self._clock = clock

    async def report_states(
        self, reporter: Reporter, changes: Sequence[StateChange]
    ) -> Sequence[str | None]:
        request = presence_service_pb2.ReportStatesRequest(
            source=reporter.source,
            source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
            reports=map(state_report, changes),
        )
        try:
            with refusing():
                answer = await self._presence.ReportStates(
                    request, metadata=self._credentials(reporter)
                )
        except Refusal as refusal:
            return _all_refused(refusal, len(changes))
        return _by_index(answer.refusals, len(changes))

    async def report_contacts(
        self, reporter: Reporter, changes: Sequence[ContactChange]
    ) -> Sequence[str | None]:
        request = contact_service_pb2.ReportContactsRequest(
            site=reporter.site,
            source=reporter.source,
            source_kind=contact_pb2.SOURCE_KIND_TELEPHONY,
            events=map(contact_event, changes),
        )
        try:
            with refusing():
                answer = await self._dispatch.ReportContacts(
                    request, metadata=self._credentials(reporter)
                )
        except Refusal as refusal:
            return _all_refused(refusal, len(changes))
        return _by_index(answer.refusals, len(changes))

    def _credentials(self, reporter: Reporter) -> tuple[tuple[str, str], ...]:
        identity = Identity(
            f"sources/{reporter.source}", _PERMISSIONS, Scope(frozenset({reporter.site}))
        )
        token = self._signer.sign(identity, self._clock.now())
        return (("authorization", f"Bearer {token}"),)


def state_report(change: StateChange) -> presence_service_pb2.StateReport:
    """Writes a change of state as presence takes it."""
    return presence_service_pb2.StateReport(
        event_id=change.event_id,
        agent=f"agents/{change.agent}",
        state=f"STATE_{change.state}",
        reason=change.reason,
        activity=f"ACTIVITY_{change.activity or 'UNSPECIFIED'}",
        occurred_time=_timestamp(change),
        contacts=change.contacts,
        source_sequence=change.sequence,
        queue=change.queue,
    )


def contact_event(change: ContactChange) -> contact_pb2.ContactEvent:
    """Writes an event of a contact as dispatch takes it."""
    return contact_pb2.ContactEvent(
        event_id=change.event_id,
        contact_id=change.contact_id,
        kind=f"KIND_{change.kind}",
        occurred_time=_timestamp(change),
        source_sequence=change.sequence,
        queue_id=change.queue,
        target_queue_id=change.target_queue,
        agent=f"agents/{change.agent}" if change.agent else "",
        channel=f"CHANNEL_{change.channel or 'UNSPECIFIED'}",
        direction=f"DIRECTION_{change.direction or 'UNSPECIFIED'}",
        ended_by=f"PARTY_{change.ended_by or 'UNSPECIFIED'}",
    )


def _timestamp(change: StateChange | ContactChange) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(change.occurred_time)
    return timestamp


def _by_index(
    refusals: Sequence[
        presence_service_pb2.ReportStatesResponse.Refusal
        | contact_service_pb2.ReportContactsResponse.Refusal
    ],
    count: int,
) -> list[str | None]:
    said: list[str | None] = [None] * count
    for refusal in refusals:
        said[refusal.index] = f"{refusal.reason}: {refusal.message}"
    return said


def _all_refused(refusal: Refusal, count: int) -> list[str | None]:
    if refusal.code not in _FOR_GOOD:
        raise refusal
    return [f"{refusal.reason}: {refusal.message}"] * count
