"""Builds one day of a site as the gateway would answer it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from google.type.date_pb2 import Date
from muster.gateway.v1.board_service_pb2 import Heatmap
from muster.presence.v1.state_pb2 import Activity, State

ONLINE = State.STATE_ONLINE
BUSY = State.STATE_BUSY
WRAP_UP = State.STATE_WRAP_UP
BREAK = State.STATE_BREAK
OFFLINE = State.STATE_OFFLINE
UNOBSERVED = State.STATE_UNOBSERVED
TALKING = Activity.ACTIVITY_TALKING


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a person, so many seconds after the day's start."""

    at_seconds: float
    state: State
    reason: str = ""
    activity: Activity = Activity.ACTIVITY_UNSPECIFIED
    inferred: bool = False


@dataclass
class Person:
    """One agent and what became of her, in order."""

    id: str
    display_name: str
    team: str = ""
    changes: list[Change] = field(default_factory=list)

    @property
    def agent(self) -> str:
        return f"agents/{self.id}"

    def then(
        self,
        clock: str,
        state: State,
        *,
        reason: str = "",
        activity: Activity = Activity.ACTIVITY_UNSPECIFIED,
        inferred: bool = False,
    ) -> "Person":
        self.changes.append(Change(_seconds(clock), state, reason, activity, inferred))
        return self


@dataclass
class BoardDay:
    """A day of the site `sites/harbour`."""

    day: date = date(2026, 3, 10)
    zone: str = "Europe/Madrid"
    now: datetime = datetime(2026, 3, 11, 9, 0, tzinfo=UTC)
    people: list[Person] = field(default_factory=list)
    site: str = "sites/harbour"
    site_display_name: str = "Harbour"
    epoch: int = 1
    seq: int = 100
    missing: str = ""
    first_data_day: date | None = date(2026, 3, 2)
    last_data_day: date | None = date(2026, 3, 10)

    @property
    def start(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, tzinfo=ZoneInfo(self.zone))

    @property
    def end(self) -> datetime:
        following = self.day + timedelta(days=1)
        return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(self.zone))

    def heatmap(self) -> Heatmap:
        """Returns the answer of GetHeatmap."""
        answer = Heatmap(
            site=self.site,
            site_display_name=self.site_display_name,
            day=_wire(self.day),
            time_zone=self.zone,
            reasons=[""],
        )
        answer.start_time.FromDatetime(self.start.astimezone(UTC))
        answer.end_time.FromDatetime(self.end.astimezone(UTC))
        answer.server_time.FromDatetime(self.now)
        answer.cursor.site, answer.cursor.epoch, answer.cursor.seq = self.site, self.epoch, self.seq
        if self.first_data_day and self.last_data_day:
            answer.first_data_day.CopyFrom(_wire(self.first_data_day))
            answer.last_data_day.CopyFrom(_wire(self.last_data_day))
        if self.missing:
            answer.missing.add(part=self.missing, message="does not answer")
        self._add_columns(answer)
        for person in self.people:
            self._add_row(answer, person)
        return answer

    def _add_columns(self, answer: Heatmap) -> None:
        instant, seen = self.start.astimezone(UTC), set[str]()
        while instant < self.end:
            label = instant.astimezone(ZoneInfo(self.zone)).strftime("%H")
            column = answer.columns.add(label=f"{label}b" if label in seen else label)
            column.start_time.FromDatetime(instant)
            seen.add(label)
            instant += timedelta(hours=1)

    def _add_row(self, answer: Heatmap, person: Person) -> None:
        row = answer.rows.add(
            agent=person.agent, display_name=person.display_name, team=person.team
        )
        if self.missing or not person.changes:
            return
        changes = person.changes
        if changes[0].at_seconds > 0:
            changes = [Change(0, UNOBSERVED), *changes]
        row.interval_count = len(changes)
        row.last_change_time.FromDatetime(
            self.start.astimezone(UTC) + timedelta(seconds=changes[-1].at_seconds)
        )
        for change in changes:
            if change.reason not in answer.reasons:
                answer.reasons.append(change.reason)
            answer.start_offsets_ms.append(int(change.at_seconds * 1000))
            answer.states.append(change.state)
            answer.activities.append(change.activity)
            answer.inferred.append(change.inferred)
            answer.reason_indexes.append(list(answer.reasons).index(change.reason))


def _seconds(clock: str) -> float:
    hours, minutes, *seconds = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + sum(map(float, seconds))


def _wire(day: date) -> Date:
    return Date(year=day.year, month=day.month, day=day.day)
