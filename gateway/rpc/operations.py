"""OperationsService."""

from typing import Any

from muster.gateway.v1 import operations_service_pb2 as pb
from muster.gateway.v1 import operations_service_pb2_grpc

from chassis.access import current_permissions, current_scope
from gateway.app.operations import ReadOperations
from gateway.rpc.operations_convert import to_operations


class OperationsServicer(operations_service_pb2_grpc.OperationsServiceServicer):
    """Tells how Muster itself does."""

    def __init__(self, read: ReadOperations) -> None:
        self._read = read

    async def GetOperations(  # noqa: N802 - the name on the wire
        self, _request: pb.GetOperationsRequest, _context: Any
    ) -> pb.Operations:
        return to_operations(await self._read(current_scope(), current_permissions()))
