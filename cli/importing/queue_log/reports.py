"""From a person's timeline to the reports that presence takes."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

from cli.importing.queue_log.facts import Kind
from cli.importing.queue_log.naming import id_of
from cli.importing.queue_log.timeline import Interval
from cli.importing.sessions import MOST_CONTACTS, Report

NO_REASON = "paused"
"""The code of a break for which the log gives no reason."""

STATES = MappingProxyType(
    {
        Kind.OFFLINE: "OFFLINE",
        Kind.ONLINE: "ONLINE",
        Kind.BREAK: "BREAK",
        Kind.WRAP_UP: "WRAP_UP",
        Kind.BUSY: "BUSY",
    }
)
_LONGEST_CONTACT = 128


@dataclass(frozen=True, slots=True)
class _State:
    at: float
    state: str
    reason: str = ""
    contacts: tuple[str, ...] = ()
    inferred: bool = False


def reports_of(
    agent: str, intervals: Iterable[Interval], codes: Mapping[str, str], *, signed_out: bool
) -> Iterator[Report]:
    """Yields the reports of one agent, given as her id; `codes` are those of reasons by their text.

    Where nothing is known, after the log's end as well, she is unobserved; but whoever signed out
    at the end stays signed out. The event id follows from the content: the same log gives the same
    ids.
    """
    for state in _states(intervals, codes, signed_out=signed_out):
        is_busy = state.state == "BUSY"
        yield Report(
            event_id=_event_id(agent, state),
            agent=f"agents/{agent}",
            state=state.state,
            activity="TALKING" if is_busy else "UNSPECIFIED",
            occurred_time=datetime.fromtimestamp(state.at, UTC),
            contacts=state.contacts,
            inferred=state.inferred,
            # What a later import knows of the end of an earlier one counts more than its silence.
            source_sequence=0 if state.state == "UNOBSERVED" else 1 + len(state.contacts),
            rows=(),
            reason=state.reason,
        )


def code_of(reason: str, codes: Mapping[str, str]) -> str:
    """Returns the code of a reason's text: the one that was given, else one made from the text."""
    return codes.get(reason) or id_of(reason) or NO_REASON


def _states(
    intervals: Iterable[Interval], codes: Mapping[str, str], *, signed_out: bool
) -> Iterator[_State]:
    last: Interval | None = None
    for interval in intervals:
        if last is not None and last.end < interval.start:
            yield _State(last.end, "UNOBSERVED")
        yield _state_of(interval, codes)
        last = interval
    if last is not None and last.kind is not Kind.OFFLINE:
        yield _State(last.end, "OFFLINE" if signed_out else "UNOBSERVED")


def _state_of(interval: Interval, codes: Mapping[str, str]) -> _State:
    is_break = interval.kind is Kind.BREAK
    in_hand = interval.contacts if interval.kind >= Kind.WRAP_UP else ()
    return _State(
        at=interval.start,
        state=STATES[interval.kind],
        reason=code_of(interval.reason, codes) if is_break else "",
        contacts=tuple(contact[:_LONGEST_CONTACT] for contact in in_hand[:MOST_CONTACTS]),
        inferred=interval.inferred,
    )


def _event_id(agent: str, state: _State) -> str:
    content = (agent, f"{state.at:.6f}", state.state, state.reason, *state.contacts)
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32]
