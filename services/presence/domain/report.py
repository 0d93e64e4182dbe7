"""What a report must be to become an entry."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from services.presence.domain.entry import EPOCH, NO_DETAILS, Details, Entry
from services.presence.domain.fate import Reason, Refused
from services.presence.domain.policy import PresencePolicy
from services.presence.domain.state import Activity, Mark, SourceKind, State

FUTURE_TOLERANCE = timedelta(seconds=10)
# Room for every file that anybody has, and no partitions of days that are typing errors.
GREATEST_IMPORT_AGE = timedelta(days=40 * 366)
MOST_CONTACTS = 64
LONGEST_ID = 128
GREATEST_COUNT = 1_000

_AGENT = re.compile(r"agents/[a-z0-9-]{1,63}")
_CODE = re.compile(r"[a-z0-9-]{1,63}")
_STATES = {state.value: state for state in State}
_ACTIVITIES = {activity.value: activity for activity in Activity}
_WITH_CONTACTS = frozenset({State.BUSY, State.WRAP_UP})
# Python 3.11 takes many times as long to find a member as a name, and these are for every report.
_BREAK, _BUSY, _WRAP_UP, _IMPORT = State.BREAK, State.BUSY, State.WRAP_UP, SourceKind.IMPORT
_LEAST_SEQUENCE, _GREATEST_SEQUENCE = -(2**63), 2**63 - 1


@dataclass(frozen=True, slots=True)
class Origin:
    """Whom the reports of one call come from; `actor` is the subject of the caller's identity."""

    source: str
    source_kind: SourceKind
    actor: str


class Report(NamedTuple):
    """One report as it arrived; the numbers of state and activity may mean nothing.

    `source_time` is what the source wrote, if its skew was taken off. A claim lies too far from its
    receipt to be taken.
    """

    event_id: str
    agent: str
    state: int
    reason: str
    activity: int
    occurred_time: datetime | None
    contacts: tuple[str, ...] = ()
    inferred: bool = False
    source_sequence: int = 0
    source_time: datetime | None = None
    is_claim: bool = False
    queue: str = ""
    ended_contacts: tuple[str, ...] = ()
    load_count: int = 0
    capacity_count: int = 0


def is_code(text: str) -> bool:
    """Tells whether a text has the form of ids and codes, `[a-z0-9-]{1,63}`."""
    return _CODE.fullmatch(text) is not None


def check_report(report: Report, source_kind: SourceKind, now: datetime) -> Refused | None:
    """Returns why a report cannot be recorded at `now`, or None if it can."""
    fault = _identity_fault(report) or _content_fault(report, source_kind)
    if fault is not None:
        return Refused(Reason.INVALID_FIELD, fault)
    return _time_refusal(report, source_kind, now)


def check_age(
    report: Report, source_kind: SourceKind, now: datetime, retention_days: int
) -> Refused | None:
    """Returns why a report is too old for a site that keeps its log so many days, or None.

    The days of an import run from its recording.
    """
    if source_kind is _IMPORT or report.occurred_time is None:
        return None
    if report.occurred_time >= now - timedelta(days=retention_days):
        return None
    what = f"occurred_time: over {retention_days} days ago; import it as a file."
    return Refused(Reason.TOO_OLD, what)


def entry_of(report: Report, origin: Origin, policy: PresencePolicy) -> Entry:
    """Returns the entry of a report that `check_report` has passed.

    Contacts that ended begin a wrap-up if the policy has a rule for their queue; a wrap-up ends by
    that rule, but for an import, which tells what was.
    """
    assert report.occurred_time is not None  # noqa: S101 - passed the check
    state, contacts = _STATES[report.state], report.contacts
    if report.ended_contacts and policy.wrap_up_rule(report.queue) is not None:
        state, contacts = _WRAP_UP, report.ended_contacts
    return Entry(
        agent=report.agent,
        event_id=report.event_id,
        state=state,
        reason=report.reason,
        activity=_ACTIVITIES[report.activity],
        occurred_time=report.occurred_time,
        source=origin.source,
        source_kind=origin.source_kind,
        actor=origin.actor,
        contacts=contacts,
        marks=_marks(report) if report.inferred or report.is_claim else 0,
        source_sequence=report.source_sequence,
        details=_details(report, state is _WRAP_UP, origin, policy),
    )


