"""Builds one day of a site as the gateway would answer it."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from google.type.date_pb2 import Date
from muster.gateway.v1.board_service_pb2 import Heatmap
from muster.presence.v1.state_pb2 import Activity as Doing
from muster.presence.v1.state_pb2 import Mark, State
from muster.presence.v1.timeline_service_pb2 import SiteTimelines
from muster.roster.v1.shift_pb2 import Activity

from services.presence.rpc.packing import pack_numbers

ONLINE = State.STATE_ONLINE
BUSY = State.STATE_BUSY
WRAP_UP = State.STATE_WRAP_UP
BREAK = State.STATE_BREAK
OFFLINE = State.STATE_OFFLINE
UNOBSERVED = State.STATE_UNOBSERVED
INFERRED = Mark.MARK_INFERRED
TALKING = Doing.ACTIVITY_TALKING
MEAL = Activity.KIND_MEAL


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a person, so many seconds after the day's start."""

    at_seconds: float
    state: State
    reason: str = ""
    activity: Doing = Doing.ACTIVITY_UNSPECIFIED
    marks: int = 0
    capacity_left: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A planned stretch, in seconds after the day's start."""

    start_seconds: int
    end_seconds: int
    kind: Activity.Kind = Activity.KIND_UNSPECIFIED


@dataclass
class Person:
    """One agent and what became of her, in order."""

    id: str
    display_name: str
    team: str = ""
    changes: list[Change] = field(default_factory=list)
    line: str = ""
    skills: tuple[str, ...] = ()
    shift: Planned | None = None
    activities: tuple[Planned, ...] = ()
    site: str = "sites/harbour"

    @property
    def agent(self) -> str:
        return f"agents/{self.id}"

    def then(
        self,
        clock: str,
        state: State,
        *,
        reason: str = "",
        activity: Doing = Doing.ACTIVITY_UNSPECIFIED,
        marks: int = 0,
        capacity_left: bool = False,
    ) -> "Person":
        change = Change(_seconds(clock), state, reason, activity, marks, capacity_left)
        self.changes.append(change)
        return self

    def due(self, start: str, end: str) -> "Person":
        self.shift = Planned(int(_seconds(start)), int(_seconds(end)))
        return self


