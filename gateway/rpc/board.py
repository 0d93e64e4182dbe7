"""BoardService."""

import asyncio
from dataclasses import dataclass
from typing import Any

from muster.gateway.v1 import board_service_pb2 as pb
from muster.gateway.v1 import board_service_pb2_grpc

from gateway.app.board import ReadBoard
from gateway.rpc.board_convert import to_heatmap
from gateway.rpc.board_requests import viewer, wanted_board


@dataclass(frozen=True, slots=True)
class BoardUseCases:
    """What the service does."""

    board: ReadBoard


class BoardServicer(board_service_pb2_grpc.BoardServiceServicer):
    """Shows the board. Messages of whole sites are made beside the event loop."""

    def __init__(self, use_cases: BoardUseCases) -> None:
        self._do = use_cases

    async def GetHeatmap(self, request: pb.GetHeatmapRequest, _context: Any) -> pb.Heatmap:  # noqa: N802 - the name on the wire
        board = await self._do.board(wanted_board(request.site, request), viewer())
        return await asyncio.to_thread(to_heatmap, board)
