"""Timelines as answers."""

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import timeline_service_pb2 as pb

from chassis.calendar import Axis
from services.presence.app.read_timelines import AgentRead, Read
from services.presence.app.timeline_ports import EntryReference
from services.presence.domain.cells import break_cells, break_reasons, state_cells
from services.presence.domain.entry import microseconds_of
from services.presence.domain.looks import look_parts, looks_in
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.domain.strips import BLOCK_MS, dominant_states
from services.presence.rpc.answers import cursor_of
from services.presence.rpc.packing import pack_halves, pack_numbers

_SECOND_MS = 1_000
_BYTE = 256
_WIDTH = 4


def site_timelines_answer(read: Read, *, with_reasons: bool) -> pb.SiteTimelines:
    """Returns exact timelines, packed; without reasons nothing tells where one followed another."""
    told = read.timelines if with_reasons else read.timelines.without_reasons()
    unit_ms = _SECOND_MS if _are_seconds(told) else 1
    looks, indexes = looks_in(told.looks)
    return pb.SiteTimelines(
        cursor=cursor_of(read.place),
        start_time=timestamp(told.start_ms),
        end_time=timestamp(told.end_ms),
        agents=told.agents,
        interval_counts=told.counts.tolist(),
        last_change_times_ms=told.last_changes_ms.tolist(),
        unit_ms=unit_ms,
        lengths_packed=pack_numbers(told.lengths_ms // unit_ms, _WIDTH),
        look_indexes_packed=pack_numbers(indexes, 1 if len(looks) <= _BYTE else 2),
        looks=[_look(look, told.reasons) for look in looks],
    )


def strips_answer(read: Read, passed_ms: int) -> pb.Strips:
    """Returns the dominant state of each five minutes."""
    told = read.timelines
    states = dominant_states(told, passed_ms)
    return pb.Strips(
        cursor=cursor_of(read.place),
        start_time=timestamp(told.start_ms),
        end_time=timestamp(told.end_ms),
        passed_time=timestamp(passed_ms),
        agents=told.agents,
        block_count=states.shape[1],
        states_packed=pack_halves(states),
    )


def block_at(read: Read, passed_ms: int) -> int:
    """Returns the block that runs at an instant: within it strips of the same timelines stand."""
    return (passed_ms - read.timelines.start_ms) // BLOCK_MS


def cells_answer(read: Read, axis: Axis, passed_ms: int) -> pb.HeatmapCells:
    """Returns how long each agent was in each state, column by column."""
    told = read.timelines
    columns = axis.columns()
    edges_ms = [milliseconds_of(column.start_time) for column in columns] + [told.end_ms]
    return pb.HeatmapCells(
        cursor=cursor_of(read.place),
        start_time=timestamp(told.start_ms),
        end_time=timestamp(told.end_ms),
        passed_time=timestamp(passed_ms),
        columns=[
            pb.HeatmapCells.Column(
                start_time=timestamp(milliseconds_of(column.start_time)), label=column.label
            )
            for column in columns
        ],
        agents=told.agents,
        milliseconds_packed=pack_numbers(state_cells(told, edges_ms, passed_ms).ravel(), _WIDTH),
        reasons=break_reasons(told),
        break_milliseconds_packed=pack_numbers(
            break_cells(told, edges_ms, passed_ms).ravel(), _WIDTH
        ),
    )


def agent_timeline_answer(
    agent: str, read: AgentRead, passed_ms: int, *, with_reasons: bool
) -> pb.AgentTimeline:
    """Returns one agent's timeline up to what has passed as plain intervals; those that differ in a
    reason alone are one without reasons. Who has no entry up to the end is unobserved all the time.
    """
    told = read.folded.timelines.completed((agent,))
    starts = (told.offsets_ms + told.start_ms).tolist()
    ends = [min(end, passed_ms) for end in (*starts[1:], told.end_ms)]
    contacts = read.folded.contacts or [()]
    rows = zip(starts, ends, told.looks.tolist(), contacts, strict=True)
    intervals = [_interval(told.reasons, *row) for row in rows if row[0] < passed_ms]
    for interval, entry in zip(intervals, read.entries, strict=False):
        if entry is not None:
            interval.entry.CopyFrom(_reference(entry))
    if not with_reasons:
        intervals = _without_reasons(intervals)
    return pb.AgentTimeline(
        agent=agent,
        cursor=cursor_of(read.place),
        intervals=intervals,
        passed_time=timestamp(max(passed_ms, told.start_ms)),
    )


def timestamp(milliseconds: int) -> Timestamp:
    """Returns the instant so many milliseconds after 1970-01-01 UTC."""
    seconds, rest = divmod(milliseconds, _SECOND_MS)
    return Timestamp(seconds=seconds, nanos=rest * 1_000_000)


def milliseconds_of(instant: datetime) -> int:
    """Returns the milliseconds from 1970-01-01 UTC to an instant, cut to the full one."""
    return microseconds_of(instant) // 1_000


def _are_seconds(told: SiteTimelines) -> bool:
    whole = (told.end_ms - told.start_ms) % _SECOND_MS == 0
    # Of a span of 31 days they fit into four bytes, which divide in a third of the time.
    return whole and not bool((told.offsets_ms.astype(np.uint32) % _SECOND_MS).any())


def _look(look: int, reasons: Sequence[str]) -> pb.SiteTimelines.Look:
    parts = look_parts(look, reasons)
    return pb.SiteTimelines.Look(
        state=parts.state,  # type: ignore[arg-type]  # the wire's number
        activity=parts.activity,  # type: ignore[arg-type]  # the wire's number
        reason=parts.reason,
        marks=parts.marks,
        capacity_left=parts.capacity_left,
    )


def _without_reasons(
    intervals: Sequence[pb.AgentTimeline.Interval],
) -> list[pb.AgentTimeline.Interval]:
    joined: list[pb.AgentTimeline.Interval] = []
    for interval in intervals:
        interval.ClearField("reason")
        if joined and _show_the_same(joined[-1], interval):
            joined[-1].end_time.CopyFrom(interval.end_time)
        else:
            joined.append(interval)
    return joined


def _show_the_same(one: pb.AgentTimeline.Interval, other: pb.AgentTimeline.Interval) -> bool:
    facts = [
        (it.state, it.activity, it.marks, tuple(it.contacts), it.capacity_left)
        for it in (one, other)
    ]
    return facts[0] == facts[1]


def _reference(entry: EntryReference) -> pb.AgentTimeline.EntryReference:
    reference = pb.AgentTimeline.EntryReference(
        source=entry.source,
        source_kind=entry.source_kind.value,  # type: ignore[arg-type]  # the wire's number
        event_id=entry.event_id,
    )
    reference.occurred_time.FromDatetime(entry.occurred_time)
    reference.recorded_time.FromDatetime(entry.recorded_time)
    return reference


def _interval(
    reasons: Sequence[str], start_ms: int, end_ms: int, look: int, contacts: Sequence[str]
) -> pb.AgentTimeline.Interval:
    parts = look_parts(look, reasons)
    return pb.AgentTimeline.Interval(
        start_time=timestamp(start_ms),
        end_time=timestamp(end_ms),
        state=parts.state,  # type: ignore[arg-type]  # the wire's number
        reason=parts.reason,
        activity=parts.activity,  # type: ignore[arg-type]  # the wire's number
        marks=parts.marks,
        contacts=contacts,
        capacity_left=parts.capacity_left,
    )
