"""What is wrong with shifts that somebody wants to have published."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from services.roster.domain.checks import Fault
from services.roster.domain.localtime import is_time_zone
from services.roster.domain.people import AgentName, SiteName, is_name
from services.roster.domain.shifts import Activity, Shift, ShiftName, Span, Version

MOST_SHIFTS = 5_000
MOST_ACTIVITIES = 20
LONGEST_SHIFT = timedelta(hours=36)
_YEARS = range(1970, 2200)


@dataclass(frozen=True, slots=True)
class Known:
    """What exists of what a request names.

    `agents` are the sites of agents, `versions` the newest ones of shifts, `neighbours` the shifts
    of the named agents around that time, `end_dates` the days on which agents leave.
    """

    agents: Mapping[AgentName, SiteName]
    versions: Mapping[ShiftName, Version]
    neighbours: Sequence[Version]
    end_dates: Mapping[AgentName, date] = field(default_factory=dict)


def check_shift_counts(
    shifts: Sequence[Shift], cancelled: Sequence[ShiftName]
) -> tuple[Fault, ...]:
    """Returns the lists that are longer than one call may bring."""
    sizes = (("shifts", len(shifts)), ("cancelled_shifts", len(cancelled)))
    return tuple(
        Fault(field, f"has {count} rows; at most {MOST_SHIFTS} in one call")
        for field, count in sizes
        if count > MOST_SHIFTS
    )


def check_form(shifts: Sequence[Shift], cancelled: Sequence[ShiftName]) -> tuple[Fault, ...]:
    """Returns the first fault in the form of each row, which needs nothing but the request."""
    return (*_check_each(shifts), *_check_cancelled(cancelled, {shift.name for shift in shifts}))


def check_against(
    site: SiteName, shifts: Sequence[Shift], cancelled: Sequence[ShiftName], known: Known
) -> tuple[Fault, ...]:
    """Returns what contradicts the site's agents and shifts; the form is right already."""
    faults = [*_check_belonging(site, shifts, cancelled, known)]
    return (*faults, *_check_overlaps(shifts, set(cancelled), known.neighbours))


def _check_each(shifts: Sequence[Shift]) -> Iterator[Fault]:
    seen: dict[ShiftName, int] = {}
    for index, shift in enumerate(shifts):
        fault = next(_faults_of(shift), None)
        if fault is None and shift.name in seen:
            fault = "name", f"is that of shifts[{seen[shift.name]}] as well"
        if fault is not None:
            yield Fault(f"shifts[{index}].{fault[0]}", fault[1])
        seen.setdefault(shift.name, index)


def _faults_of(shift: Shift) -> Iterator[tuple[str, str]]:
    if not is_name(shift.name, "shifts"):
        yield "name", "is no name such as shifts/my-id, the id of [a-z0-9-]{1,63}"
    if not is_name(shift.agent, "agents"):
        yield "agent", "is no name such as agents/my-id"
    if not is_time_zone(shift.time_zone):
        yield "time_zone", "is no IANA time zone; write for example Asia/Shanghai"
        return
    if shift.local_start.year not in _YEARS:
        yield "local_start", f"must lie in the years {_YEARS[0]} to {_YEARS[-1]}"
    elif not timedelta() < shift.local_end - shift.local_start <= LONGEST_SHIFT:
        yield "local_end", "must lie after local_start, at most 36 hours"
    elif not _has_length(shift.span()):
        yield "local_end", "lies in the time that the clock skips on that day: nothing is left"
    yield from _activity_faults(shift)


def _activity_faults(shift: Shift) -> Iterator[tuple[str, str]]:
    if len(shift.activities) > MOST_ACTIVITIES:
        yield "activities", f"has {len(shift.activities)} rows; at most {MOST_ACTIVITIES}"
    for index, activity in enumerate(shift.activities):
        field = f"activities[{index}]"
        if activity.kind is None:
            yield f"{field}.kind", "is none of the kinds"
        if not _lies_within(activity, shift):
            yield f"{field}.local_start", "must begin before it ends, both within the shift"
    for index, (before, after) in enumerate(pairwise(shift.activities), start=1):
        if after.local_start < before.local_end:
            yield f"activities[{index}].local_start", "begins before the one ahead of it ends"


