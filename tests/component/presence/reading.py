"""Packed answers, read as their contract describes them."""

import zlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from muster.presence.v1 import state_pb2 as state
from muster.presence.v1 import timeline_service_pb2 as wire

from tests.component.presence.reports import NOON, timestamp

Interval = tuple[float, float, str]
"""From and to, in seconds after noon, and what one sees."""


def numbers_in(packed: bytes, width: int) -> list[int]:
    content = zlib.decompress(packed)
    count = len(content) // width
    return [sum(content[p * count + i] << 8 * p for p in range(width)) for i in range(count)]


def rows_in(told: wire.SiteTimelines) -> dict[str, list[Interval]]:
    """The intervals of each agent."""
    lengths = numbers_in(told.lengths_packed, 4)
    indexes = numbers_in(told.look_indexes_packed, 1)
    rows: dict[str, list[Interval]] = {}
    place = 0
    for agent, count in zip(told.agents, told.interval_counts, strict=True):
        start = told.start_time.ToMilliseconds() / 1000 - NOON.timestamp()
        row = rows[agent.removeprefix("agents/")] = []
        for index in range(place, place + count):
            end = start + lengths[index] * told.unit_ms / 1000
            row.append((start, end, look_text(told.looks[indexes[index]])))
            start = end
        place += count
    return rows


def look_text(look: wire.SiteTimelines.Look) -> str:
    """What one sees in words: `BREAK meal AMENDED`."""
    name = state.State.Name(look.state).removeprefix("STATE_")
    marks = [mark.removeprefix("MARK_") for mark, bit in state.Mark.items() if bit & look.marks]
    left = "with capacity left" if look.capacity_left else ""
    return " ".join(part for part in (name, look.reason, *marks, left) if part)


def an_hour(**changes: object) -> wire.GetSiteTimelinesRequest:
    """Asks for the hour that begins at noon."""
    values: dict[str, object] = {
        "site": "sites/bank",
        "start_time": timestamp(NOON),
        "end_time": timestamp(NOON + timedelta(hours=1)),
    }
    return wire.GetSiteTimelinesRequest(**(values | changes))  # type: ignore[arg-type]  # by name


def strips_in(strips: wire.Strips) -> dict[str, list[int]]:
    """The states of each agent's blocks."""
    content = zlib.decompress(strips.states_packed)
    width = -(-strips.block_count // 2)
    return {
        agent.removeprefix("agents/"): _halves(
            content[row * width : (row + 1) * width], strips.block_count
        )
        for row, agent in enumerate(strips.agents)
    }


def after(seconds: float) -> datetime:
    """An instant so many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def _halves(row: Sequence[int], count: int) -> list[int]:
    return [row[index // 2] >> 4 * (index % 2) & 15 for index in range(count)]
