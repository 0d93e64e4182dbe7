"""Between the wire and the domain."""

from datetime import date, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.presence.v1 import state_pb2

from chassis.calendar import Column
from gateway.app.board import Board
from gateway.domain.heatmap import Row


def to_heatmap(board: Board) -> pb.Heatmap:
    """Writes a board as its message."""
    heatmap = pb.Heatmap(
        site=board.site.name,
        site_display_name=board.site.display_name,
        day=_date(board.day.date),
        time_zone=board.day.zone,
        start_time=_timestamp(board.day.start_time),
        end_time=_timestamp(board.day.end_time),
        columns=[_column(column) for column in board.day.columns()],
        rows=[_row(row) for row in board.rows],
        missing=[
            pb.Heatmap.MissingPart(part=missing.part, message=missing.message)
            for missing in board.missing
        ],
        server_time=_timestamp(board.read_time),
        first_data_day=_date(board.first_day) if board.first_day else None,
        last_data_day=_date(board.last_day) if board.last_day else None,
    )
    if board.timelines:
        heatmap.timelines.MergeFromString(board.timelines.packed)
        place = board.timelines.place
        heatmap.cursor.MergeFrom(
            state_pb2.Cursor(site=place.site, epoch=place.epoch, seq=place.seq)
        )
    return heatmap


def _column(column: Column) -> pb.Heatmap.Column:
    return pb.Heatmap.Column(start_time=_timestamp(column.start_time), label=column.label)


def _row(row: Row) -> pb.Heatmap.Row:
    person, number = row
    return pb.Heatmap.Row(
        agent=person.agent,
        display_name=person.display_name,
        team=person.team,
        timeline_number=number,
    )


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp


def _date(day: date) -> date_pb2.Date:
    return date_pb2.Date(year=day.year, month=day.month, day=day.day)
