"""The process `presence`."""

from collections.abc import Mapping
from functools import partial

from muster.presence.v1.presence_service_pb2_grpc import add_PresenceServiceServicer_to_server

from chassis.bus import Bus, FullCopyConsumer, OutboxPublisher, Position
from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from chassis.telemetry import Telemetry
from services.presence.app.committer import Committer
from services.presence.app.directory import AgentDirectory
from services.presence.app.read_log import ReadLog
from services.presence.app.read_site import ReadSite
from services.presence.app.report_states import ReportStates
from services.presence.bus.encoding import encode_link
from services.presence.bus.roster import RosterFollower
from services.presence.config import PresenceSettings
from services.presence.rpc.roster import RosterClient
from services.presence.rpc.servicer import PresenceServicer, UseCases
from services.presence.store.log_reader import PostgresLogReader
from services.presence.store.site_reader import PostgresSiteReader
from services.presence.store.state_log import PostgresStateLog
from services.presence.telemetry import PresenceTelemetry


async def assemble(ground: Ground[PresenceSettings], server: RpcServer) -> None:
    telemetry = PresenceTelemetry(ground.telemetry)
    directory = _follow_roster(ground, telemetry)
    publisher = OutboxPublisher(
        owner="presence",
        database=ground.database,
        bus=ground.bus,
        clock=ground.clock,
        telemetry=ground.telemetry,
        holder=ground.settings.replica,
    )
    ground.spawn(publisher.run(), "outbox publisher")
    committer = Committer(
        PostgresStateLog(ground.database, ground.clock, telemetry, encode_link),
        committed=publisher.wake,
        telemetry=telemetry,
        most_pending=ground.settings.most_pending_reports,
    )
    ground.stack.push_async_callback(committer.drain)
    sites = PostgresSiteReader(ground.database)
    use_cases = UseCases(
        report_states=ReportStates(directory, committer, ground.clock, telemetry),
        read_log=ReadLog(directory, PostgresLogReader(ground.database)),
        read_site=ReadSite(directory, sites),
        changes=sites,
    )
    server.add(add_PresenceServiceServicer_to_server, PresenceServicer(use_cases))


def _follow_roster(
    ground: Ground[PresenceSettings], telemetry: PresenceTelemetry
) -> AgentDirectory:
    roster = RosterClient(ground.peer(ground.settings.roster_target, forward=False))
    directory = AgentDirectory(roster)
    make_consumer = partial(_consumer, ground.bus, ground.telemetry)
    follower = RosterFollower(directory, roster, telemetry, make_consumer)
    ground.health.register("roster", follower.check)
    ground.spawn(follower.run(), "roster follower")
    return directory


def _consumer(
    bus: Bus, telemetry: Telemetry, follower: RosterFollower, positions: Mapping[str, Position]
) -> FullCopyConsumer:
    return FullCopyConsumer(
        owner="roster",
        event="agents_changed",
        bus=bus,
        telemetry=telemetry,
        apply=follower.apply,
        replay=follower.replay,
        on_expired=follower.on_expired,
        positions=positions,
    )


def run() -> None:
    run_process("presence", PresenceSettings, assemble)
