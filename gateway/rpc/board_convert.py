"""Boards as messages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import accumulate, chain
from typing import Any

import numpy as np
from google.protobuf.timestamp_pb2 import Timestamp
from google.type import date_pb2
from muster.gateway.v1 import board_service_pb2 as pb
from muster.presence.v1 import state_pb2, timeline_service_pb2

from chassis.calendar import Column
from gateway.app.board_people import ALL_SITES
from gateway.app.board_ports import Plan, PlannedActivity, PlannedShift
from gateway.app.join_board import Board
from gateway.app.parts import MissingPart
from gateway.domain.board_rows import Group, Row, count_states
from gateway.domain.heatmap import Label, Place
from gateway.domain.timelines import STATE_COUNT, Timelines
from gateway.rpc.person_bytes import PersonBytes

_SECOND_MS = 1000
_person_bytes = PersonBytes()


def to_heatmap(board: Board) -> pb.Heatmap:
    """Writes a board as its message."""
    span, days, sites = board.span, board.days, board.sites
    is_one = len(sites) == 1
    heatmap = pb.Heatmap(
        site=sites[0].name if is_one else ALL_SITES,
        site_display_name=sites[0].display_name if is_one else "",
        day=to_date(span.day),
        time_zone=span.zone,
        start_time=to_timestamp(span.start_time),
        end_time=to_timestamp(span.end_time),
        columns=to_columns(span.columns()),
        groups=_groups(board.groups),
        counts=_counts(board.shown_counts, board.total_counts),
        withheld_count=board.withheld_count,
        labels=to_labels(board.labels, _named(board)),
        missing=to_missing(board.missing),
        server_time=to_timestamp(board.read_time),
        first_data_day=to_date(days.first_day),
        last_data_day=to_date(days.last_day),
        operating_day_start_minutes=sites[0].operating_day_start_minutes,
    )
    agents = (row.person.agent for row in board.rows)
    plan = _PlanColumns(board.plan, agents, int(span.start_time.timestamp()))
    _add_rows(heatmap, board.rows, plan)
    if board.plan is not None:
        heatmap.plan.CopyFrom(plan.to_message())
    if board.long_breaks is not None:
        heatmap.long_breaks.shown_count = board.long_breaks.shown
        heatmap.long_breaks.total_count = board.long_breaks.total
    if board.timelines:
        heatmap.timelines.CopyFrom(to_timelines(board.timelines))
        cursors = to_cursors(board.timelines.places)
        heatmap.cursors.extend(cursors)
        if is_one:
            heatmap.cursor.CopyFrom(cursors[0])
    return heatmap


def to_timelines(timelines: Timelines) -> timeline_service_pb2.SiteTimelines:
    """Writes timelines without their agents, whom rows name, and without a place."""
    return timeline_service_pb2.SiteTimelines(
        start_time=_timestamp_of(timelines.start_ms),
        end_time=_timestamp_of(timelines.end_ms),
        interval_counts=timelines.counts.tolist(),
        last_change_times_ms=timelines.last_changes_ms.tolist(),
        unit_ms=timelines.unit_ms,
        lengths_packed=timelines.lengths_packed,
        look_indexes_packed=timelines.look_indexes_packed,
        looks=[
            timeline_service_pb2.SiteTimelines.Look(
                state=look.state,  # type: ignore[arg-type]  # the wire's number
                activity=look.activity,  # type: ignore[arg-type]  # the wire's number
                reason=look.reason,
                marks=look.marks,
                capacity_left=look.capacity_left,
            )
            for look in timelines.looks
        ],
    )


def to_missing(parts: Iterable[MissingPart]) -> list[pb.Heatmap.MissingPart]:
    """Writes what is missing."""
    return [
        pb.Heatmap.MissingPart(
            part=one.part,
            message=one.message,
            reason=one.reason,
            since_time=to_timestamp(one.since_time) if one.since_time else None,
            permission=one.permission,
            in_preparation=one.in_preparation,
        )
        for one in parts
    ]


def to_labels(labels: Mapping[str, Label], names: Iterable[str]) -> list[pb.Label]:
    """Writes the labels of names, each once, in name order; those that have one."""
    return [
        pb.Label(
            name=name,
            display_name=labels[name].display_name,
            display_names=labels[name].display_names,
        )
        for name in sorted(set(names))
        if name in labels
    ]


def to_columns(columns: Sequence[Column]) -> list[pb.Heatmap.Column]:
    """Writes the hours of an axis."""
    return [
        pb.Heatmap.Column(start_time=to_timestamp(column.start_time), label=column.label)
        for column in columns
    ]


def to_cursors(places: Sequence[Place]) -> list[state_pb2.Cursor]:
    """Writes places in the order of presence."""
    return [state_pb2.Cursor(site=one.site, epoch=one.epoch, seq=one.seq) for one in places]


def to_timestamp(instant: datetime) -> Timestamp:
    """Writes an instant."""
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp


def to_date(day: date | None) -> date_pb2.Date | None:
    """Writes a day."""
    return date_pb2.Date(year=day.year, month=day.month, day=day.day) if day else None


class _PlanColumns:
    """The shifts of agents in the order in which rows need them, those of an agent once."""

    def __init__(self, plan: Plan | None, agents: Iterable[str], start_s: int) -> None:
        own = {agent: (plan or {}).get(agent, ()) for agent in agents}
        counts = [len(shifts) for shifts in own.values()]
        firsts = accumulate(counts, initial=1)
        placed = zip(own, firsts, counts, strict=False)
        self._places = {agent: (first, count) for agent, first, count in placed if count}
        self._shifts = [*chain.from_iterable(own.values())]
        self._start_ms = start_s * _SECOND_MS

    def place_of(self, agent: str) -> tuple[int, int]:
        """Returns the place of the agent's first shift, from 1, and how many she has."""
        return self._places.get(agent, (0, 0))

    def to_message(self) -> pb.Heatmap.Plan:
        """Writes the shifts."""
        starts, ends, activities = _columns_of(self._shifts, PlannedShift)
        kinds, begun, ended = _columns_of([*chain.from_iterable(activities)], PlannedActivity)
        return pb.Heatmap.Plan(
            start_offsets_seconds=self._offsets(starts),
            end_offsets_seconds=self._offsets(ends),
            activity_counts=map(len, activities),
            activity_kinds=kinds,
            activity_start_offsets_seconds=self._offsets(begun),
            activity_end_offsets_seconds=self._offsets(ended),
        )

    def _offsets(self, instants_ms: Sequence[int]) -> list[int]:
        offsets = (np.array(instants_ms, np.int64) - self._start_ms) // _SECOND_MS
        seconds: list[int] = offsets.tolist()
        return seconds


