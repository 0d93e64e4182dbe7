"""BoardService."""

import re
from datetime import date
from typing import Any

from google.type import date_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.gateway.v1 import board_service_pb2_grpc

from chassis.errors import FieldViolation, invalid_fields
from gateway.app.board import ReadBoard
from gateway.rpc.convert import to_heatmap

_SITE = re.compile(r"sites/[a-z0-9-]{1,63}")


class BoardServicer(board_service_pb2_grpc.BoardServiceServicer):
    """Shows the board."""

    def __init__(self, read_board: ReadBoard) -> None:
        self._read_board = read_board

    async def GetHeatmap(self, request: pb.GetHeatmapRequest, _context: Any) -> pb.Heatmap:  # noqa: N802 - the name on the wire
        if not _SITE.fullmatch(request.site):
            raise invalid_fields([FieldViolation("site", "is sites/ and an id of [a-z0-9-]{1,63}")])
        day = _day(request.day) if request.HasField("day") else None
        return to_heatmap(await self._read_board(request.site, day, request.time_zone))


def _day(wanted: date_pb2.Date) -> date:
    try:
        return date(wanted.year, wanted.month, wanted.day)
    except ValueError:
        raise invalid_fields(
            [FieldViolation("day", "is a date of the calendar with year, month and day")]
        ) from None
