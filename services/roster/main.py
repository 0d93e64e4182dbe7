"""The process `roster`."""

from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server

from chassis.bus import OutboxPublisher
from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from services.roster.app.apply_roster import ApplyRoster
from services.roster.bus.encoding import agents_changed_subject, encode_agents_changed
from services.roster.config import RosterSettings
from services.roster.rpc.servicer import RosterServicer
from services.roster.store.reader import SqlPeopleReader
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
    store = SqlRosterStore(
        ground.database, encode=encode_agents_changed, subject_of=agents_changed_subject
    )
    apply_roster = ApplyRoster(
        store,
        clock=ground.clock,
        committed=publisher.wake,
        telemetry=RosterTelemetry(ground.telemetry),
    )
    servicer = RosterServicer(apply_roster, SqlPeopleReader(ground.database))
    server.add(add_RosterServiceServicer_to_server, servicer)


def run() -> None:
    run_process("roster", RosterSettings, assemble)
