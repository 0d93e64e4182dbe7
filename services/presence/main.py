"""The process `presence`."""

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from muster.presence.v1.policy_service_pb2_grpc import add_PolicyServiceServicer_to_server
from muster.presence.v1.presence_service_pb2_grpc import add_PresenceServiceServicer_to_server
from muster.presence.v1.record_service_pb2_grpc import add_RecordServiceServicer_to_server
from muster.presence.v1.source_service_pb2_grpc import add_SourceServiceServicer_to_server
from muster.presence.v1.timeline_service_pb2_grpc import add_TimelineServiceServicer_to_server

from chassis.bus import Bus, FullCopyConsumer, OutboxPublisher, Position
from chassis.database import SiteClaims
from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from chassis.telemetry import Telemetry
from services.presence.app.amend_states import AmendStates
from services.presence.app.checkpoints import Checkpoints
from services.presence.app.claims import Claims
from services.presence.app.committer import Committer
from services.presence.app.daily_roots import DailyRoots
from services.presence.app.delivery import Delivery
from services.presence.app.directory import AgentDirectory
from services.presence.app.erasure import EraseAgent
from services.presence.app.every_second import every_second
from services.presence.app.extend_wrap_up import ExtendWrapUp
from services.presence.app.heartbeats import Heartbeats
from services.presence.app.list_sources import ListSources
from services.presence.app.policies import Policies, PoliciesInForce
from services.presence.app.policy_keepings import PolicyKeepings
from services.presence.app.proofs import Proofs
from services.presence.app.pulse import Pulse
from services.presence.app.read_log import ReadLog
from services.presence.app.read_record import ReadRecord
from services.presence.app.read_site import ReadSite
from services.presence.app.read_states import ReadStates
from services.presence.app.read_timelines import ReadTimelines
from services.presence.app.receipts import Receipts
from services.presence.app.record_keeper import RecordDuties, RecordKeeper
from services.presence.app.record_ports import RecordReaders
from services.presence.app.report_states import ReportStates
from services.presence.app.retention import Retention
from services.presence.app.site_days import SiteDays
from services.presence.app.site_feeds import SiteFeeds
from services.presence.app.skews import Skews
from services.presence.app.watch import Watch
from services.presence.app.watch_states import WatchStates
from services.presence.bus.changed import changed_from
from services.presence.bus.encoding import encode_link
from services.presence.bus.own_changes import OwnChanges
from services.presence.bus.roster import RosterFollower
from services.presence.config import PresenceSettings
from services.presence.export.files import RootFiles
from services.presence.export.mail import MailServer, RootMails
from services.presence.rpc.policy_servicer import PolicyServicer
from services.presence.rpc.record_servicer import RecordServicer, RecordUseCases
from services.presence.rpc.roster import RosterClient
from services.presence.rpc.servicer import PresenceServicer, UseCases
from services.presence.rpc.source_servicer import SourceServicer, SourceUseCases
from services.presence.rpc.timeline_servicer import TimelineServicer
from services.presence.rpc.timeline_servicer import UseCases as TimelineUseCases
from services.presence.store.chain_reader import PostgresChain
from services.presence.store.checkpoints import PostgresCheckpoints
from services.presence.store.daily_roots import PostgresRoots
from services.presence.store.erasure import PostgresErasures
from services.presence.store.log_reader import PostgresLogReader
from services.presence.store.policies import PostgresPolicies
from services.presence.store.retention import PostgresRetention
from services.presence.store.site_reader import PostgresSiteReader
from services.presence.store.snapshots import PostgresSiteSnapshots
from services.presence.store.source_leases import PostgresSources
from services.presence.store.state_list import PostgresAgentStates
from services.presence.store.state_log import PostgresStateLog
from services.presence.store.watching import PostgresWatch
from services.presence.store.wrap_ups import PostgresWrapUps
from services.presence.telemetry import PresenceTelemetry, RecordTelemetry, SourceTelemetry


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
    policy_store = PostgresPolicies(ground.database)
    policies = PoliciesInForce(policy_store, ground.clock)
    sources = _watch_sources(ground, telemetry, directory, committer, policies)
    log = PostgresLogReader(ground.database)
    use_cases = UseCases(
        report_states=sources.report_states,
        amend_states=AmendStates(directory, committer, log, ground.clock),
        read_log=ReadLog(directory, log),
        read_site=ReadSite(directory, sites),
        changes=sites,
        clock=ground.clock,
    )
    server.add(add_PresenceServiceServicer_to_server, PresenceServicer(use_cases))
    server.add(add_TimelineServiceServicer_to_server, _timelines(ground, directory, sites))
    server.add(add_SourceServiceServicer_to_server, SourceServicer(sources))
    server.add(add_RecordServiceServicer_to_server, _keep_record(ground, directory))
    server.add(
        add_PolicyServiceServicer_to_server,
        PolicyServicer(Policies(directory, policy_store, policies, ground.clock)),
    )


