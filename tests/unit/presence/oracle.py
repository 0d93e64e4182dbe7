"""The definition of a timeline, instant by instant: slow, and without a column."""

from collections.abc import Sequence
from datetime import datetime

from services.presence.domain.agent_state import Look
from services.presence.domain.entry import Entry
from services.presence.domain.precedence import PrecedenceHistory, Track, track_of
from services.presence.domain.state import EntryKind, Mark, State


def look_at(recorded: Sequence[Entry], agent: str, at: datetime, rules: PrecedenceHistory) -> Look:
    """What one sees of an agent at an instant; entries come in the order of their recording."""
    given = [entry for entry in recorded if entry.agent in (agent, "")]
    look, giver = _by_tracks(given, at, rules)
    covering = [entry for entry in given if _covers(entry, at)]
    for entry in covering:
        if entry.kind is EntryKind.AMENDMENT:
            look, giver = Look(entry.state, entry.reason, entry.activity, Mark.AMENDED), None
    marks = look.marks
    for entry in covering:
        if entry.kind is EntryKind.OUTAGE:
            marks |= Mark.OUTAGE
        if entry.kind is EntryKind.GAP and giver == _track(entry):
            marks |= Mark.GAP
    return look._replace(marks=marks)


def _by_tracks(
    given: Sequence[Entry], at: datetime, rules: PrecedenceHistory
) -> tuple[Look, Track | None]:
    kinds = (EntryKind.CHANGE, EntryKind.LIMIT, EntryKind.LOSS)
    tracks: dict[Track, list[Entry]] = {}
    for entry in sorted(given, key=lambda entry: entry.order):
        if entry.kind in kinds and entry.occurred_time <= at:
            tracks.setdefault(_track(entry), []).append(entry)
    current = {track: _current(own) for track, own in tracks.items()}
    live = {
        track: entry
        for track, entry in current.items()
        if entry is not None and entry.state is not State.UNOBSERVED
    }
    if not live:
        return Look(), None
    precedence = rules.at(at)

    def strength(track: Track) -> tuple[object, ...]:
        return (-precedence.rank(track, live[track].state), live[track].order)

    giver = max(live, key=strength)
    entry = live[giver]
    holders = [one for one in live.values() if one.state is State.BUSY]
    contacts = (
        {contact for one in holders for contact in one.contacts}
        if entry.state is State.BUSY
        else set(entry.contacts)
    )
    is_busy = entry.state is State.BUSY
    free = sum(one.details.capacity_count - one.details.load_count for one in holders)
    look = Look(
        entry.state,
        entry.reason,
        entry.activity,
        _marks(entry, given),
        tuple(sorted(contacts)),
        is_busy and free > 0,
    )
    return look, giver


def _current(own: list[Entry]) -> Entry | None:
    """The last entry of a track that counts."""
    for index in reversed(range(len(own))):
        if own[index].kind is not EntryKind.LIMIT:
            return own[index]
        others = [one for one in own[:index] if one.kind is not EntryKind.LIMIT]
        is_wrap_up = bool(others) and others[-1].state is State.WRAP_UP
        if is_wrap_up and others[-1].occurred_time == own[index].details.refers_to_time:
            return own[index]
    return None


def _marks(entry: Entry, given: Sequence[Entry]) -> int:
    marks = entry.marks
    for one in given:
        refers_to = (one.details.refers_to_source, one.details.refers_to_event_id)
        if one.kind is EntryKind.ACCEPTANCE and refers_to == (entry.source, entry.event_id):
            marks &= ~Mark.CLAIMED
    if entry.kind is EntryKind.LIMIT and entry.state is State.WRAP_UP:
        marks |= Mark.OVERRUN
    return marks


def _covers(entry: Entry, at: datetime) -> bool:
    end_time = entry.details.end_time
    return end_time is not None and entry.occurred_time <= at < end_time


def _track(entry: Entry) -> Track:
    return track_of(entry.source_kind, entry.source)
