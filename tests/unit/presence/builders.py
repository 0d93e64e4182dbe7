"""Entries as the floor talks, and Hypothesis strategies of them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from services.presence.domain.entry import Entry
from services.presence.domain.report import Report
from services.presence.domain.state import Activity, Mark, SourceKind, State

MORNING = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def an_entry(agent: str = "ana", state: State = State.ONLINE, **changes: object) -> Entry:
    values: dict[str, object] = {
        "agent": f"agents/{agent}",
        "event_id": "e-1",
        "state": state,
        "reason": "meal" if state is State.BREAK else "",
        "activity": Activity.UNSPECIFIED,
        "occurred_time": MORNING,
        "source": "pbx",
        "source_kind": SourceKind.TELEPHONY,
        "actor": "processes/floor",
    }
    return Entry(**(values | changes))  # type: ignore[arg-type]  # tests change what they name


def a_report(**changes: object) -> Report:
    values: dict[str, object] = {
        "event_id": "e-1",
        "agent": "agents/ana",
        "state": State.ONLINE.value,
        "reason": "",
        "activity": 0,
        "occurred_time": MORNING,
    }
    return Report(**(values | changes))  # type: ignore[arg-type]  # tests change what they name


@dataclass(frozen=True)
class Interval:
    start: datetime
    end: datetime
    look: tuple[object, ...]


def entries(agents: tuple[str, ...] = ("ana", "bob", "eve")) -> st.SearchStrategy[list[Entry]]:
    """Entries of distinct keys around the morning, many of them at equal instants."""
    times = st.integers(-3_000, 10_000).map(
        lambda step: MORNING + timedelta(microseconds=400 * step)
    )
    one = st.builds(
        _entry,
        agent=st.sampled_from(agents),
        state=st.sampled_from(State),
        occurred_time=times,
        source_sequence=st.integers(0, 2),
        event_id=st.integers(0, 500).map(lambda number: f"e-{number}"),
        marks=st.sampled_from([0, Mark.INFERRED]),
        contacts=st.sampled_from([(), ("c-1",), ("c-1", "c-2")]),
    )
    return st.lists(one, max_size=40, unique_by=lambda entry: entry.key)


def _entry(state: State, contacts: tuple[str, ...], **changes: object) -> Entry:
    held = contacts if state in {State.BUSY, State.WRAP_UP} else ()
    return an_entry(state=state, contacts=held, **changes)  # type: ignore[arg-type]  # as above
