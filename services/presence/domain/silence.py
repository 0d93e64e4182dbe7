"""The entries that say what a silence means for agents."""

from collections.abc import Callable, Iterable
from datetime import timedelta

from services.presence.domain.entry import Details, Entry, microseconds_of
from services.presence.domain.lease import Gap, Lease, Loss
from services.presence.domain.outage import WATCHER
from services.presence.domain.precedence import Track, track_of
from services.presence.domain.state import Activity, EntryKind, SourceKind, State

_NEXT = timedelta(microseconds=1)
_KNOWN_TO_BE_AWAY = frozenset({State.OFFLINE, State.UNOBSERVED})

MayBeSilent = Callable[[SourceKind, str], bool]
"""Tells of a source whether it may be silent for ever."""


def loss_entries(
    losses: Iterable[Loss], tracks: Iterable[Entry], may_be_silent: MayBeSilent
) -> list[Entry]:
    """Returns the entries of losses: one for each track that only a lost source kept alive.

    `tracks` are the current entries of the tracks of a site. Whoever signed out stays so. What an
    agent said with a client that may be silent, such as a phone between jobs, goes on. What is much
    later than the last proof of life was not said by the lost one.
    """
    of_agent: dict[tuple[Track, str], list[Entry]] = {}
    for entry in tracks:
        if entry.state not in _KNOWN_TO_BE_AWAY:
            track = track_of(entry.source_kind, entry.source)
            of_agent.setdefault((track, entry.agent), []).append(entry)
            of_agent.setdefault((track, ""), []).append(entry)
    return [
        _loss_entry(loss, entry)
        for loss in losses
        for entry in of_agent.get(_reach(loss.lease), ())
        if entry.occurred_time <= loss.start_time + loss.lease.length
        and not _is_kept_by_another(entry, loss.lease, may_be_silent)
    ]


def gap_entry(site: str, gap: Gap) -> Entry:
    """Returns the entry of a silence within the grace, for one agent or all of the source's there.

    Its id names the site, since a source may fall silent at several.
    """
    lease, (start_time, end_time) = gap
    return Entry(
        agent=lease.agent,
        event_id=f"gap:{site}:{microseconds_of(start_time)}",
        state=State.UNOBSERVED,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=start_time,
        source=lease.source,
        source_kind=lease.source_kind,
        actor=WATCHER,
        kind=EntryKind.GAP,
        details=Details(end_time=end_time),
    )


def _reach(lease: Lease) -> tuple[Track, str]:
    return track_of(lease.source_kind, lease.source), lease.agent


def _is_kept_by_another(entry: Entry, lease: Lease, may_be_silent: MayBeSilent) -> bool:
    is_another = entry.source_kind is SourceKind.AGENT and entry.source != lease.source
    return is_another and may_be_silent(entry.source_kind, entry.source)


def _loss_entry(loss: Loss, current: Entry) -> Entry:
    lease = loss.lease
    # A source whose clock is ahead says something of the near future, which must not outlive it.
    occurred_time = max(loss.start_time, current.occurred_time + _NEXT)
    return Entry(
        agent=current.agent,
        event_id=f"lost:{microseconds_of(loss.start_time)}",
        state=State.UNOBSERVED,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=occurred_time,
        source=lease.source,
        source_kind=lease.source_kind,
        actor=WATCHER,
        kind=EntryKind.LOSS,
        details=Details(loss_scope=loss.scope),
    )
