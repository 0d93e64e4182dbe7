"""The process `roster`."""

from functools import partial

from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server
from muster.roster.v1.shift_service_pb2_grpc import add_ShiftServiceServicer_to_server

from chassis.bus import OutboxPublisher
from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from services.roster.app.apply_roster import ApplyRoster
from services.roster.app.apply_shifts import ApplyShifts
from services.roster.bus.encoding import (
    agents_changed_subject,
    encode_agents_changed,
    encode_shifts_changed,
    shifts_changed_subject,
)
from services.roster.config import RosterSettings
from services.roster.rpc.servicer import RosterServicer
from services.roster.rpc.shift_convert import version_to
from services.roster.rpc.shift_servicer import ShiftServicer
from services.roster.store.headcount_reader import SqlHeadcountReader
from services.roster.store.reader import SqlPeopleReader
from services.roster.store.shift_reader import SqlShiftReader
from services.roster.store.shift_unit import SqlShiftStore
from services.roster.store.unit import SqlRosterStore
from services.roster.telemetry import RosterTelemetry


async def assemble(ground: Ground[RosterSettings], server: RpcServer) -> None:
    publisher = OutboxPublisher(
        owner="roster",
        database=ground.database,
        bus=ground.bus,
        clock=ground.clock,
        telemetry=ground.telemetry,
        holder=ground.settings.replica,
    )
    ground.spawn(publisher.run(), "outbox publisher")
    telemetry = RosterTelemetry(ground.telemetry)
    apply_roster = ApplyRoster(
        SqlRosterStore(
            ground.database, encode=encode_agents_changed, subject_of=agents_changed_subject
        ),
        clock=ground.clock,
        committed=publisher.wake,
        telemetry=telemetry,
    )
    people = RosterServicer(apply_roster, SqlPeopleReader(ground.database), ground.clock)
    server.add(add_RosterServiceServicer_to_server, people)
    apply_shifts = ApplyShifts(
        SqlShiftStore(
            ground.database,
            encode=partial(encode_shifts_changed, version_to),
            subject_of=shifts_changed_subject,
        ),
        clock=ground.clock,
        committed=publisher.wake,
        telemetry=telemetry,
    )
    shifts = ShiftServicer(
        apply_shifts,
        SqlShiftReader(ground.database),
        SqlHeadcountReader(ground.database),
        ground.clock,
    )
    server.add(add_ShiftServiceServicer_to_server, shifts)


def run() -> None:
    run_process("roster", RosterSettings, assemble)
