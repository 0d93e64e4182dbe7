"""The frames of the push stream, as bytes of server-sent events."""

import json
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from google.protobuf import json_format
from muster.dispatch.v1.queue_pb2 import SiteQueueFigures
from muster.gateway.v1.push_pb2 import BoardChanges

from chassis.fields import may_read
from gateway.domain.feed import Changes, Position
from gateway.domain.topics import Topic

RETRY = b"retry: 2000\n\n"


def states_frame(site: str, changes: Changes, permissions: frozenset[str] = frozenset()) -> bytes:
    """Returns the frame of changes, at least one: the JSON form of muster.gateway.v1.BoardChanges
    without the columns that the permissions do not open.
    """
    # Written by hand since the protobuf library takes about fifty times as long; a test holds both
    # together.
    agents, states, reasons, activities, occurred_times_ms, marks, since_times_ms, *flags = zip(
        *changes.changes, strict=True
    )
    revised, capacity_left = flags
    data: dict[str, Any] = {
        "cursor": _cursor(site, changes.position),
        "agents": agents,
        "states": states,
        "reasons": reasons,
        "activities": activities,
        "occurredTimesMs": tuple(map(str, occurred_times_ms)),
        "marks": marks,
        "sinceTimesMs": tuple(map(str, since_times_ms)),
        "revised": revised,
        "capacityLeft": capacity_left,
    }
    for column in _closed_columns(permissions):
        del data[column]
    return _frame("states", data)


def waiting_frame(figures: SiteQueueFigures) -> bytes:
    """Returns the frame of queues: the JSON form of muster.dispatch.v1.SiteQueueFigures."""
    return _frame("waiting", json_format.MessageToDict(figures))


def roster_frame(site: str, position: Position, parts: Iterable[str]) -> bytes:
    """Returns the frame that tells which parts of a roster changed: the JSON form of
    muster.gateway.v1.RosterChanges.
    """
    return _frame("roster", {"cursor": _cursor(site, position), "parts": sorted(parts)})


def heartbeat_frame(now: datetime) -> bytes:
    """Returns the frame that tells that the stream lives."""
    return _frame("heartbeat", {"serverTime": now.isoformat().replace("+00:00", "Z")})


def refused_frame(topic: Topic, reason: str, detail: str) -> bytes:
    """Returns the frame that tells that the stream goes on without a topic."""
    return _frame("refused", {"topic": str(topic), "reason": reason, "detail": detail})


def missing_frame(topic: Topic, reason: str) -> bytes:
    """Returns the frame that tells that a topic stands still: its owner does not answer."""
    return _frame("missing", {"topic": str(topic), "reason": reason})


def resync_frame(topic: Topic, reason: str) -> bytes:
    """Returns the last frame of a stream whose reader has to fetch a new snapshot of a topic."""
    return _frame("resync", {"topic": str(topic), "reason": reason})


def placed(frame: bytes, places: str) -> bytes:
    """Returns the frame with the places of a stream's topics as its id."""
    return b"id: %b\n%b" % (places.encode(), frame)


@lru_cache(maxsize=256)
def _closed_columns(permissions: frozenset[str]) -> tuple[str, ...]:
    return tuple(
        field.json_name
        for field in BoardChanges.DESCRIPTOR.fields
        if not may_read(BoardChanges, field.name, permissions)
    )


def _cursor(site: str, position: Position) -> dict[str, Any]:
    return {"site": site, "epoch": position.epoch, "seq": str(position.seq)}


def _frame(event: str, data: object) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f"event: {event}\ndata: {text}\n\n".encode()
