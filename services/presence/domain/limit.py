"""Wrap-up limits: the entry at a limit, and the one that moves it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.presence.domain.entry import Details, Entry, microseconds_of
from services.presence.domain.outage import WATCHER
from services.presence.domain.state import Activity, EntryKind, State

LONGEST_EXTENSION = timedelta(hours=4)
LONGEST_TEXT = 500
_NEXT = timedelta(microseconds=1)


def limit_entry(wrap_up: Entry, end: State) -> Entry:
    """Returns the entry of a wrap-up's limit, which leaves the agent ONLINE or in an overrun."""
    limit_time = wrap_up.details.limit_time
    assert limit_time is not None  # noqa: S101 - only a wrap-up with a limit is due
    held = wrap_up.contacts if end is State.WRAP_UP else ()
    return Entry(
        agent=wrap_up.agent,
        event_id=f"limit:{microseconds_of(wrap_up.occurred_time)}",
        state=end,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=limit_time,
        source=wrap_up.source,
        source_kind=wrap_up.source_kind,
        actor=WATCHER,
        contacts=held,
        kind=EntryKind.LIMIT,
        details=Details(refers_to_time=wrap_up.occurred_time, queue=wrap_up.details.queue),
    )


@dataclass(frozen=True, slots=True)
class Extension:
    """By how much a wrap-up's limit moves, why, and who says so."""

    duration: timedelta
    reason: str
    text: str
    actor: str


def extended_entry(wrap_up: Entry, extension: Extension, event_id: str, now: datetime) -> Entry:
    """Returns the entry that moves the limit of a wrap-up, in the track of the wrap-up.

    The limit moves from where it is; from now, if it has passed or there is none.
    """
    occurred_time = max(now, wrap_up.occurred_time + _NEXT)
    limit_time = max(wrap_up.details.limit_time or now, now) + extension.duration
    return Entry(
        agent=wrap_up.agent,
        event_id=event_id,
        state=State.WRAP_UP,
        reason=extension.reason,
        activity=Activity.UNSPECIFIED,
        occurred_time=occurred_time,
        source=wrap_up.source,
        source_kind=wrap_up.source_kind,
        actor=extension.actor,
        contacts=wrap_up.contacts,
        details=Details(limit_time=limit_time, queue=wrap_up.details.queue, text=extension.text),
    )