def _timelines(
    ground: Ground[PresenceSettings], directory: AgentDirectory, sites: PostgresSiteReader
) -> TimelineServicer:
    snapshots = PostgresSiteSnapshots(ground.database, changed_from)
    feeds = SiteFeeds()
    ground.spawn(OwnChanges(ground.bus, ground.telemetry, sites, feeds).run(), "own changes")
    return TimelineServicer(
        TimelineUseCases(
            timelines=ReadTimelines(directory, snapshots, SiteDays(snapshots)),
            states=ReadStates(directory, PostgresAgentStates(ground.database), ground.clock),
            watch=WatchStates(sites, feeds),
            directory=directory,
            clock=ground.clock,
        )
    )


def _watch_sources(
    ground: Ground[PresenceSettings],
    telemetry: PresenceTelemetry,
    directory: AgentDirectory,
    committer: Committer,
    rules: PoliciesInForce,
) -> SourceUseCases:
    told = SourceTelemetry(ground.telemetry)
    store, clock = PostgresSources(ground.database), ground.clock
    elapsed = asyncio.get_running_loop().time
    proofs, skews = Proofs(store, rules, elapsed), Skews(store, told)
    watched = PostgresWatch(ground.database)
    pulse = Pulse(watched, elapsed, told)
    claims = SiteClaims(database=ground.database, purpose="watch", holder=ground.settings.replica)
    watch = Watch(
        store=watched,
        claims=claims,
        committer=committer,
        directory=directory,
        rules=rules,
        pulse=pulse,
        telemetry=told,
    )
    for name, duty in {
        "proofs": proofs.flush,
        "skews": skews.flush,
        "pulse": pulse.beat,
        "watch": watch.look,
    }.items():
        ground.spawn(every_second(duty, name, told), name)
    ground.stack.push_async_callback(claims.release)
    ground.stack.push_async_callback(proofs.flush)
    return SourceUseCases(
        report_states=ReportStates(
            directory, committer, clock, telemetry, Claims(skews), proofs, rules
        ),
        heartbeats=Heartbeats(directory, proofs, skews, rules, clock, told),
        list_sources=ListSources(directory, store, rules),
        extend_wrap_up=ExtendWrapUp(directory, PostgresWrapUps(ground.database), committer, clock),
    )


def _keep_record(ground: Ground[PresenceSettings], directory: AgentDirectory) -> RecordServicer:
    database, clock, signer = ground.database, ground.clock, ground.signer
    told = RecordTelemetry(ground.telemetry)
    read = RecordReaders(
        PostgresChain(database), PostgresCheckpoints(database), PostgresRoots(database)
    )
    checkpoints = Checkpoints(read.chain, read.checkpoints, signer)
    keepings = PolicyKeepings(PostgresPolicies(database))
    erase = EraseAgent(directory, PostgresErasures(database), clock, told)
    duties = RecordDuties(
        checkpoints=checkpoints,
        roots=DailyRoots(read.chain, read.roots, read.checkpoints, signer),
        delivery=Delivery(
            read,
            RootFiles(_root_folder(ground.settings)),
            RootMails(_mail_server(ground.settings)),
            keepings,
            told,
        ),
        retention=Retention(read.chain, keepings, PostgresRetention(database), told),
        erasure=erase,
    )
    claims = SiteClaims(database=database, purpose="record", holder=ground.settings.replica)
    ground.spawn(RecordKeeper(read.chain, duties, claims, clock, told).run(), "record keeper")
    ground.stack.push_async_callback(claims.release)
    receipts = Receipts(directory, read, checkpoints, signer)
    return RecordServicer(RecordUseCases(receipts, ReadRecord(directory, read), erase, clock))


def _root_folder(settings: PresenceSettings) -> Path | None:
    return Path(settings.root_folder) if settings.root_folder else None


def _mail_server(settings: PresenceSettings) -> MailServer:
    return MailServer(
        host=settings.smtp_host,
        port=settings.smtp_port,
        tls=settings.smtp_tls,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        sender=settings.smtp_sender,
    )


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
