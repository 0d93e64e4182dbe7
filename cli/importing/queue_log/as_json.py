"""The result of reading a queue log as JSON, in pieces."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import Any

from cli.importing.queue_log.facts import Kind, Leg
from cli.importing.queue_log.reading import QueueLog
from cli.importing.queue_log.sending import Done, Fate
from cli.importing.queue_log.tally import PERSON_COUNTERS, QUEUE_COUNTERS
from cli.importing.queue_log.timeline import Interval

STATE_NAMES = MappingProxyType(
    {
        Kind.OFFLINE: "offline",
        Kind.ONLINE: "online",
        Kind.BREAK: "break",
        Kind.WRAP_UP: "wrap-up",
        Kind.BUSY: "busy",
    }
)
# One encoder for all pieces: json.dumps would make one for each.
_text = json.JSONEncoder(ensure_ascii=False).encode


def json_pieces(log: QueueLog) -> Iterator[str]:
    """Yields the text of one JSON object; no piece is larger than an interval or a call."""
    yield '{"agents": {'
    for number, name in enumerate(log.people):
        yield f"{', ' if number else ''}{_text(name)}: "
        yield from _agent(log, name)
    yield '}, "queues": '
    yield _text({name: _queue(log, name) for name in sorted(log.tally.queues)})
    yield ', "contacts": ['
    yield from _joined(_text(contact) for contact in _contacts(log.legs()))
    yield '], "rejected": ['
    yield from _joined(
        _text({"file": file, "line": line, "text": text, "reason": reason})
        for file, line, text, reason in log.spool.rejected()
    )
    yield '], "unknown_events": '
    yield _text(dict(sorted(log.lines.unknown.items())))
    yield ', "lines": '
    yield _text(_lines(log))
    yield "}"


def done_json(log: QueueLog, done: Done) -> dict[str, Any]:
    """Returns what became of an import as JSON values."""
    return {
        "lines": _lines(log),
        "unknown_events": dict(sorted(log.lines.unknown.items())),
        "people": len(log.people),
        "created": done.created_count,
        "state_reports": _fate(done.states),
        "contact_events": _fate(done.contacts),
    }


def _fate(fate: Fate) -> dict[str, Any]:
    return {
        "recorded": fate.recorded,
        "already_recorded": fate.already_recorded,
        "refused": dict(sorted(fate.refused.items())),
    }


def _agent(log: QueueLog, name: str) -> Iterator[str]:
    yield '{"intervals": ['
    intervals = _merged(_interval(each) for each in log.intervals(name))
    yield from _joined(_text(interval) for interval in intervals)
    yield '], "totals": '
    yield _text(_numbers(log.tally.people[name], PERSON_COUNTERS))
    yield "}"


def _interval(interval: Interval) -> dict[str, Any]:
    return {
        "state": STATE_NAMES[interval.kind],
        "start": _number(interval.start),
        "end": _number(interval.end),
        "open": interval.is_open,
        "reason": interval.reason or None,
        "contact": interval.contacts[0] if interval.contacts else None,
    }


def _merged(intervals: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Makes one of neighbours that show the same: only the first of several contacts is shown."""
    last: dict[str, Any] | None = None
    for interval in intervals:
        if last is not None and _is_same(last, interval):
            last = {**interval, "start": last["start"]}
            continue
        if last is not None:
            yield last
        last = interval
    if last is not None:
        yield last


def _is_same(last: Mapping[str, Any], interval: Mapping[str, Any]) -> bool:
    return bool(
        last["end"] == interval["start"]
        and last["state"] == interval["state"]
        and last["reason"] == interval["reason"]
        and last["contact"] == interval["contact"]
    )


def _queue(log: QueueLog, name: str) -> dict[str, float]:
    return _numbers(log.tally.queues[name], QUEUE_COUNTERS)


def _contacts(legs: Iterable[Leg]) -> Iterator[dict[str, Any]]:
    for contact, own in groupby(legs, key=lambda leg: leg.contact):
        yield {"id": contact, "legs": [_leg(leg) for leg in own]}


def _leg(leg: Leg) -> dict[str, Any]:
    return {
        "queue": leg.queue,
        "enter": _number(leg.enter),
        "wait_s": _number(leg.wait_s),
        "talk_s": _number(leg.talk_s),
        "agent": leg.agent,
        "outcome": leg.outcome,
    }


def _lines(log: QueueLog) -> dict[str, int]:
    counts = log.lines
    return {
        "read": counts.read,
        "used": counts.used,
        "unknown": counts.unknown.total(),
        "rejected": counts.rejected,
        "blank": counts.blank,
    }


def _numbers(counters: Mapping[str, float], names: Iterable[str]) -> dict[str, Any]:
    return {name: _number(counters[name]) for name in names}


def _number(value: float | None) -> float | None:
    """Returns a number as JSON is to show it: whole ones without a point."""
    if value is None or isinstance(value, int):
        return value
    value = round(value, 6)
    return int(value) if value.is_integer() else value


def _joined(pieces: Iterable[str]) -> Iterator[str]:
    for number, piece in enumerate(pieces):
        yield f", {piece}" if number else piece