def _columns_of(rows: Sequence[Any], kind: type[Any]) -> Sequence[Sequence[Any]]:
    """Turns rows into columns; an attribute of each row would take ten times as long."""
    return [*zip(*rows, strict=True)] if rows else [()] * len(kind._fields)


def _add_rows(heatmap: pb.Heatmap, rows: Sequence[Row], plan: _PlanColumns) -> None:
    add = heatmap.rows.add
    for row in rows:
        message = add()
        message.MergeFromString(_person_bytes.of(row.person))
        message.timeline_number = row.timeline_number
        message.first_shift, message.shift_count = plan.place_of(row.person.agent)


def _groups(groups: Sequence[Group]) -> list[pb.Heatmap.Group]:
    messages, first_row = [], 0
    for group in groups:
        counts = count_states(group.rows)
        messages.append(
            pb.Heatmap.Group(
                key=_wire_key(group.key),
                first_row=first_row,
                row_count=len(group.rows),
                counts=_counts(counts, Counter()),
            )
        )
        first_row += len(group.rows)
    return messages


def _wire_key(key: str) -> str:
    """States are told by their names."""
    return state_pb2.State.Name(int(key)) if key.isdecimal() else key


def _counts(shown: Counter[int], total: Counter[int]) -> list[pb.Heatmap.StateCount]:
    return [
        pb.Heatmap.StateCount(
            state=state,  # type: ignore[arg-type]  # the wire's number
            shown_count=shown[state],
            total_count=total[state],
        )
        for state in range(STATE_COUNT)
        if shown[state] or total[state]
    ]


def _named(board: Board) -> set[str]:
    people = [row.person for row in board.rows]
    kinds = {(one.site, one.team, one.line, *one.skills) for one in people}
    return {site.name for site in board.sites}.union(*kinds)


def _timestamp_of(instant_ms: int) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromMilliseconds(instant_ms)
    return timestamp
