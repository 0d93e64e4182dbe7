"""What a reported event must be to be recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from services.dispatch.domain.event import EPOCH, Event
from services.dispatch.domain.fate import Reason, Refused
from services.dispatch.domain.words import (
    Channel,
    Consent,
    Direction,
    Kind,
    Party,
    Priority,
    SourceKind,
)

FUTURE_TOLERANCE = timedelta(seconds=10)
LONGEST_ID = 128
LONGEST_REFERENCE = 1_024
LONGEST_SPAN = timedelta(days=31)

_AGENT = re.compile(r"agents/[a-z0-9-]{1,63}")
_CODE = re.compile(r"[a-z0-9-]{1,63}")
_KINDS = {kind.value: kind for kind in Kind}
_LEAST_SEQUENCE, _GREATEST_SEQUENCE = -(2**63), 2**63 - 1

_WAIT = frozenset({"wait"})
_TALK = frozenset({"talk", "hold"})
_STATED: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.ANSWERED: _WAIT,
        Kind.ABANDONED: _WAIT,
        Kind.TIMED_OUT: _WAIT,
        Kind.OVERFLOWED: _WAIT,
        Kind.CALLBACK: _WAIT,
        Kind.TRANSFERRED: _TALK,
        Kind.LEG_ENDED: _TALK,
        Kind.ENDED: _TALK,
        Kind.WRAPPED_UP: frozenset({"wrap_up"}),
    }
)
_ENUMS: Mapping[str, type[IntEnum]] = MappingProxyType(
    {
        "channel": Channel,
        "direction": Direction,
        "priority": Priority,
        "ended_by": Party,
        "consent_status": Consent,
    }
)
# The other kinds take what they need from the events before them.
_ONLY_FOR: Mapping[str, frozenset[Kind]] = MappingProxyType(
    {
        "target_queue_id": frozenset({Kind.TRANSFERRED, Kind.OVERFLOWED}),
        "target_agent": frozenset({Kind.TRANSFERRED}),
        "ended_by": frozenset({Kind.ENDED}),
        "recording_reference": frozenset({Kind.RECORDED}),
    }
)
_REQUIRED: Mapping[Kind, str] = MappingProxyType(
    {Kind.ENQUEUED: "queue_id", Kind.RINGING: "agent", Kind.ANSWERED: "agent"}
)


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom the events of one call come from; `actor` is the subject of the caller's identity."""

    site: str
    source: str
    source_kind: SourceKind
    actor: str


class Report(NamedTuple):
    """One event as it arrived, by the names of the wire; its numbers may mean nothing."""

    event_id: str
    contact_id: str
    kind: int
    occurred_time: datetime | None
    source_sequence: int = 0
    queue_id: str = ""
    target_queue_id: str = ""
    agent: str = ""
    target_agent: str = ""
    channel: int = 0
    direction: int = 0
    priority: int = 0
    wait: timedelta | None = None
    talk: timedelta | None = None
    hold: timedelta | None = None
    wrap_up: timedelta | None = None
    ended_by: int = 0
    recording_reference: str = ""
    consent_status: int = 0

    @property
    def agents(self) -> tuple[str, ...]:
        """The agents that the event names."""
        return tuple(name for name in (self.agent, self.target_agent) if name)


def is_code(text: str) -> bool:
    """Tells whether a text has the form of ids, `[a-z0-9-]{1,63}`."""
    return _CODE.fullmatch(text) is not None


def check_report(
    report: Report, source_kind: SourceKind, now: datetime, greatest_age: timedelta
) -> Refused | None:
    """Returns why an event cannot be recorded at `now`, or None if it can."""
    fault = _identity_fault(report) or _form_fault(report) or _kind_fault(report)
    if fault is not None:
        return Refused(Reason.INVALID_FIELD, fault)
    return _time_refusal(report.occurred_time, source_kind, now, greatest_age)


