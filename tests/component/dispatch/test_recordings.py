"""Opening recordings, and who did."""

import grpc
import pytest
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.dispatch.replicas import Replica, Replicas
from tests.component.dispatch.requests import Kind, a_list, a_report, answered, event

WHERE = "recordings/2026/11/c1.wav"


async def recorded(
    dispatch: ContactServiceStub, consent: contact.ConsentStatus = contact.CONSENT_STATUS_GIVEN
) -> contact.Contact:
    """Ana talks in c1, which is recorded."""
    await dispatch.ReportContacts(
        a_report(
            answered("c1", 60, "ana", consent_status=consent),
            event("c1", Kind.KIND_RECORDED, 50, recording_reference=WHERE),
        )
    )
    answer: wire.ListContactsResponse = await dispatch.ListContacts(a_list())
    return answer.contacts[0]


def opening(listed: contact.Contact, purpose: str = "complaint 12") -> wire.OpenRecordingRequest:
    return wire.OpenRecordingRequest(name=listed.recordings[0].name, purpose=purpose)


async def test_a_list_tells_that_a_recording_exists_and_not_where(
    dispatch: ContactServiceStub,
) -> None:
    listed = await recorded(dispatch)

    assert len(listed.recordings) == 1
    assert WHERE.encode() not in listed.SerializeToString()


async def test_whoever_opens_a_recording_is_written_down_with_the_purpose(
    dispatch: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    listed = await recorded(dispatch)
    bea = replicas.caller(replica, subject="accounts/bea")

    first = await dispatch.OpenRecording(opening(listed))
    await bea.OpenRecording(opening(listed, "training"))

    request = wire.ListRecordingAccessesRequest(contact=listed.name, page_size=1)
    latest = await dispatch.ListRecordingAccesses(request)
    request.page_token = latest.next_page_token
    earlier = await dispatch.ListRecordingAccesses(request)
    told = [(it.actor, it.purpose) for it in (*latest.accesses, *earlier.accesses)]
    assert (first.recording_reference, first.source) == (WHERE, "pbx")
    assert told == [("accounts/bea", "training"), ("accounts/sue", "complaint 12")]
    assert not earlier.next_page_token


@pytest.mark.parametrize(
    "consent",
    [
        contact.CONSENT_STATUS_UNSPECIFIED,
        contact.CONSENT_STATUS_REFUSED,
        contact.CONSENT_STATUS_UNKNOWN,
    ],
)
async def test_without_consent_nothing_is_opened_and_nothing_written(
    dispatch: ContactServiceStub, consent: contact.ConsentStatus
) -> None:
    listed = await recorded(dispatch, consent)

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await dispatch.OpenRecording(opening(listed))

    accesses = await dispatch.ListRecordingAccesses(
        wire.ListRecordingAccessesRequest(contact=listed.name)
    )
    assert refusal_from(raised.value).reason == "NO_CONSENT"
    assert not accesses.accesses


async def test_consent_that_is_taken_back_closes_the_recording(
    dispatch: ContactServiceStub,
) -> None:
    listed = await recorded(dispatch)
    refused = contact.CONSENT_STATUS_REFUSED
    await dispatch.ReportContacts(
        a_report(event("c1", Kind.KIND_RECORDED, 10, consent_status=refused))
    )

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await dispatch.OpenRecording(opening(listed))

    assert raised.value.code() is grpc.StatusCode.FAILED_PRECONDITION


async def test_a_recording_out_of_scope_is_as_if_it_did_not_exist(
    dispatch: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    listed = await recorded(dispatch)
    shop = replicas.caller(replica, scope=Scope(frozenset({"sites/shop"})))

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await shop.OpenRecording(opening(listed))

    assert refusal_from(raised.value).reason == "UNKNOWN_RECORDING"


async def test_a_recording_is_not_opened_for_nothing(dispatch: ContactServiceStub) -> None:
    listed = await recorded(dispatch)

    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await dispatch.OpenRecording(opening(listed, "  "))

    assert [it.field for it in refusal_from(raised.value).violations] == ["purpose"]
