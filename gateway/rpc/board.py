"""BoardService."""

import asyncio
from dataclasses import dataclass
from typing import Any

from google.api import httpbody_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.gateway.v1 import board_service_pb2_grpc
from muster.options.v1 import download_pb2

from gateway.app.agent_day import ReadAgentDay
from gateway.app.board import ReadBoard
from gateway.app.export_heatmap import ExportHeatmap
from gateway.app.team_strips import ReadTeamStrips
from gateway.app.waiting import ReadWaiting
from gateway.rpc.agent_day_convert import to_agent_day
from gateway.rpc.board_convert import to_heatmap
from gateway.rpc.board_requests import (
    agent_name,
    viewer,
    wanted_board,
    wanted_file,
    wanted_sites,
    wanted_span,
)
from gateway.rpc.strips_convert import to_team_strips
from gateway.rpc.waiting_convert import to_waiting


@dataclass(frozen=True, slots=True)
class BoardUseCases:
    """What the service does."""

    board: ReadBoard
    team_strips: ReadTeamStrips
    waiting: ReadWaiting
    agent_day: ReadAgentDay
    export: ExportHeatmap


class BoardServicer(board_service_pb2_grpc.BoardServiceServicer):
    """Shows the board. Messages of whole sites are made beside the event loop."""

    def __init__(self, use_cases: BoardUseCases) -> None:
        self._do = use_cases

    async def GetHeatmap(self, request: pb.GetHeatmapRequest, _context: Any) -> pb.Heatmap:  # noqa: N802 - the name on the wire
        board = await self._do.board(wanted_board(request.site, request), viewer())
        return await asyncio.to_thread(to_heatmap, board)

    async def GetTeamStrips(  # noqa: N802 - the name on the wire
        self, request: pb.GetTeamStripsRequest, _context: Any
    ) -> pb.TeamStrips:
        wanted = wanted_board(request.site, request.selection)
        return to_team_strips(await self._do.team_strips(wanted, viewer()))

    async def GetWaiting(self, request: pb.GetWaitingRequest, _context: Any) -> pb.Waiting:  # noqa: N802 - the name on the wire
        return to_waiting(await self._do.waiting(wanted_sites(request.site, request.sites)))

    async def GetAgentDay(self, request: pb.GetAgentDayRequest, _context: Any) -> pb.AgentDay:  # noqa: N802 - the name on the wire
        agent, span = agent_name(request.agent), wanted_span(request)
        return to_agent_day(await self._do.agent_day(agent, span, viewer()))

    async def ExportHeatmap(  # noqa: N802 - the name on the wire
        self, request: pb.ExportHeatmapRequest, _context: Any
    ) -> httpbody_pb2.HttpBody:
        wanted = wanted_board(request.site, request.selection)
        agent = agent_name(request.agent) if request.agent else ""
        form, language = wanted_file(request)
        file = await self._do.export(wanted, agent, form, language, viewer())
        body = httpbody_pb2.HttpBody(content_type=file.content_type, data=file.content)
        body.extensions.add().Pack(download_pb2.Download(file_name=file.name))
        return body