@dataclass
class BoardDay:
    """A day of the site `sites/harbour` and perhaps of others, or a range of local times."""

    day: date = date(2026, 3, 10)
    zone: str = "Europe/Madrid"
    now: datetime = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    people: list[Person] = field(default_factory=list)
    site: str = "sites/harbour"
    site_display_name: str = "Harbour"
    epoch: int = 1
    seq: int = 100
    missing: str = ""
    labels: dict[str, str] = field(default_factory=dict)
    withheld_count: int = 0
    first_data_day: date | None = date(2026, 3, 2)
    last_data_day: date | None = date(2026, 3, 10)
    other_sites: tuple[str, ...] = ()
    local: tuple[datetime, datetime] | None = None

    @property
    def start(self) -> datetime:
        if self.local is not None:
            return self.local[0].replace(tzinfo=ZoneInfo(self.zone))
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=ZoneInfo(self.zone))

    @property
    def end(self) -> datetime:
        if self.local is not None:
            return self.local[1].replace(tzinfo=ZoneInfo(self.zone))
        following = self.day + timedelta(days=1)
        return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(self.zone))

    def heatmap(self) -> Heatmap:
        """Returns the answer of GetHeatmap."""
        is_one = not self.other_sites
        answer = Heatmap(
            site=self.site if is_one else "sites/-",
            site_display_name=self.site_display_name if is_one else "",
            day=_wire(self.day) if self.local is None else None,
            time_zone=self.zone,
        )
        answer.start_time.FromDatetime(self.start.astimezone(UTC))
        answer.end_time.FromDatetime(self.end.astimezone(UTC))
        answer.server_time.FromDatetime(self.now)
        for site in (self.site, *self.other_sites):
            answer.cursors.add(site=site, epoch=self.epoch, seq=self.seq)
        if self.first_data_day and self.last_data_day:
            answer.first_data_day.CopyFrom(_wire(self.first_data_day))
            answer.last_data_day.CopyFrom(_wire(self.last_data_day))
        if self.missing:
            answer.missing.add(part=self.missing, message="does not answer")
        answer.withheld_count = self.withheld_count
        for name, display_name in self.labels.items():
            answer.labels.add(name=name, display_name=display_name)
        self._add_columns(answer)
        self._add_rows(answer)
        return answer

    def _add_columns(self, answer: Heatmap) -> None:
        instant, seen = self.start.astimezone(UTC), set[str]()
        while instant < self.end:
            local = instant.astimezone(ZoneInfo(self.zone))
            label = local.strftime("%H:%M" if local.minute else "%H")
            hour = local.replace(tzinfo=None).isoformat()
            column = answer.columns.add(label=f"{label}b" if hour in seen else label)
            column.start_time.FromDatetime(instant)
            seen.add(hour)
            instant += timedelta(hours=1)

    def _add_rows(self, answer: Heatmap) -> None:
        told: list[Person] = []
        for person in self.people:
            number = 0
            if person.changes and not self.missing:
                told.append(person)
                number = len(told)
            answer.rows.add(
                agent=person.agent,
                display_name=person.display_name,
                site=person.site,
                team=person.team,
                line=person.line,
                skills=person.skills,
                timeline_number=number,
                first_shift=self._add_shift(answer, person),
                shift_count=int(person.shift is not None),
            )
        if not self.missing:
            answer.timelines.CopyFrom(self._timelines([_from_midnight(one) for one in told]))

    def _add_shift(self, answer: Heatmap, person: Person) -> int:
        """Adds the person's shift to the plan and returns its place there, zero for none."""
        if person.shift is None:
            return 0
        plan = answer.plan
        plan.start_offsets_seconds.append(person.shift.start_seconds)
        plan.end_offsets_seconds.append(person.shift.end_seconds)
        plan.activity_counts.append(len(person.activities))
        for activity in person.activities:
            plan.activity_kinds.append(activity.kind)
            plan.activity_start_offsets_seconds.append(activity.start_seconds)
            plan.activity_end_offsets_seconds.append(activity.end_seconds)
        return len(plan.start_offsets_seconds)

    def _timelines(self, rows: list[list[Change]]) -> SiteTimelines:
        flat = [change for row in rows for change in row]
        looks = {look: index for index, look in enumerate(dict.fromkeys(map(_look, flat)))}
        return SiteTimelines(
            interval_counts=[len(row) for row in rows],
            last_change_times_ms=[self._ms_at(row[-1]) for row in rows],
            unit_ms=1,
            lengths_packed=pack_numbers(np.array(self._lengths_ms(rows), np.int64), 4),
            look_indexes_packed=pack_numbers(
                np.array([looks[_look(change)] for change in flat], np.int64), 1
            ),
            looks=[
                SiteTimelines.Look(
                    state=look.state,
                    activity=look.activity,
                    reason=look.reason,
                    marks=look.marks,
                    capacity_left=look.capacity_left,
                )
                for look in looks
            ],
        )

    def _lengths_ms(self, rows: list[list[Change]]) -> list[int]:
        end_ms = int(self.end.timestamp() * 1000)
        lengths = []
        for row in rows:
            starts = [*map(self._ms_at, row), end_ms]
            lengths += [end - start for start, end in pairwise(starts)]
        return lengths

    def _ms_at(self, change: Change) -> int:
        return int((self.start.timestamp() + change.at_seconds) * 1000)


def _from_midnight(person: Person) -> list[Change]:
    """A person's changes; before the first one nobody knows."""
    changes = person.changes
    return changes if changes[0].at_seconds <= 0 else [Change(0, UNOBSERVED), *changes]


def _look(change: Change) -> Change:
    """A change as what one sees, whenever it was."""
    return replace(change, at_seconds=0)


def _seconds(clock: str) -> float:
    hours, minutes, *seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + sum(map(float, seconds))


def _wire(day: date) -> Date:
    return Date(year=day.year, month=day.month, day=day.day)
