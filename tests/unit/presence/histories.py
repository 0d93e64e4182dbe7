"""Random histories of one agent: all kinds of entries, at few instants, so that they meet."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from services.presence.domain.entry import NO_DETAILS, Details, Entry
from services.presence.domain.precedence import (
    DEFAULT_PRECEDENCE,
    Precedence,
    PrecedenceHistory,
)
from services.presence.domain.state import Activity, EntryKind, LossScope, Mark, SourceKind, State
from tests.unit.presence.builders import MORNING, an_entry

_SOURCES = [
    ("agent-app", SourceKind.AGENT),
    ("desk", SourceKind.SUPERVISOR),
    ("pbx", SourceKind.TELEPHONY),
    ("chat", SourceKind.TELEPHONY),
    ("file", SourceKind.IMPORT),
]
_STEP_COUNT = 12


def _instant(step: int) -> datetime:
    return MORNING + timedelta(seconds=step)


instants = st.integers(0, _STEP_COUNT).map(_instant)


@st.composite
def changes(draw: st.DrawFn) -> Entry:
    """What a source reports."""
    state = draw(st.sampled_from(State))
    source, kind = draw(st.sampled_from(_SOURCES))
    held = st.sampled_from([(), ("c-1",), ("c-2", "c-1")])
    busy = state is State.BUSY
    wraps = state is State.WRAP_UP
    return an_entry(
        state=state,
        source=source,
        source_kind=kind,
        activity=draw(st.sampled_from([Activity.TALKING, Activity.HOLD])) if busy else 0,
        contacts=draw(held) if busy or wraps else (),
        marks=draw(st.sampled_from([0, 0, Mark.CLAIMED])),
        details=draw(_details_of(state)),
        **draw(_places()),
    )


@st.composite
def limits(draw: st.DrawFn) -> Entry:
    """A wrap-up's end by its rule, often of a wrap-up that is not there."""
    source, kind = draw(st.sampled_from(_SOURCES))
    return an_entry(
        state=draw(st.sampled_from([State.ONLINE, State.WRAP_UP])),
        source=source,
        source_kind=kind,
        kind=EntryKind.LIMIT,
        details=Details(refers_to_time=draw(instants)),
        **draw(_places()),
    )


@st.composite
def losses(draw: st.DrawFn) -> Entry:
    """The end of what a source knows."""
    source, kind = draw(st.sampled_from(_SOURCES))
    return an_entry(
        state=State.UNOBSERVED,
        source=source,
        source_kind=kind,
        kind=EntryKind.LOSS,
        details=Details(loss_scope=LossScope.CLIENT),
        **draw(_places()),
    )


@st.composite
def acceptances(draw: st.DrawFn) -> Entry:
    """A claim accepted, or none."""
    source, _ = draw(st.sampled_from(_SOURCES))
    return an_entry(
        state=State.UNOBSERVED,
        source="amendments",
        source_kind=SourceKind.SUPERVISOR,
        kind=EntryKind.ACCEPTANCE,
        details=Details(refers_to_source=source, refers_to_event_id=f"e-{draw(st.integers(0, 9))}"),
        **draw(_places()),
    )


@st.composite
def spans(draw: st.DrawFn) -> Entry:
    """An amendment, a gap or an outage."""
    kind = draw(st.sampled_from([EntryKind.AMENDMENT, EntryKind.GAP, EntryKind.OUTAGE]))
    amends = kind is EntryKind.AMENDMENT
    start, length = draw(st.integers(0, _STEP_COUNT)), draw(st.integers(1, 5))
    source, source_kind = draw(st.sampled_from(_SOURCES))
    concerns_all = kind is EntryKind.OUTAGE or (not amends and draw(st.booleans()))
    made = an_entry(
        state=draw(st.sampled_from(State)) if amends else State.UNOBSERVED,
        source="amendments" if amends else source,
        source_kind=SourceKind.SUPERVISOR if amends else source_kind,
        kind=kind,
        event_id=f"e-{draw(st.integers(0, 200))}",
        occurred_time=_instant(start),
        details=Details(end_time=_instant(start + length)),
    )
    return made._replace(agent="") if concerns_all else made


def histories(*, with_spans: bool = True, at_once: bool = True) -> st.SearchStrategy[list[Entry]]:
    """Entries of one agent in the order of their recording, several of them at one instant."""
    kinds = [changes(), changes(), changes(), limits(), losses(), acceptances()]
    one = st.one_of(*kinds, *([spans()] if with_spans else []))
    identities = (lambda entry: entry.key,) if at_once else (lambda entry: entry.occurred_time,)
    return st.lists(one, max_size=25, unique_by=identities)


@st.composite
def rules(draw: st.DrawFn) -> PrecedenceHistory:
    """The default precedence, and now and then another one that begins within the history."""
    if draw(st.booleans()):
        return PrecedenceHistory()
    turned = Precedence(tuple(reversed(DEFAULT_PRECEDENCE.ranks[:6])))
    start_time = _instant(draw(st.integers(1, _STEP_COUNT)))
    return PrecedenceHistory((MORNING, start_time), (DEFAULT_PRECEDENCE, turned))


@st.composite
def _places(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "occurred_time": draw(instants),
        "source_sequence": draw(st.integers(0, 1)),
        "event_id": f"e-{draw(st.integers(0, 200))}",
    }


def _details_of(state: State) -> st.SearchStrategy[Details]:
    if state is State.WRAP_UP:
        return st.sampled_from([NO_DETAILS, Details(limit_time=_instant(_STEP_COUNT), queue="q")])
    if state is State.BUSY:
        some, full = (
            Details(load_count=1, capacity_count=3),
            Details(load_count=3, capacity_count=3),
        )
        return st.sampled_from([NO_DETAILS, some, full])
    return st.just(NO_DETAILS)
