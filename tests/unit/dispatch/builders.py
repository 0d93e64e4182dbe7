"""Events as the floor talks, and Hypothesis strategies of them."""

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import ContactKey, Event
from services.dispatch.domain.fold import fold_contact
from services.dispatch.domain.report import Report
from services.dispatch.domain.words import Consent, Kind, Party

NINE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
KEY = ContactKey("harbor", "pbx", "call-7")

_QUEUED = (Kind.ENQUEUED, Kind.ANSWERED, Kind.ABANDONED, Kind.TIMED_OUT, Kind.OVERFLOWED)
_BY_AGENT = (Kind.RINGING, Kind.ANSWERED, Kind.HELD, Kind.RESUMED, Kind.LEG_ENDED)


def at(seconds: float) -> datetime:
    """So many seconds after nine."""
    return NINE + timedelta(seconds=seconds)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def an_event(kind: Kind, after: float, **changes: object) -> Event:
    """Something that happened so many seconds after nine."""
    values: dict[str, object] = {
        "event_id": f"{kind.name}-{after}",
        "kind": kind,
        "occurred_time": at(after),
    }
    return Event(**(values | changes))  # type: ignore[arg-type]  # tests change what they name


def enqueued(after: float, queue: str = "support", **changes: object) -> Event:
    return an_event(Kind.ENQUEUED, after, queue=queue, **changes)


def ringing(after: float, agent: str = "ana", **changes: object) -> Event:
    return an_event(Kind.RINGING, after, agent=f"agents/{agent}", **changes)


def answered(after: float, agent: str = "ana", **changes: object) -> Event:
    return an_event(Kind.ANSWERED, after, agent=f"agents/{agent}", **changes)


def ended(after: float, ended_by: Party = Party.CUSTOMER, **changes: object) -> Event:
    return an_event(Kind.ENDED, after, ended_by=ended_by, **changes)


def folded(*events: Event) -> Contact:
    return fold_contact(KEY, events)


def a_report(**changes: object) -> Report:
    values: dict[str, object] = {
        "event_id": "e-1",
        "contact_id": "call-7",
        "kind": Kind.ENQUEUED.value,
        "occurred_time": NINE,
        "queue_id": "support",
    }
    return Report(**(values | changes))  # type: ignore[arg-type]  # tests change what they name


def _event(kind: Kind, number: int, after: int, agent: str, queue: str, span: int) -> Event:
    stated = seconds(span) if span else None
    return Event(
        event_id=f"e-{number}",
        kind=kind,
        occurred_time=at(after),
        source_sequence=number % 2,
        queue=queue if kind in _QUEUED else "",
        target_queue=queue if kind is Kind.TRANSFERRED and number % 3 else "",
        agent=f"agents/{agent}" if kind in _BY_AGENT else "",
        wait=stated if kind in _QUEUED[1:] else None,
        talk=stated if kind is Kind.ENDED else None,
        recording_reference=f"r-{number % 3}" if kind is Kind.RECORDED else "",
        consent=Consent(number % 4),
    )


def events() -> st.SearchStrategy[list[Event]]:
    """Events of one contact with distinct ids, many at equal instants, sensible or not."""
    one = st.builds(
        _event,
        kind=st.sampled_from(Kind),
        number=st.integers(0, 500),
        after=st.integers(0, 60),
        agent=st.sampled_from(("ana", "bob")),
        queue=st.sampled_from(("support", "sales")),
        span=st.integers(0, 30),
    )
    return st.lists(one, min_size=1, max_size=14, unique_by=lambda event: event.event_id)
