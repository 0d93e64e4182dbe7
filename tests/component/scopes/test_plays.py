"""Who is told of the play of a recording, with the real services behind the gateway."""

from pathlib import Path

import pytest
from muster.dispatch.v1 import contact_service_pb2 as wire
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from muster.gateway.v1 import audit_service_pb2
from muster.gateway.v1.audit_service_pb2_grpc import AuditServiceStub

from chassis.identity import Identity
from chassis.scope import Scope
from tests.component.conftest import OwnerUrl
from tests.component.scopes.floor import Floor, Person
from tests.component.scopes.recording import Recorder
from tests.component.scopes.running import PERMISSIONS, running
from tests.support.nats import NatsServer

SITE = "sites/plays"
ANA, BEA = Person(900_001, SITE, ""), Person(900_002, SITE, "")
FLOOR = Floor((SITE,), (), (ANA, BEA))


@pytest.mark.timeout(120)
async def test_whom_the_caller_does_not_see_is_told_of_the_play_as_well(
    owner_url: OwnerUrl, nats_server: NatsServer, tmp_path: Path
) -> None:
    await nats_server.clear()
    async with running(owner_url, nats_server.url, tmp_path) as started:
        recorder = Recorder(started)
        await recorder.record(FLOOR)
        contact = next(one for one in await recorder.contacts_of(FLOOR) if one.recordings)
        ears = Identity("accounts/ears", PERMISSIONS, Scope(frozenset(), frozenset({ANA.name})))
        dispatch = ContactServiceStub(started.channel(ears))
        seen = await dispatch.GetContact(wire.GetContactRequest(name=contact.name))

        await dispatch.OpenRecording(
            wire.OpenRecordingRequest(name=contact.recordings[0].name, purpose="quality")
        )

        audit = AuditServiceStub(started.channel(started.boss))
        asked = audit_service_pb2.ListAuditEntriesRequest(actor=ears.subject)
        entries = (await audit.ListAuditEntries(asked)).entries
    plays = {
        (entry.person, entry.purpose)
        for entry in entries
        if entry.method.endswith("/OpenRecording") and entry.outcome == "OK"
    }
    assert {leg.agent for leg in seen.legs} == {ANA.name}
    assert plays == {(ANA.name, "quality"), (BEA.name, "quality")}