def _marks(report: Report) -> int:
    return report.inferred * Mark.INFERRED | report.is_claim * Mark.CLAIMED


def _details(report: Report, wraps_up: bool, origin: Origin, policy: PresencePolicy) -> Details:
    limit_time = None
    if wraps_up and origin.source_kind is not _IMPORT:
        rule = policy.wrap_up_rule(report.queue)
        if rule is not None and rule.limit is not None and report.occurred_time is not None:
            limit_time = report.occurred_time + rule.limit
    rare = (report.source_time, limit_time, report.queue, report.capacity_count, report.load_count)
    if not any(rare):
        return NO_DETAILS
    return Details(
        source_time=report.source_time,
        limit_time=limit_time,
        queue=report.queue,
        load_count=report.load_count,
        capacity_count=report.capacity_count,
    )


def _identity_fault(report: Report) -> str | None:
    if not _is_id(report.event_id):
        return "event_id: give 1 to 128 printable characters."
    if _AGENT.fullmatch(report.agent) is None:
        return "agent: give a name such as `agents/ana`, the id of `[a-z0-9-]{1,63}`."
    if not _LEAST_SEQUENCE <= report.source_sequence <= _GREATEST_SEQUENCE:
        return "source_sequence: give a 64-bit integer."
    return None


def _content_fault(report: Report, source_kind: SourceKind) -> str | None:
    state = _STATES.get(report.state)
    if state is None:
        return "state: give one of the named states."
    if state is _BREAK:
        if not is_code(report.reason):
            return "reason: a break needs a reason code of `[a-z0-9-]{1,63}`."
    elif report.reason:
        return "reason: only a break has one; leave it empty."
    if report.activity and (state is not _BUSY or report.activity not in _ACTIVITIES):
        return "activity: only a busy agent has one, of the named activities."
    if report.inferred and source_kind is not _IMPORT:
        return "inferred: only an import infers."
    return _contacts_fault(report, state) or _counts_fault(report, state)


def _contacts_fault(report: Report, state: State) -> str | None:
    if report.queue and not is_code(report.queue):
        return "queue: give an id of `[a-z0-9-]{1,63}`, or leave it empty."
    if report.contacts and state not in _WITH_CONTACTS:
        return "contacts: only a busy agent or one in wrap-up has contacts."
    if report.ended_contacts and state is not State.ONLINE:
        return "ended_contacts: only of an agent who is online."
    given = {"contacts": report.contacts, "ended_contacts": report.ended_contacts}
    for field, contacts in given.items() if report.contacts or report.ended_contacts else ():
        if len(contacts) > MOST_CONTACTS:
            return f"{field}: give at most {MOST_CONTACTS} ids."
        if not all(map(_is_id, contacts)):
            return f"{field}: give ids of 1 to 128 printable characters."
    return None


def _counts_fault(report: Report, state: State) -> str | None:
    if not (report.load_count or report.capacity_count):
        return None
    given = {"load_count": report.load_count, "capacity_count": report.capacity_count}
    for field, count in given.items():
        if not 0 <= count <= GREATEST_COUNT:
            return f"{field}: give 0 to {GREATEST_COUNT}."
    return None if state is _BUSY else "load_count: only a busy agent has load and capacity."


def _time_refusal(report: Report, source_kind: SourceKind, now: datetime) -> Refused | None:
    occurred_time = report.occurred_time
    if occurred_time is None or occurred_time < EPOCH:
        return Refused(Reason.INVALID_FIELD, "occurred_time: give an instant from 1970 on.")
    if occurred_time > now + FUTURE_TOLERANCE:
        return Refused(
            Reason.IN_THE_FUTURE,
            "occurred_time: over 10 seconds ahead of the server; correct the source's clock.",
        )
    if occurred_time < now - GREATEST_IMPORT_AGE:
        return Refused(Reason.TOO_OLD, "occurred_time: over 40 years ago; correct the year.")
    return None


def _is_id(text: str) -> bool:
    return 0 < len(text) <= LONGEST_ID and text.isprintable()
