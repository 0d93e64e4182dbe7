"""The process `analytics`: it reports health and metrics and owns a schema; it has no duty yet."""

from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from services.analytics.config import AnalyticsSettings


async def assemble(ground: Ground[AnalyticsSettings], _server: RpcServer) -> None:
    ground.telemetry.log.info("process.without_duty")


def run() -> None:
    run_process("analytics", AnalyticsSettings, assemble)
