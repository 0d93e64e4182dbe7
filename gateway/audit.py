"""Wires the audit log: who writes, signs and reads it."""

from datetime import timedelta

from chassis.access import Authenticator
from chassis.ground import Ground
from gateway.api.auditing import AskedCalls, Auditing
from gateway.api.catalogue import Catalogue
from gateway.api.served import Served
from gateway.app.audit_keeping import AuditKeeping
from gateway.app.audit_log import AuditLog
from gateway.backends.dispatch import DispatchPartakers
from gateway.config import GatewaySettings
from gateway.protection import ProtectionParts
from gateway.rpc.audit import AuditServicer
from gateway.store.accounts import StoredAccounts
from gateway.store.audit_reading import StoredAudit
from gateway.store.audit_writing import StoredAuditWriter
from gateway.telemetry import declare_audit_metrics


class AuditParts:
    """What the audit log is made of, and the gate through which calls go."""

    def __init__(self, ground: Ground[GatewaySettings], protection: ProtectionParts) -> None:
        metrics = ground.telemetry.metrics(declare_audit_metrics)
        to_dispatch = ground.peer(ground.settings.dispatch_target, forward=False)
        log = AuditLog(StoredAuditWriter(ground.database), metrics, ground.clock)
        self._stored = StoredAudit(ground.database)
        self._gate = Auditing(
            log,
            protection.places,
            protection.profiles,
            StoredAccounts(ground.database).find_agents,
            DispatchPartakers(to_dispatch).find_partakers,
        )
        self.through = self._gate.through
        keeping = AuditKeeping(
            self._stored,
            ground.signer,
            ground.settings.audit_months,
            ground.clock,
            ground.telemetry.log,
        )
        ground.spawn(keeping.run(), "audit keeping")

        async def finish(_grace: timedelta) -> None:
            await log.finish()

        ground.on_drain(finish)

    def asked_calls(self, catalogue: Catalogue, authenticate: Authenticator) -> AskedCalls:
        """Returns the layer around the check of access."""
        return AskedCalls(self._gate, catalogue, authenticate)

    def served(self) -> Served:
        """Returns the service."""
        return Served("muster.gateway.v1.AuditService", AuditServicer(self._stored))
