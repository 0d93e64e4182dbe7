"""Wires what takes the events of other platforms."""

import secrets
from dataclasses import dataclass
from functools import partial

from chassis.process import Ground
from gateway.app.deliver_events import DeliverEvents
from gateway.app.manage_sources import CheckSite, ManageSources
from gateway.app.mappings import Mappings
from gateway.app.receive_events import ReceiveEvents
from gateway.app.retry_events import RetryEvents
from gateway.app.source_worker import SourceWorker
from gateway.backends.source_reports import SourceReports
from gateway.config import GatewaySettings
from gateway.http.layered import Layered
from gateway.http.source_events import SourceEventsEndpoint
from gateway.rpc.source import SourceServicer
from gateway.store.source_events import StoredSourceEvents
from gateway.store.sources import StoredSources
from gateway.telemetry import declare_source_metrics


@dataclass(frozen=True, slots=True)
class SourceParts:
    """What is served of sources."""

    servicer: SourceServicer
    endpoint: SourceEventsEndpoint


def assemble_sources(
    ground: Ground[GatewaySettings], layered: Layered, check_site: CheckSite
) -> SourceParts:
    """Makes the parts and starts the worker that translates what was received."""
    settings, clock = ground.settings, ground.clock
    figures = ground.telemetry.metrics(declare_source_metrics)
    sources, events = StoredSources(ground.database), StoredSourceEvents(ground.database)
    mappings = Mappings(sources)
    reports = SourceReports(
        ground.peer(settings.presence_target, forward=False),
        ground.peer(settings.dispatch_target, forward=False),
        ground.signer,
        clock,
    )
    log = ground.telemetry.log
    deliver = DeliverEvents(events, mappings, reports, figures, clock, log)
    worker = SourceWorker(deliver, events, figures, clock, log)
    ground.spawn(worker.run(), "source events")
    receive = ReceiveEvents(sources, events, mappings, figures, clock, worker.wake)
    manage = ManageSources(sources, check_site, clock, partial(secrets.token_urlsafe, 32))
    return SourceParts(
        SourceServicer(manage, events, RetryEvents(events, clock, worker.wake)),
        SourceEventsEndpoint(receive, layered, figures.pushes),
    )
