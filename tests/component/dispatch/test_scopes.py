"""Whose contacts and which fields somebody sees: by team, by past, leg by leg."""

from datetime import timedelta

import grpc
import pytest
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub

from chassis.errors import Code
from chassis.identity import Identity
from chassis.rpc.channel import refusal_from
from chassis.scope import EVERYTHING, Scope
from tests.component.dispatch.replicas import PERMISSIONS, Replica, Replicas
from tests.component.dispatch.requests import (
    NOW,
    Kind,
    a_list,
    a_report,
    an_agent_list,
    answered,
    ended,
    enqueued,
    event,
    timestamp,
)

NORTH = Scope(frozenset(), teams=frozenset({"teams/north"}))
LONG_AGO = timedelta(days=2).total_seconds()


@pytest.fixture
async def floor(dispatch: ContactServiceStub) -> ContactServiceStub:
    """Ana passed c1 on to Bob; Bob alone had c2; Ana had c0 two days ago."""
    await dispatch.ReportContacts(
        a_report(
            answered("c0", LONG_AGO, "ana"),
            ended("c0", LONG_AGO - 60),
            enqueued("c1", 600),
            answered("c1", 590, "ana"),
            event("c1", Kind.KIND_TRANSFERRED, 500, target_agent="agents/bob"),
            answered("c1", 490, "bob"),
            event("c1", Kind.KIND_RECORDED, 480, recording_reference="rec-1"),
            event("c1", Kind.KIND_RECORDED, 479, consent_status=contact.CONSENT_STATUS_GIVEN),
            ended("c1", 400),
            answered("c2", 300, "bob"),
            ended("c2", 200),
        )
    )
    return dispatch


def desk(
    replicas: Replicas,
    replica: Replica,
    scope: Scope,
    history: Scope | None = None,
    permissions: frozenset[str] = PERMISSIONS,
) -> ContactServiceStub:
    return replicas.stub(replica, Identity("accounts/lee", permissions, scope, history))


FROM_THEN_ON = {"start_time": timestamp(NOW - timedelta(days=3))}


async def ids(caller: ContactServiceStub, **span: object) -> list[str]:
    found = await caller.ListContacts(a_list(**span))  # type: ignore[arg-type]  # by name
    return [one.contact_id for one in found.contacts]


async def refused(call: object) -> Code:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call  # type: ignore[misc]  # the stubs' calls are awaitable
    return refusal_from(caught.value).code


async def test_a_lead_sees_the_contacts_of_her_team_without_the_parts_of_others(
    floor: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    lead = desk(replicas, replica, NORTH)

    found = await lead.ListContacts(a_list())

    assert [one.contact_id for one in found.contacts] == ["c1"]
    assert [leg.agent for leg in found.contacts[0].legs] == ["agents/ana"]
    assert b"agents/bob" not in found.SerializeToString()
    assert await refused(lead.ListAgentContacts(an_agent_list("bob", 900, 0))) is Code.NOT_FOUND


async def test_contacts_of_past_days_are_for_the_history_scope(
    floor: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    south = Scope(frozenset(), teams=frozenset({"teams/south"}))
    supervisor = desk(replicas, replica, EVERYTHING, history=south)
    old = (await floor.ListContacts(a_list(**FROM_THEN_ON))).contacts[0]  # type: ignore[arg-type]  # by name
    north = desk(replicas, replica, EVERYTHING, history=NORTH)

    assert await ids(supervisor) == ["c1", "c2"]
    assert await ids(supervisor, **FROM_THEN_ON) == ["c1", "c2"]
    assert await ids(north, **FROM_THEN_ON) == ["c0", "c1"]
    get = supervisor.GetContact(wire.GetContactRequest(name=old.name))
    accesses = supervisor.ListRecordingAccesses(wire.ListRecordingAccessesRequest(contact=old.name))
    assert await refused(get) is Code.NOT_FOUND
    assert await refused(accesses) is Code.NOT_FOUND


async def test_recordings_and_consent_are_for_whom_they_are_permitted(
    floor: ContactServiceStub, replicas: Replicas, replica: Replica
) -> None:
    closed = {"dispatch.customers.read", "dispatch.recordings.read"}
    clerk = desk(replicas, replica, EVERYTHING, permissions=PERMISSIONS - closed)
    everything = (await floor.ListContacts(a_list())).contacts[0]

    seen = (await clerk.ListContacts(a_list())).contacts[0]

    assert everything.recordings
    assert everything.consent_status == contact.CONSENT_STATUS_GIVEN
    assert not seen.recordings
    assert seen.consent_status == contact.CONSENT_STATUS_UNSPECIFIED
    assert seen.legs == everything.legs
