"""The process `dispatch`."""

from datetime import timedelta

from muster.dispatch.v1.contact_service_pb2_grpc import add_ContactServiceServicer_to_server

from chassis.bus import OutboxPublisher
from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from services.dispatch.app.live_figures import LiveFigures
from services.dispatch.app.queues import Queues
from services.dispatch.app.read_contacts import ReadContacts
from services.dispatch.app.read_figures import ReadFigures
from services.dispatch.app.recordings import Recordings
from services.dispatch.app.report_contacts import ReportContacts
from services.dispatch.app.retention import forget_old_contacts
from services.dispatch.app.sites import SiteDirectory
from services.dispatch.bus.changes import ChangeFollower
from services.dispatch.bus.encoding import encode_change
from services.dispatch.config import DispatchSettings
from services.dispatch.rpc.roster import RosterClient
from services.dispatch.rpc.servicer import ContactServicer, UseCases
from services.dispatch.store.contact_log import PostgresContactLog
from services.dispatch.store.contact_reader import PostgresContactReader
from services.dispatch.store.figures import PostgresFigures
from services.dispatch.store.queues import PostgresQueues
from services.dispatch.store.recordings import PostgresRecordings
from services.dispatch.telemetry import DispatchTelemetry


async def assemble(ground: Ground[DispatchSettings], server: RpcServer) -> None:
    telemetry = DispatchTelemetry(ground.telemetry)
    publisher = OutboxPublisher(
        owner="dispatch",
        database=ground.database,
        bus=ground.bus,
        clock=ground.clock,
        telemetry=ground.telemetry,
        holder=ground.settings.replica,
    )
    ground.spawn(publisher.run(), "outbox publisher")
    roster = RosterClient(ground.peer(ground.settings.roster_target, forward=False))
    sites = SiteDirectory(roster, ground.clock)
    contacts = PostgresContactReader(ground.database)
    figures = PostgresFigures(ground.database, telemetry)
    live = _live_figures(ground, telemetry, sites, contacts, figures)
    log = PostgresContactLog(ground.database, ground.clock, telemetry, encode_change)
    retention = timedelta(days=ground.settings.contact_retention_days)
    ground.spawn(forget_old_contacts(log, retention, telemetry), "retention of contacts")
    read_contacts = ReadContacts(sites, contacts, ground.clock)
    use_cases = UseCases(
        report_contacts=ReportContacts(
            sites,
            log,
            ground.clock,
            telemetry,
            committed=publisher.wake,
            greatest_age=retention,
        ),
        read_contacts=read_contacts,
        recordings=Recordings(
            PostgresRecordings(ground.database), read_contacts, ground.clock, telemetry
        ),
        queues=Queues(
            PostgresQueues(ground.database, ground.clock, encode_change),
            sites,
            telemetry,
            committed=publisher.wake,
        ),
        read_figures=ReadFigures(sites, figures, ground.clock),
        live_figures=live,
        changes=contacts,
    )
    server.add(add_ContactServiceServicer_to_server, ContactServicer(use_cases))


def _live_figures(
    ground: Ground[DispatchSettings],
    telemetry: DispatchTelemetry,
    sites: SiteDirectory,
    contacts: PostgresContactReader,
    figures: PostgresFigures,
) -> LiveFigures:
    live = LiveFigures(
        sites, figures, ground.clock, telemetry, most_watches=ground.settings.most_watches
    )
    follower = ChangeFollower(live, contacts, figures)
    ground.health.register("changes", follower.check)
    ground.spawn(follower.run(ground.bus, ground.telemetry), "changes of contacts")

    async def end_watches(_grace: timedelta) -> None:
        live.close()

    ground.on_drain(end_watches)
    return live


def run() -> None:
    run_process("dispatch", DispatchSettings, assemble)
