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
    intervals = board.joined.intervals
    heatmap = pb.Heatmap(
        site=board.site.name,
        site_display_name=board.site.display_name,
        day=_date(board.day.date),
        time_zone=board.day.zone,
        start_time=_timestamp(board.day.start_time),
        end_time=_timestamp(board.day.end_time),
        columns=[_column(column) for column in board.day.columns()],
        rows=[_row(row) for row in board.joined.rows],
        start_offsets_ms=intervals.start_offsets_ms,
        states=intervals.states,  # type: ignore[arg-type]  # the wire's numbers
        reason_indexes=intervals.reason_indexes,
        reasons=board.joined.reasons,
        activities=intervals.activities,  # type: ignore[arg-type]  # the wire's numbers
        inferred=intervals.inferred,
        missing=[
            pb.Heatmap.MissingPart(part=missing.part, message=missing.message)
            for missing in board.missing
        ],
        server_time=_timestamp(board.read_time),
        first_data_day=_date(board.first_day) if board.first_day else None,
        last_data_day=_date(board.last_day) if board.last_day else None,
    )
    if board.place:
        place = board.place
        heatmap.cursor.MergeFrom(
            state_pb2.Cursor(site=place.site, epoch=place.epoch, seq=place.seq)
        )
    return heatmap


def _column(column: Column) -> pb.Heatmap.Column:
    return pb.Heatmap.Column(start_time=_timestamp(column.start_time), label=column.label)


def _row(row: Row) -> pb.Heatmap.Row:
    changed = row.last_change_time
    return pb.Heatmap.Row(
        agent=row.person.agent,
        display_name=row.person.display_name,
        team=row.person.team,
        interval_count=row.interval_count,
        last_change_time=_timestamp(changed) if changed else None,
    )


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp


def _date(day: date) -> date_pb2.Date:
    return date_pb2.Date(year=day.year, month=day.month, day=day.day)
