"""Brings shifts in."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from google.type import datetime_pb2
from muster.roster.v1 import shift_pb2, shift_service_pb2
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub
from rich.console import Console

from cli.importing.accounting import Accounting, account_for
from cli.importing.applying import sift, without_refused
from cli.importing.calling import call_patiently
from cli.importing.mapping_kinds import ShiftsMapping
from cli.importing.outcome import Outcome
from cli.importing.progress import progress
from cli.importing.rows import Row
from cli.importing.shifts import Shift, judge_shifts
from cli.session import Session, open_gateway

SHIFTS_PER_CALL = 2_000


class ShiftImport:
    """A file of shifts, judged."""

    def __init__(self, mapping: ShiftsMapping, rows: Iterable[Row]) -> None:
        judged = judge_shifts(rows, mapping)
        self._mapping = mapping
        self._accounting = account_for(judged)
        self._shifts = [each for each in judged if isinstance(each, Shift)]

    def preview(self) -> Outcome:
        """Tells what would be published."""
        line = f"{self._whole(self._shifts)} would be published; nothing was sent."
        return self._outcome(self._accounting, self._shifts, Counter(), line)

    async def send(self, session: Session, console: Console) -> Outcome:
        """Publishes what is new and different, without what the server refuses."""
        counts: Counter[str] = Counter()
        taken: list[Shift] = []
        accounting = self._accounting
        async with open_gateway(session) as channel:
            service = ShiftServiceStub(channel)

            async def check(shifts: Sequence[Shift]) -> None:
                await call_patiently(service.ApplyShifts, self._request(shifts, trial=True))

            with progress(console, "shifts", len(self._shifts)) as sent:
                for part in _parts(self._shifts):
                    sifted = await sift(part, "shifts", check)
                    accounting = without_refused(accounting, sifted.refused)
                    if sifted.taken:
                        request = self._request(sifted.taken, trial=False)
                        counts += _counts(await call_patiently(service.ApplyShifts, request))
                    taken += sifted.taken
                    sent(len(taken))
        line = (
            f"{self._whole(taken)}: {counts['created']:,} new, {counts['amended']:,} amended, "
            f"{counts['unchanged']:,} as they were published."
        )
        return self._outcome(accounting, taken, counts, line)

    def _outcome(
        self, accounting: Accounting, shifts: Sequence[Shift], counts: Counter[str], line: str
    ) -> Outcome:
        details: dict[str, Any] = {
            "agents": len({shift.agent.id for shift in shifts}),
            "first_day": min((f"{shift.start:%Y-%m-%d}" for shift in shifts), default=None),
            "last_day": max((f"{shift.start:%Y-%m-%d}" for shift in shifts), default=None),
            "shifts": {name: counts[name] for name in ("created", "amended", "unchanged")},
        }
        return Outcome(accounting, details, line)

    def _whole(self, shifts: Sequence[Shift]) -> str:
        return f"{len(shifts):,} shifts of {len({shift.agent.id for shift in shifts})} agents"

    def _request(
        self, shifts: Sequence[Shift], *, trial: bool
    ) -> shift_service_pb2.ApplyShiftsRequest:
        return shift_service_pb2.ApplyShiftsRequest(
            site=f"sites/{self._mapping.site.id}",
            shifts=[_message(shift, self._mapping.time_zone) for shift in shifts],
            validate_only=trial,
        )


def _parts(shifts: Sequence[Shift]) -> Iterator[Sequence[Shift]]:
    """Yields parts that hold all shifts of an agent, who may swap times among them."""
    part: list[Shift] = []
    by_agent: dict[str, list[Shift]] = {}
    for shift in shifts:
        by_agent.setdefault(shift.agent.id, []).append(shift)
    for own in by_agent.values():
        if part and len(part) + len(own) > SHIFTS_PER_CALL:
            yield part
            part = []
        part.extend(own)
    if part:
        yield part


def _counts(answer: shift_service_pb2.ApplyShiftsResponse) -> Counter[str]:
    return Counter(
        created=answer.created_count,
        amended=answer.amended_count,
        unchanged=answer.unchanged_count,
    )


def _message(shift: Shift, time_zone: str) -> shift_pb2.Shift:
    return shift_pb2.Shift(
        name=f"shifts/{shift.id}",
        agent=f"agents/{shift.agent.id}",
        time_zone=time_zone,
        local_start=_local(shift.start),
        local_end=_local(shift.end),
        activities=[
            shift_pb2.Activity(
                kind=f"KIND_{activity.kind}",
                local_start=_local(activity.start),
                local_end=_local(activity.end),
            )
            for activity in shift.activities
        ],
    )


def _local(at: datetime) -> datetime_pb2.DateTime:
    return datetime_pb2.DateTime(
        year=at.year,
        month=at.month,
        day=at.day,
        hours=at.hour,
        minutes=at.minute,
        seconds=at.second,
    )