def _lies_within(activity: Activity, shift: Shift) -> bool:
    ordered = activity.local_start < activity.local_end
    return ordered and (
        shift.local_start <= activity.local_start and activity.local_end <= shift.local_end
    )


def _has_length(span: Span) -> bool:
    return span.start_time < span.end_time


def _check_cancelled(
    cancelled: Sequence[ShiftName], published: AbstractSet[ShiftName]
) -> Iterator[Fault]:
    seen: set[ShiftName] = set()
    for index, name in enumerate(cancelled):
        field = f"cancelled_shifts[{index}]"
        if not is_name(name, "shifts"):
            yield Fault(field, "is no name such as shifts/my-id, the id of [a-z0-9-]{1,63}")
        elif name in published or name in seen:
            yield Fault(field, "comes twice in the request")
        seen.add(name)


def _check_belonging(
    site: SiteName, shifts: Sequence[Shift], cancelled: Sequence[ShiftName], known: Known
) -> Iterator[Fault]:
    for index, shift in enumerate(shifts):
        if known.agents.get(shift.agent) != site:
            yield Fault(f"shifts[{index}].agent", f"is no agent of {site}")
        elif known.end_dates.get(shift.agent, date.max) <= shift.local_start.date():
            left = f"leaves {site} on {known.end_dates[shift.agent]}, before the shift starts"
            yield Fault(f"shifts[{index}].agent", left)
        elif _is_elsewhere(shift.name, site, known):
            yield Fault(f"shifts[{index}].name", "is that of another site's shift")
    for index, name in enumerate(cancelled):
        if _is_elsewhere(name, site, known):
            yield Fault(f"cancelled_shifts[{index}]", "is another site's shift")


def _is_elsewhere(name: ShiftName, site: SiteName, known: Known) -> bool:
    return name in known.versions and known.versions[name].site != site


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A shift in the time of its agent; `index` is None for one that is published already."""

    span: Span
    shift: Shift
    index: int | None


def _check_overlaps(
    shifts: Sequence[Shift], cancelled: AbstractSet[ShiftName], neighbours: Iterable[Version]
) -> Iterator[Fault]:
    replaced = {shift.name for shift in shifts} | cancelled
    by_agent: dict[AgentName, list[_Stretch]] = {}
    for index, shift in enumerate(shifts):
        by_agent.setdefault(shift.agent, []).append(_Stretch(shift.span(), shift, index))
    for version in neighbours:
        shift = version.shift
        if shift.name not in replaced and not shift.cancelled and shift.agent in by_agent:
            by_agent[shift.agent].append(_Stretch(shift.span(), shift, None))
    for stretches in by_agent.values():
        yield from _overlaps_of(stretches)


def _overlaps_of(stretches: Iterable[_Stretch]) -> Iterator[Fault]:
    ordered = sorted(stretches, key=lambda each: (each.span.start_time, each.span.end_time))
    lasting: _Stretch | None = None
    for stretch in ordered:
        if lasting is not None and lasting.span.overlaps(stretch.span):
            yield from _fault_of(lasting, stretch)
        if lasting is None or stretch.span.end_time > lasting.span.end_time:
            lasting = stretch


def _fault_of(one: _Stretch, other: _Stretch) -> Iterator[Fault]:
    # The later row of the request is at fault; what is published already never is.
    places = [(-1 if each.index is None else each.index, each) for each in (one, other)]
    (_, before), (index, faulty) = sorted(places, key=lambda place: place[0])
    if index < 0:
        return
    named = before.shift.name if before.index is None else f"shifts[{before.index}]"
    times = f"{before.shift.local_start:%Y-%m-%d %H:%M} to {before.shift.local_end:%Y-%m-%d %H:%M}"
    told = f"overlaps {named} of {faulty.shift.agent}, {times}"
    yield Fault(f"shifts[{faulty.index}].local_start", told)
