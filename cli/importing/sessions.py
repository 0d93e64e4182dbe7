"""From calls to the state changes that they tell of."""

import hashlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cli.importing.calls import Call
from cli.importing.mapping import CallRule

MOST_CONTACTS = 64
"""How many contacts a report may list."""


@dataclass(frozen=True, slots=True)
class Report:
    """A state change of one agent; `rows` are the rows of the file that begin or end with it.

    The event id follows from the content alone: the same file gives the same ids.
    """

    event_id: str
    agent: str
    state: str
    activity: str
    occurred_time: datetime
    contacts: tuple[str, ...]
    inferred: bool
    source_sequence: int
    rows: tuple[int, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Moment:
    """What the calls of one agent come to from one instant on."""

    agent: str
    at: datetime
    contacts: tuple[str, ...]
    activities: frozenset[str]
    rows: tuple[int, ...]
    next_start: datetime | None


def derive_reports(calls: Iterable[Call], rule: CallRule) -> list[Report]:
    """Derives the reports of all agents in the order of time: at most one for an agent and instant.

    An agent is busy while at least one call is in hand. Where the last one in hand ends and her
    next one starts within the session gap, she is reported as the mapping says of the time between
    calls, which is inferred; otherwise as unobserved.
    """
    by_agent: defaultdict[str, list[Call]] = defaultdict(list)
    for call in calls:
        by_agent[call.agent.id].append(call)
    reports = [
        _report_of(moment, rule)
        for agent, own in by_agent.items()
        for moment in _moments(agent, own)
    ]
    return sorted(reports, key=lambda report: (report.occurred_time, report.agent))


def count_overlaps(calls: Iterable[Call]) -> int:
    """Counts the calls that begin while an earlier one of the same agent lasts."""
    latest_end: dict[str, datetime] = {}
    overlaps = 0
    for call in sorted(calls, key=lambda call: (call.span.start_time, call.row)):
        before = latest_end.get(call.agent.id, call.span.start_time)
        overlaps += call.span.start_time < before
        latest_end[call.agent.id] = max(before, call.span.end_time)
    return overlaps


def _moments(agent: str, calls: Sequence[Call]) -> Iterator[_Moment]:
    starts: defaultdict[datetime, list[Call]] = defaultdict(list)
    ends: defaultdict[datetime, list[Call]] = defaultdict(list)
    for call in calls:
        starts[call.span.start_time].append(call)
        ends[call.span.end_time].append(call)
    start_times = sorted(starts)
    in_hand: dict[int, Call] = {}
    for at in sorted({*starts, *ends}):
        for call in ends[at]:
            del in_hand[call.row]
        for call in starts[at]:
            in_hand[call.row] = call
        following = bisect_right(start_times, at)
        yield _Moment(
            agent=agent,
            at=at,
            contacts=tuple(sorted({call.contact for call in in_hand.values()})[:MOST_CONTACTS]),
            activities=frozenset(call.activity for call in in_hand.values()),
            rows=tuple(sorted(call.row for call in (*starts[at], *ends[at]))),
            next_start=start_times[following] if following < len(start_times) else None,
        )


def _report_of(moment: _Moment, rule: CallRule) -> Report:
    within = _is_within_session(moment, rule.session_gap)
    state = "BUSY" if moment.contacts else rule.between_calls if within else "UNOBSERVED"
    activity = _activity_of(moment, rule) if moment.contacts else "UNSPECIFIED"
    return Report(
        event_id=_event_id(moment, state, activity),
        agent=f"agents/{moment.agent}",
        state=state,
        activity=activity,
        occurred_time=moment.at,
        contacts=moment.contacts,
        inferred=state == "ONLINE",
        source_sequence=_rank(state, len(moment.contacts)),
        rows=moment.rows,
    )


def _activity_of(moment: _Moment, rule: CallRule) -> str:
    # Of several calls in hand the conversation counts, and otherwise what all of them say.
    own = moment.activities - {""}
    return rule.activity if not own or rule.activity in own else min(own)


def _is_within_session(moment: _Moment, gap: timedelta) -> bool:
    return moment.next_start is not None and moment.next_start - moment.at <= gap


def _rank(state: str, contact_count: int) -> int:
    # A later file that overlaps this one only adds calls. At one instant the report that knows of
    # more calls is to count, so it comes later in the source's own order.
    return {"UNOBSERVED": 0, "ONLINE": 1}.get(state, 1 + contact_count)


def _event_id(moment: _Moment, state: str, activity: str) -> str:
    content = (moment.agent, moment.at.isoformat(), state, activity, *moment.contacts)
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32]
