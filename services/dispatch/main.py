"""The process `dispatch`: it reports health and metrics and owns a schema; it has no duty yet."""

from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer
from services.dispatch.config import DispatchSettings


async def assemble(ground: Ground[DispatchSettings], _server: RpcServer) -> None:
    ground.telemetry.log.info("process.without_duty")


def run() -> None:
    run_process("dispatch", DispatchSettings, assemble)
