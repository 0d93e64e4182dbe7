"""The frames of the push stream, as bytes of server-sent events."""

import json
from datetime import datetime

from gateway.domain.feed import Changes, Position

RETRY = b"retry: 2000\n\n"


def states_frame(site: str, changes: Changes) -> bytes:
    """Returns the frame of changes, at least one: the JSON form of muster.gateway.v1.BoardChanges,
    its place as the event's id.
    """
    # Written by hand since the protobuf library takes about fifty times as long; a test holds both
    # together.
    agents, states, reasons, activities, occurred_times_ms, marks, since_times_ms, revised = zip(
        *changes.changes, strict=True
    )
    data = {
        "cursor": {
            "site": site,
            "epoch": changes.position.epoch,
            "seq": str(changes.position.seq),
        },
        "agents": agents,
        "states": states,
        "reasons": reasons,
        "activities": activities,
        "occurredTimesMs": tuple(map(str, occurred_times_ms)),
        "marks": marks,
        "sinceTimesMs": tuple(map(str, since_times_ms)),
        "revised": revised,
    }
    return _frame("states", data, changes.position)


def heartbeat_frame(now: datetime, position: Position | None) -> bytes:
    """Returns the frame that tells that the stream lives, and the newest place sent."""
    return _frame("heartbeat", {"serverTime": now.isoformat().replace("+00:00", "Z")}, position)


def resync_frame(topic: str, reason: str) -> bytes:
    """Returns the last frame of a stream whose reader has to fetch a new snapshot of a topic."""
    return _frame("resync", {"topic": topic, "reason": reason}, None)


def _frame(event: str, data: object, position: Position | None) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    place = f"id: {position}\n" if position else ""
    return f"event: {event}\n{place}data: {text}\n\n".encode()
