"""The packed form of one agent's UTC day: exact, and read back ten thousand at once.

Version 2, all numbers little-endian: uint32 version; uint32 count of intervals; int64 instant at
which the first interval began, in milliseconds since 1970, before the day if nothing changed right
at its start; for each interval uint32 milliseconds from the start of the day to its start; for each
interval uint32 look (see `looks`), whose reason is an index into the agent's own list of the day.
Everything lies on four bytes, so that many days after each other are one array of uint32.
"""

from collections.abc import Sequence
from itertools import compress
from typing import NamedTuple

import numpy as np

from services.presence.domain.looks import Integers, reason_indexes_in, with_reasons
from services.presence.domain.site_timelines import SiteTimelines, spread

VERSION = 2
DAY_MS = 86_400_000

_HEADER_WORDS, _WORD_BYTES = 4, 4
_LOW_WORD = 0xFFFFFFFF


class PackedDay(NamedTuple):
    """One agent's day with the reasons that occur in it; the first one is empty."""

    agent: str
    reasons: tuple[str, ...]
    packed: bytes


class UnknownVersionError(ValueError):
    """A packed day was written by another release."""


def pack_days(day: SiteTimelines) -> list[PackedDay]:
    """Packs the timelines of a UTC day, agent by agent."""
    sizes = _HEADER_WORDS + 2 * day.counts
    ends = np.cumsum(sizes)
    headers = ends - sizes
    starts = spread(headers + _HEADER_WORDS, day.counts)
    reasons, looks = _own_reasons(day)
    words = np.empty(int(sizes.sum()), "<u4")
    words[headers], words[headers + 1] = VERSION, day.counts
    words[headers + 2], words[headers + 3] = day.openings_ms & _LOW_WORD, day.openings_ms >> 32
    words[starts], words[starts + np.repeat(day.counts, day.counts)] = day.offsets_ms, looks
    packed = words.tobytes()
    places = zip((headers * _WORD_BYTES).tolist(), (ends * _WORD_BYTES).tolist(), strict=True)
    parts = [packed[start:end] for start, end in places]
    return [PackedDay(*one) for one in zip(day.agents, reasons, parts, strict=True)]


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


def _own_reasons(day: SiteTimelines) -> tuple[list[tuple[str, ...]], Integers]:
    """Returns the reasons of each agent, the empty one first, and all looks by these."""
    rows, indexes = np.repeat(np.arange(day.counts.size), day.counts), reason_indexes_in(day.looks)
    occurs = np.zeros((day.counts.size, len(day.reasons)), np.bool_)
    occurs[rows, indexes] = True
    occurs[:, 0] = True
    own = np.cumsum(occurs, axis=1, dtype=np.int32) - 1
    reasons = [tuple(compress(day.reasons, each)) for each in occurs.tolist()]
    return reasons, with_reasons(day.looks, own[rows, indexes].astype(np.int64))


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
