"""Our own absence, told from that of the sources, and from clocks that jump."""

from datetime import datetime, timedelta
from typing import NamedTuple

from services.presence.domain.entry import Details, Entry, microseconds_of
from services.presence.domain.state import Activity, EntryKind, SourceKind, State

LONGEST_PAUSE = timedelta(seconds=5)
"""How old a site's mark may be while presence counts as there; it is made anew each second."""

# Clocks drift by far less within a second or an outage.
_STEP = timedelta(seconds=1)

OURSELVES = "muster"
"""The source of entries that no source reported."""
WATCHER = "processes/presence"
"""Who records what presence finds out by itself."""


class Outage(NamedTuple):
    """The time in which presence was away, half-open."""

    start_time: datetime
    end_time: datetime


def find_outage(mark_time: datetime, now: datetime) -> Outage | None:
    """Returns the outage that ends now, if the last mark is too old for anything else."""
    return Outage(mark_time, now) if now - mark_time > LONGEST_PAUSE else None


class Reading(NamedTuple):
    """A reading of a clock of the wall; it was taken between two instants of one that only runs."""

    now: datetime
    begun: timedelta
    ended: timedelta


def is_clock_step(former: Reading, latter: Reading) -> bool:
    """Tells whether the clock of the wall was set between two readings."""
    by_the_wall = latter.now - former.now
    least, most = latter.begun - former.ended, latter.ended - former.begun
    return not least - _STEP <= by_the_wall <= most + _STEP


def outage_entry(site: str, outage: Outage) -> Entry:
    """Returns the entry that marks an outage for all agents of a site.

    It names no agent, so its id names the site: all sites were away at the same time.
    """
    return Entry(
        agent="",
        event_id=f"outage:{site}:{microseconds_of(outage.start_time)}",
        state=State.UNOBSERVED,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=outage.start_time,
        source=OURSELVES,
        source_kind=SourceKind.SYSTEM,
        actor=WATCHER,
        kind=EntryKind.OUTAGE,
        details=Details(end_time=outage.end_time),
    )