def event_of(report: Report) -> Event:
    """Returns the event of a report that `check_report` has passed."""
    assert report.occurred_time is not None  # noqa: S101 - passed the check
    return Event(
        event_id=report.event_id,
        kind=_KINDS[report.kind],
        occurred_time=report.occurred_time,
        source_sequence=report.source_sequence,
        queue=report.queue_id,
        target_queue=report.target_queue_id,
        agent=report.agent,
        target_agent=report.target_agent,
        channel=Channel(report.channel),
        direction=Direction(report.direction),
        priority=Priority(report.priority),
        wait=report.wait,
        talk=report.talk,
        hold=report.hold,
        wrap_up=report.wrap_up,
        ended_by=Party(report.ended_by),
        recording_reference=report.recording_reference,
        consent=Consent(report.consent_status),
    )


def _identity_fault(report: Report) -> str | None:
    if not is_id(report.event_id):
        return "event_id: give 1 to 128 printable characters."
    if not is_id(report.contact_id):
        return "contact_id: give 1 to 128 printable characters."
    if report.kind not in _KINDS:
        return "kind: give one of the named kinds."
    if not _LEAST_SEQUENCE <= report.source_sequence <= _GREATEST_SEQUENCE:
        return "source_sequence: give a 64-bit integer."
    return None


def _form_fault(report: Report) -> str | None:
    for field in ("agent", "target_agent"):
        name = getattr(report, field)
        if name and _AGENT.fullmatch(name) is None:
            return f"{field}: give a name such as `agents/ana`, the id of `[a-z0-9-]{{1,63}}`."
    for field in ("queue_id", "target_queue_id"):
        queue = getattr(report, field)
        if queue and not is_code(queue):
            return f"{field}: give an id of `[a-z0-9-]{{1,63}}`."
    for field, words in _ENUMS.items():
        if getattr(report, field) not in words._value2member_map_:
            return f"{field}: give one of the named values."
    reference = report.recording_reference
    if reference and not is_printable(reference, LONGEST_REFERENCE):
        return "recording_reference: give 1 to 1024 printable characters."
    return None


def _kind_fault(report: Report) -> str | None:
    kind = Kind(report.kind)
    required = _REQUIRED.get(kind)
    if required is not None and not getattr(report, required):
        return f"{required}: required for KIND_{kind.name}."
    for field, kinds in _ONLY_FOR.items():
        if getattr(report, field) and kind not in kinds:
            return f"{field}: not of KIND_{kind.name}; leave it empty."
    if kind is Kind.RECORDED and not (report.recording_reference or report.consent_status):
        return "recording_reference: give it or consent_status for KIND_RECORDED."
    return _spans_fault(report, kind)


def _spans_fault(report: Report, kind: Kind) -> str | None:
    for field in ("wait", "talk", "hold", "wrap_up"):
        span = getattr(report, field)
        if span is None:
            continue
        if field not in _STATED.get(kind, ()):
            return f"{field}: not stated by KIND_{kind.name}; leave it out."
        if not timedelta(0) <= span <= LONGEST_SPAN:
            return f"{field}: give 0 seconds to 31 days."
    return None


def _time_refusal(
    occurred_time: datetime | None, kind: SourceKind, now: datetime, greatest_age: timedelta
) -> Refused | None:
    if occurred_time is None or occurred_time < EPOCH + LONGEST_SPAN:
        return Refused(Reason.INVALID_FIELD, "occurred_time: give an instant from 1970-02 on.")
    if occurred_time > now + FUTURE_TOLERANCE:
        return Refused(
            Reason.IN_THE_FUTURE,
            "occurred_time: over 10 seconds ahead of the server; correct the source's clock.",
        )
    if kind is not SourceKind.IMPORT and occurred_time < now - greatest_age:
        days = greatest_age // timedelta(days=1)
        return Refused(
            Reason.TOO_OLD, f"occurred_time: over {days} days ago; send it as an import."
        )
    return None


def is_id(text: str) -> bool:
    """Tells whether a text has the form of ids that sources choose."""
    return is_printable(text, LONGEST_ID)


def is_printable(text: str, longest: int) -> bool:
    """Tells whether a text has 1 to `longest` printable characters."""
    return 0 < len(text) <= longest and text.isprintable()
