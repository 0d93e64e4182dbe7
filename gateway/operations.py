"""Wires what tells how Muster itself does."""

from contextlib import AbstractAsyncContextManager

import grpc

from chassis.process import Ground, replica_of
from chassis.rpc.channel import open_channel
from gateway.api.served import Served
from gateway.app.operations import OperationsSources, ReadOperations, SeenSites
from gateway.app.parts import Parts
from gateway.backends.replicas import ProcessReplicas
from gateway.backends.site_data import PresenceData
from gateway.config import GatewaySettings
from gateway.rpc.operations import OperationsServicer
from gateway.store.sources import StoredSources


def assemble_operations(ground: Ground[GatewaySettings], sites: SeenSites) -> Served:
    """Makes the service. Processes are asked in the gateway's own name, sites in the caller's."""
    settings = ground.settings

    def open_to(address: str) -> AbstractAsyncContextManager[grpc.aio.Channel]:
        def token() -> str:
            return ground.signer.sign_own(ground.clock.now())

        return open_channel(address, token=token, telemetry=ground.telemetry)

    targets = {
        "presence": settings.presence_target,
        "roster": settings.roster_target,
        "dispatch": settings.dispatch_target,
        "analytics": settings.analytics_target,
    }
    sources = OperationsSources(
        ProcessReplicas(replica_of(ground), targets, open_to),
        sites,
        PresenceData(ground.peer(settings.presence_target, forward=True)),
        StoredSources(ground.database),
    )
    read = ReadOperations(sources, Parts(ground.clock), ground.clock)
    return Served("muster.gateway.v1.OperationsService", OperationsServicer(read))
