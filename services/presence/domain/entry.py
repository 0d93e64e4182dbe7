"""One entry of the state log, its place in the order, and the key that makes repeats harmless."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from services.presence.domain.state import Activity, EntryKind, LossScope, SourceKind, State

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST_EPOCH = 1
"""The epoch of a site that was never restored."""
_MICROSECOND = timedelta(microseconds=1)


def microseconds_of(instant: datetime) -> int:
    """Returns the microseconds from 1970-01-01 UTC to an aware instant."""
    return (instant - EPOCH) // _MICROSECOND


def instant_of(microseconds: int) -> datetime:
    """Returns the instant so many microseconds after 1970-01-01 UTC."""
    return EPOCH + timedelta(microseconds=microseconds)


class EntryOrder(NamedTuple):
    """The place of an entry among the entries of its agent; total, since it holds the entry's key.

    Comparison is by code point, which is what the store's "C" collation does with UTF-8.
    """

    occurred_time: datetime
    source_sequence: int
    event_id: str
    source: str


class ReportKey(NamedTuple):
    """What makes two reports the same one: the first is recorded, the other changes nothing.

    The day is that of the source's own time: a skew that is measured anew does not move it.
    """

    occurred_day: date
    agent: str
    source: str
    event_id: str


@dataclass(frozen=True, slots=True)
class Details:
    """What few entries have.

    `end_time` ends the span of an AMENDMENT, GAP or OUTAGE. `source_time` is what the source wrote,
    where it differs from `occurred_time`. `limit_time` ends a wrap-up, and a LIMIT names by
    `refers_to_time` the instant at which its wrap-up began. `refers_to_source` and
    `refers_to_event_id` name the entry that an ACCEPTANCE accepts. Counts are 0 where the source
    does not tell.
    """

    end_time: datetime | None = None
    source_time: datetime | None = None
    limit_time: datetime | None = None
    refers_to_time: datetime | None = None
    refers_to_source: str = ""
    refers_to_event_id: str = ""
    loss_scope: LossScope = LossScope.NOTHING
    queue: str = ""
    load_count: int = 0
    capacity_count: int = 0
    text: str = ""


NO_DETAILS = Details()
"""What most entries have; an entry without details holds this very value."""


class Entry(NamedTuple):
    """One entry of the log; `agent` is `agents/{agent}`, or empty for a whole source or site.

    An ACCEPTANCE, GAP or OUTAGE says nothing of a state and holds UNOBSERVED. A tuple, because it
    is made for every report, and a frozen dataclass takes four times as long.
    """

    agent: str
    event_id: str
    state: State
    reason: str
    activity: Activity
    occurred_time: datetime
    source: str
    source_kind: SourceKind
    actor: str
    contacts: tuple[str, ...] = ()
    marks: int = 0
    source_sequence: int = 0
    kind: EntryKind = EntryKind.CHANGE
    details: Details = NO_DETAILS

    @property
    def order(self) -> EntryOrder:
        """The place among the agent's entries."""
        return EntryOrder(self.occurred_time, self.source_sequence, self.event_id, self.source)

    @property
    def key(self) -> ReportKey:
        """The key that is recorded once."""
        source_time = self.details.source_time or self.occurred_time
        return ReportKey(source_time.date(), self.agent, self.source, self.event_id)


class Place(NamedTuple):
    """A place in the order of one site: everything up to and including link `seq` of `epoch`."""

    site: str
    epoch: int
    seq: int


@dataclass(frozen=True, slots=True)
class LoggedEntry:
    """An entry with what recording added: when, in which link, and where in it (from 0)."""

    entry: Entry
    recorded_time: datetime
    link: Place
    position: int
