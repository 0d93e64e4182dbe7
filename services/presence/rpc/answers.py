"""Domain values as answers."""

from collections.abc import Sequence
from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2 as pb
from muster.presence.v1 import state_pb2

from services.presence.app.ports import Coverage
from services.presence.app.report_states import Reported
from services.presence.domain.entry import LoggedEntry, Place, microseconds_of
from services.presence.domain.fate import Outcome, Refused

_REFUSED = pb.ReportStatesResponse.OUTCOME_REFUSED
_OUTCOMES = {
    Outcome.RECORDED: pb.ReportStatesResponse.OUTCOME_RECORDED,
    Outcome.ALREADY_RECORDED: pb.ReportStatesResponse.OUTCOME_ALREADY_RECORDED,
}


def fates_answer(reported: Reported) -> pb.ReportStatesResponse:
    """Returns the fate of each report."""
    return pb.ReportStatesResponse(
        outcomes=[
            _REFUSED if isinstance(fate, Refused) else _OUTCOMES[fate] for fate in reported.fates
        ],
        refusals=[
            pb.ReportStatesResponse.Refusal(
                index=index, reason=fate.reason.value, message=fate.message
            )
            for index, fate in enumerate(reported.fates)
            if isinstance(fate, Refused)
        ],
        cursors=[cursor_of(place) for place in sorted(reported.places)],
    )


def cursor_of(place: Place) -> state_pb2.Cursor:
    """Returns the cursor that points to a place."""
    return state_pb2.Cursor(site=f"sites/{place.site}", epoch=place.epoch, seq=place.seq)


def log_entry_of(logged: LoggedEntry) -> state_pb2.StateLogEntry:
    """Returns an entry with all that is known of it."""
    entry = logged.entry
    details = entry.details
    return state_pb2.StateLogEntry(
        agent=entry.agent,
        event_id=entry.event_id,
        state=entry.state.value,  # type: ignore[arg-type]  # the wire's number
        reason=entry.reason,
        activity=entry.activity.value,  # type: ignore[arg-type]  # the wire's number
        occurred_time=_timestamp(entry.occurred_time),
        recorded_time=_timestamp(logged.recorded_time),
        source=entry.source,
        source_kind=entry.source_kind.value,  # type: ignore[arg-type]  # the wire's number
        actor=entry.actor,
        contacts=entry.contacts,
        link=cursor_of(logged.link),
        position=logged.position,
        source_sequence=entry.source_sequence,
        kind=entry.kind.value,  # type: ignore[arg-type]  # the wire's number
        end_time=_maybe_timestamp(details.end_time),
        source_time=_maybe_timestamp(details.source_time),
        queue=details.queue,
        load_count=details.load_count,
        capacity_count=details.capacity_count,
        limit_time=_maybe_timestamp(details.limit_time),
        refers_to_time=_maybe_timestamp(details.refers_to_time),
        refers_to_source=details.refers_to_source,
        refers_to_event_id=details.refers_to_event_id,
        loss_scope=details.loss_scope.value,  # type: ignore[arg-type]  # the wire's number
        text=details.text,
        marks=entry.marks,
    )


def coverage_answer(coverage: Coverage) -> pb.SiteCoverage:
    """Returns where a site's log stands."""
    first, last = coverage.first_occurred_time, coverage.last_occurred_time
    return pb.SiteCoverage(
        cursor=cursor_of(coverage.place),
        first_occurred_time=_timestamp(first) if first else None,
        last_occurred_time=_timestamp(last) if last else None,
    )


def _maybe_timestamp(instant: datetime | None) -> Timestamp | None:
    return None if instant is None else _timestamp(instant)


def _timestamp(instant: datetime) -> Timestamp:
    return _timestamps([microseconds_of(instant)])[0]


def _timestamps(all_microseconds: Sequence[int]) -> list[Timestamp]:
    parts = (divmod(microseconds, 1_000_000) for microseconds in all_microseconds)
    return [Timestamp(seconds=seconds, nanos=rest * 1_000) for seconds, rest in parts]
