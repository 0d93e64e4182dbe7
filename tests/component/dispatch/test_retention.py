"""Forgetting contacts after their retention."""

from datetime import timedelta

import psycopg
from muster.dispatch.v1 import contact_pb2 as contact
from muster.dispatch.v1 import contact_service_pb2 as wire

from chassis.clock import ManualClock
from chassis.database import Database
from chassis.telemetry import silent_telemetry
from services.dispatch.bus.encoding import encode_change
from services.dispatch.store.contact_log import PostgresContactLog
from services.dispatch.telemetry import DispatchTelemetry
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.dispatch.replicas import Replica, Replicas
from tests.component.dispatch.requests import (
    NOW,
    Kind,
    a_list,
    a_report,
    answered,
    enqueued,
    event,
)

TABLES = ("contact", "contact_event", "queue_stay", "leg", "recording", "recording_access")


def a_log(database: Database, clock: ManualClock) -> PostgresContactLog:
    telemetry = DispatchTelemetry(silent_telemetry())
    return PostgresContactLog(database, clock, telemetry, encode_change)


async def test_an_old_contact_is_forgotten_with_all_that_belongs_to_it(
    replicas: Replicas, replica: Replica, database: OpenDatabase, owner_url: OwnerUrl
) -> None:
    dispatch = replicas.caller(replica)
    await dispatch.ReportContacts(
        a_report(
            enqueued("c1", 60),
            answered("c1", 55, consent_status=contact.CONSENT_STATUS_GIVEN),
            event("c1", Kind.KIND_RECORDED, 40, recording_reference="r/1"),
        )
    )
    (listed,) = (await dispatch.ListContacts(a_list())).contacts
    await dispatch.OpenRecording(
        wire.OpenRecordingRequest(name=listed.recordings[0].name, purpose="training")
    )
    log = a_log(await database("dispatch"), ManualClock(NOW + timedelta(days=90)))

    early = await log.forget(timedelta(days=91))
    late = await log.forget(timedelta(days=89))

    with psycopg.connect(owner_url("dispatch")) as connection:
        left = [connection.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES]
    assert (early, late) == (0, 1)
    assert left == [(0,)] * len(TABLES)
