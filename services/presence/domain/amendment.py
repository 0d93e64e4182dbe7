"""Corrections of the log: entries that say what was so, beside those that said otherwise."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from services.presence.domain.entry import Details, Entry
from services.presence.domain.report import is_code
from services.presence.domain.state import Activity, EntryKind, SourceKind, State

SOURCE = "amendments"
"""The source of all corrections; their actor is the author."""
LONGEST_SPAN = timedelta(days=31)
LONGEST_AGO = timedelta(days=3660)
"""What is older is kept at no site."""
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Amendment:
    """What an agent did over a span, why that is said, and under which id a repeat is known."""

    agent: str
    start_time: datetime
    end_time: datetime
    state: State
    reason: str
    text: str
    request_id: str
    author: str


def amendment_faults(amendment: Amendment, now: datetime) -> list[tuple[str, str]]:
    """Returns each field that is wrong at `now`, with what to do; none if it can be recorded."""
    faults = []
    if amendment.start_time < now - LONGEST_AGO:
        faults.append(("start_time", f"give an instant of the last {LONGEST_AGO.days} days"))
    length = amendment.end_time - amendment.start_time
    if not timedelta(0) < length <= LONGEST_SPAN:
        faults.append(("end_time", "give an instant at most 31 days after start_time"))
    if amendment.end_time > now:
        faults.append(("end_time", "give an instant that has passed: what is to come is a plan"))
    if (amendment.state is State.BREAK) != is_code(amendment.reason):
        faults.append(("reason", "a break needs a code of `[a-z0-9-]{1,63}`, others have none"))
    if not (amendment.text.strip() and len(amendment.text) <= LONGEST_TEXT):
        faults.append(("text", f"tell why, in 1 to {LONGEST_TEXT} characters"))
    elif "\x00" in amendment.text:
        faults.append(("text", "leave the character U+0000 out"))
    return faults


def amendment_entry(amendment: Amendment) -> Entry:
    """Returns the entry of an amendment without faults."""
    return Entry(
        agent=amendment.agent,
        event_id=f"amend:{amendment.request_id}",
        state=amendment.state,
        reason=amendment.reason,
        activity=Activity.UNSPECIFIED,
        occurred_time=amendment.start_time,
        source=SOURCE,
        source_kind=SourceKind.SUPERVISOR,
        actor=amendment.author,
        kind=EntryKind.AMENDMENT,
        details=Details(end_time=amendment.end_time, text=amendment.text),
    )


def acceptance_entry(claim: Entry, author: str) -> Entry:
    """Returns the entry that accepts a claimed time; there is one at most for each claim.

    It occurs at the claim's instant, so that whoever reads the claim finds it beside.
    """
    claimed = sha256(f"{claim.source}\n{claim.event_id}".encode()).hexdigest()
    return Entry(
        agent=claim.agent,
        event_id=f"accept:{claimed}",
        state=State.UNOBSERVED,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=claim.occurred_time,
        source=SOURCE,
        source_kind=SourceKind.SUPERVISOR,
        actor=author,
        kind=EntryKind.ACCEPTANCE,
        details=Details(refers_to_source=claim.source, refers_to_event_id=claim.event_id),
    )
