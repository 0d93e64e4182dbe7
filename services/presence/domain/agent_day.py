"""The packed form of one agent's UTC day: exact, and read back ten thousand at once.

Version 2, all numbers little-endian: uint32 version; uint32 count of intervals; int64 instant at
which the first interval began, in milliseconds since 1970, before the day if nothing changed right
at its start; for each interval uint32 milliseconds from the start of the day to its start; for each
interval uint32 look (see `looks`), whose reason is an index into the agent's own list of the day.
Everything lies on four bytes, so that many days after each other are one array of uint32.
"""

from collections.abc import Sequence
from itertools import chain, compress
from typing import NamedTuple

import numpy as np

from services.presence.domain.looks import Integers, reason_indexes_in, with_reasons
from services.presence.domain.site_timelines import SiteTimelines, spread

VERSION = 2
DAY_MS = 86_400_000

_HEADER_WORDS, _WORD_BYTES = 4, 4
_LOW_WORD = 0xFFFFFFFF
_SEPARATOR = "\x1f"


class PackedDay(NamedTuple):
    """One agent's day with the reasons that occur in it, each after a separator."""

    agent: str
    reasons: str
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


def empty_day(agent: str) -> PackedDay:
    """Returns the packed day of an agent of whom nothing is known."""
    return PackedDay(agent, "", np.array([VERSION, 0, 0, 0], "<u4").tobytes())


def unpack_days(day_ms: int, days: Sequence[PackedDay]) -> SiteTimelines:
    """Returns the timelines of a UTC day from the packed days of agents, in their order.

    An agent whose day has no interval is left out. Raises UnknownVersionError if one of them is of
    another version.
    """
    packed = [day.packed for day in days]
    words = np.frombuffer(b"".join(packed), "<u4").astype(np.int64)
    sizes = np.fromiter(map(len, packed), np.int64, len(packed)) // _WORD_BYTES
    headers = np.cumsum(sizes) - sizes
    if (words[headers] != VERSION).any():
        raise UnknownVersionError(f"a packed day is of another version than {VERSION}")
    counts = words[headers + 1]
    starts = spread(headers + _HEADER_WORDS, counts)
    looks = words[starts + np.repeat(counts, counts)]
    common, moved = _common_reasons([day.reasons for day in days])
    rows = np.repeat(np.arange(len(days)), counts)
    told = SiteTimelines(
        start_ms=day_ms,
        end_ms=day_ms + DAY_MS,
        agents=tuple(day.agent for day in days),
        reasons=common,
        counts=counts,
        openings_ms=words[headers + 2] | words[headers + 3] << 32,
        offsets_ms=words[starts],
        looks=with_reasons(looks, moved[rows, reason_indexes_in(looks)]),
    )
    return told if counts.all() else told.take(np.flatnonzero(counts))


def _own_reasons(day: SiteTimelines) -> tuple[list[str], Integers]:
    """Returns the reasons of each agent, the empty one first, and all looks by these."""
    rows, indexes = np.repeat(np.arange(day.counts.size), day.counts), reason_indexes_in(day.looks)
    occurs = np.zeros((day.counts.size, len(day.reasons)), np.bool_)
    occurs[rows, indexes] = True
    occurs[:, 0] = True
    own = np.cumsum(occurs, axis=1, dtype=np.int32) - 1
    reasons = [_SEPARATOR.join(compress(day.reasons, each)) for each in occurs.tolist()]
    return reasons, with_reasons(day.looks, own[rows, indexes].astype(np.int64))


def _common_reasons(texts: Sequence[str]) -> tuple[tuple[str, ...], Integers]:
    """Returns all reasons as one list and, for each agent, its index of each of her own ones."""
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    lists = [text.split(_SEPARATOR) for text in numbers]
    common = tuple(dict.fromkeys(["", *chain.from_iterable(lists)]))
    place = {reason: index for index, reason in enumerate(common)}
    moved = np.zeros((len(lists), max(map(len, lists), default=1)), np.int64)
    for number, own in enumerate(lists):
        moved[number, : len(own)] = [place[reason] for reason in own]
    return common, moved[[numbers[text] for text in texts]]
