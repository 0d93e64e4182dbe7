"""WallService."""

import asyncio
from typing import Any

from muster.gateway.v1 import wall_service_pb2 as pb
from muster.gateway.v1 import wall_service_pb2_grpc

from chassis.access import current_scope
from gateway.app.wall import ReadWall
from gateway.rpc.board_requests import site_name
from gateway.rpc.wall_convert import to_wall


class WallServicer(wall_service_pb2_grpc.WallServiceServicer):
    """Shows what is for the walls."""

    def __init__(self, read: ReadWall) -> None:
        self._read = read

    async def GetWall(self, request: pb.GetWallRequest, _context: Any) -> pb.Wall:  # noqa: N802 - the name on the wire
        wall = await self._read(site_name(request.site), current_scope())
        return await asyncio.to_thread(to_wall, wall)
