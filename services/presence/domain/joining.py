"""Timelines of spans that follow each other, as the timelines of one span."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from services.presence.domain.looks import UNOBSERVED_LOOK, Integers, Truths
from services.presence.domain.site_timelines import SiteTimelines, all_reasons, spread


def join_spans(parts: Sequence[SiteTimelines], start_ms: int, end_ms: int) -> SiteTimelines:
    """Returns the timelines over `[start_ms, end_ms)`, which the parts cover without a hole.

    What a part does not know of an agent whom another one knows is UNOBSERVED. An interval that
    goes on from part to part is one.
    """
    parts = [part for part in parts if part.start_ms < end_ms and part.end_ms > start_ms]
    if len(parts) == 1 and (parts[0].start_ms, parts[0].end_ms) == (start_ms, end_ms):
        return parts[0]
    agents = tuple(sorted({agent for part in parts for agent in part.agents}))
    reasons = all_reasons(parts)
    pieces = [_cut(_of(part.telling(reasons), agents), start_ms, end_ms) for part in parts]
    table = _in_agent_order(pieces, len(agents))
    kept = table[:, _begins(table)]
    joined = SiteTimelines(
        start_ms=start_ms,
        end_ms=end_ms,
        agents=agents,
        reasons=reasons,
        counts=np.bincount(kept[0], minlength=len(agents)).astype(np.int64),
        openings_ms=pieces[0].openings_ms,
        offsets_ms=kept[1] - start_ms,
        looks=kept[2],
    )
    return _without_unknown(joined, parts[0].start_ms)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """What of a part lies in the span: instants at which intervals begin, agent by agent.

    `goes_on` tells of each agent whether her first interval here began before.
    """

    counts: Integers
    openings_ms: Integers
    starts_ms: Integers
    looks: Integers
    goes_on: Integers


def _of(part: SiteTimelines, agents: tuple[str, ...]) -> SiteTimelines:
    """Returns a part with just these agents; those whom it does not know are UNOBSERVED."""
    if part.agents == agents:
        return part
    rows = {agent: row for row, agent in enumerate(part.agents)}
    stranger = len(part.agents)
    more = replace(
        part,
        agents=(*part.agents, ""),
        counts=np.append(part.counts, 1),
        openings_ms=np.append(part.openings_ms, part.start_ms),
        offsets_ms=np.append(part.offsets_ms, 0),
        looks=np.append(part.looks, UNOBSERVED_LOOK),
    )
    return more.take(np.array([rows.get(agent, stranger) for agent in agents], np.int64))


def _cut(part: SiteTimelines, start_ms: int, end_ms: int) -> _Piece:
    starts = part.offsets_ms + part.start_ms
    inside = (starts < end_ms) & (starts + part.lengths_ms > start_ms)
    rows = np.repeat(np.arange(part.counts.size), part.counts)
    counts = np.bincount(rows[inside], minlength=part.counts.size).astype(np.int64)
    begun = starts.copy()
    begun[part.firsts] = part.openings_ms
    begun = begun[inside]
    openings = begun[np.cumsum(counts) - counts]
    from_ms = max(part.start_ms, start_ms)
    return _Piece(
        counts, openings, np.maximum(starts[inside], start_ms), part.looks[inside],
        (openings < from_ms).astype(np.int64),
    )  # fmt: skip


def _in_agent_order(pieces: Sequence[_Piece], agent_count: int) -> Integers:
    """Returns agent, start, look, and whether it goes on, of all intervals, agent by agent."""
    counts = np.stack([piece.counts for piece in pieces], axis=1)
    ends = np.cumsum(counts).reshape(counts.shape)
    table = np.empty((4, int(counts.sum())), np.int64)
    for index, piece in enumerate(pieces):
        places = spread(ends[:, index] - piece.counts, piece.counts)
        goes_on = np.zeros(places.size, np.int64)
        # In the first piece nothing goes on from another one.
        goes_on[np.cumsum(piece.counts) - piece.counts] = piece.goes_on if index else 0
        rows = np.repeat(np.arange(agent_count), piece.counts)
        table[:, places] = (rows, piece.starts_ms, piece.looks, goes_on)
    return table


def _without_unknown(joined: SiteTimelines, known_from_ms: int) -> SiteTimelines:
    """Leaves out whose first entry comes after the span, though her part of the day has it."""
    first = joined.looks[joined.firsts]
    unknown = (joined.counts == 1) & (first == UNOBSERVED_LOOK)
    unknown &= joined.openings_ms == known_from_ms
    return joined.take(np.flatnonzero(~unknown)) if unknown.any() else joined


def _begins(table: Integers) -> Truths:
    """Tells of each interval whether it begins here rather than going on from the one before."""
    agents, _, looks, goes_on = table
    alike = np.zeros(looks.size, np.bool_)
    alike[1:] = (looks[1:] == looks[:-1]) & (agents[1:] == agents[:-1])
    # What nobody knows has no beginning of its own.
    begins: Truths = ~(alike & (goes_on.astype(np.bool_) | (looks == UNOBSERVED_LOOK)))
    return begins
