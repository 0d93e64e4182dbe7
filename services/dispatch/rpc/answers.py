"""Domain values as answers."""

from muster.dispatch.v1 import contact_service_pb2 as pb

from services.dispatch.app.ports import KeptAccess, KeptRecording
from services.dispatch.app.queues import Applied
from services.dispatch.app.report_contacts import Reported
from services.dispatch.domain.fate import Outcome, Refused
from services.dispatch.wire.messages import cursor_of
from services.dispatch.wire.spans import timestamp_of

_REFUSED = pb.ReportContactsResponse.OUTCOME_REFUSED
_OUTCOMES = {
    Outcome.RECORDED: pb.ReportContactsResponse.OUTCOME_RECORDED,
    Outcome.ALREADY_RECORDED: pb.ReportContactsResponse.OUTCOME_ALREADY_RECORDED,
}


def fates_answer(reported: Reported) -> pb.ReportContactsResponse:
    """Returns the fate of each event."""
    return pb.ReportContactsResponse(
        outcomes=[
            _REFUSED if isinstance(fate, Refused) else _OUTCOMES[fate] for fate in reported.fates
        ],
        refusals=[
            pb.ReportContactsResponse.Refusal(
                index=index, reason=fate.reason.value, message=fate.message
            )
            for index, fate in enumerate(reported.fates)
            if isinstance(fate, Refused)
        ],
        cursor=cursor_of(reported.place) if reported.place else None,
    )


def opened_answer(kept: KeptRecording) -> pb.OpenRecordingResponse:
    """Returns where a recording is kept."""
    return pb.OpenRecordingResponse(
        recording_reference=kept.recording.reference, source=kept.source
    )


def access_of(kept: KeptAccess) -> pb.RecordingAccess:
    """Returns that somebody opened a recording."""
    access = kept.access
    return pb.RecordingAccess(
        recording=f"contacts/{access.contact}/recordings/{access.recording}",
        actor=access.actor,
        access_time=timestamp_of(access.access_time),
        purpose=access.purpose,
    )


def applied_answer(applied: Applied) -> pb.ApplyQueuesResponse:
    """Returns what was changed."""
    return pb.ApplyQueuesResponse(
        created_count=applied.created_count,
        updated_count=applied.updated_count,
        unchanged_count=applied.unchanged_count,
        cursors=map(cursor_of, applied.places),
    )
