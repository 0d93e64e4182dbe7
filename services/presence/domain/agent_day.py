"""The packed form of one agent's UTC day: exact, and read back ten thousand at once.

Version 2, all numbers little-endian: uint32 version; uint32 count of intervals; int64 instant at
which the first interval began, in milliseconds since 1970, before the day if nothing changed right
at its start; for each interval uint32 milliseconds from the start of the day to its start; for each
interval uint32 look (see `looks`), whose reason is an index into the agent's own list of the day.
Everything lies on four bytes, so that many days after each other are one array of uint32.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from services.presence.domain.looks import Integers, reason_indexes_in, with_reasons
from services.presence.domain.site_timelines import SiteTimelines, spread

VERSION = 2
DAY_MS = 86_400_000

_HEADER_WORDS = 4


class PackedDay(NamedTuple):
    """One agent's day with the reasons that occur in it; the first one is empty."""

    agent: str
    reasons: tuple[str, ...]
    packed: bytes


class UnknownVersionError(ValueError):
    """A packed day was written by another release."""


def pack_days(day: SiteTimelines) -> list[PackedDay]:
    """Packs the timelines of a UTC day, agent by agent."""
    firsts = day.firsts.tolist()
    packed = []
    for row, (agent, count) in enumerate(zip(day.agents, day.counts.tolist(), strict=True)):
        mine = slice(firsts[row], firsts[row] + count)
        used, looks = _own_reasons(day.looks[mine])
        header = np.array([VERSION, count], "<u4").tobytes()
        opening = day.openings_ms[row : row + 1].astype("<i8").tobytes()
        columns = np.concatenate((day.offsets_ms[mine], looks)).astype("<u4").tobytes()
        reasons = tuple(day.reasons[index] for index in used)
        packed.append(PackedDay(agent, reasons, header + opening + columns))
    return packed


def empty_day() -> bytes:
    """Returns the packed day of an agent of whom nothing is known."""
    return np.array([VERSION, 0, 0, 0], "<u4").tobytes()


def unpack_days(
    day_ms: int, agents: tuple[str, ...], reasons: Sequence[tuple[str, ...]], packed: bytes
) -> SiteTimelines:
    """Returns the timelines of a UTC day from the packed days of agents, joined in their order.

    An agent whose day has no interval is left out. Raises UnknownVersionError if one of them is of
    another version.
    """
    words = np.frombuffer(packed, "<u4").astype(np.int64)
    headers, counts = _headers(words, len(agents))
    if (words[headers] != VERSION).any():
        raise UnknownVersionError(f"a packed day is of another version than {VERSION}")
    starts = spread(headers + _HEADER_WORDS, counts)
    looks = words[starts + np.repeat(counts, counts)]
    common, moved = _common_reasons(reasons)
    rows = np.repeat(np.arange(len(agents)), counts)
    day = SiteTimelines(
        start_ms=day_ms,
        end_ms=day_ms + DAY_MS,
        agents=agents,
        reasons=common,
        counts=counts,
        openings_ms=words[headers + 2] | words[headers + 3] << 32,
        offsets_ms=words[starts],
        looks=with_reasons(looks, moved[rows, reason_indexes_in(looks)]),
    )
    return day if counts.all() else day.take(np.flatnonzero(counts))


def _own_reasons(looks: Integers) -> tuple[list[int], Integers]:
    """Returns the indexes of the reasons that occur, the empty one first, and looks by them."""
    indexes = reason_indexes_in(looks)
    used = np.unique(np.append(indexes, 0))
    return used.tolist(), with_reasons(looks, np.searchsorted(used, indexes))


def _headers(words: Integers, agent_count: int) -> tuple[Integers, Integers]:
    """Returns where each agent's day begins, and its count of intervals."""
    counts = []
    # A number of Python at a time: one of an array takes five times as long.
    told, place = words.data, 0
    for _ in range(agent_count):
        count = told[place + 1]
        counts.append(count)
        place += _HEADER_WORDS + 2 * count
    sizes = np.array(counts, np.int64)
    return np.cumsum(_HEADER_WORDS + 2 * sizes) - _HEADER_WORDS - 2 * sizes, sizes


def _common_reasons(lists: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], Integers]:
    """Returns all reasons as one list and, for each agent, its index of each of her own ones."""
    common = tuple(dict.fromkeys(["", *(reason for own in set(lists) for reason in own)]))
    place = {reason: index for index, reason in enumerate(common)}
    distinct = {own: number for number, own in enumerate(dict.fromkeys(lists))}
    moved = np.zeros((len(distinct), max(map(len, distinct), default=1)), np.int64)
    for own, number in distinct.items():
        moved[number, : len(own)] = [place[reason] for reason in own]
    return common, moved[[distinct[own] for own in lists]]
