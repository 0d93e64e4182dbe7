"""One day of a site on the board, joined from roster and presence."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from chassis.calendar import NoSuchDay, UnknownTimeZone, ZoneDay
from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from gateway.app.ports import People, Presence
from gateway.domain.heatmap import Coverage, Row, Site, Timelines, join_rows

T = TypeVar("T")

_AWAY = frozenset({Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED})
_UNKNOWN = Coverage(None, None)


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part that could not be had, and why."""

    part: str
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """One day of a site's agents. Without the part of presence there are no timelines."""

    site: Site
    day: ZoneDay
    rows: tuple[Row, ...]
    timelines: Timelines | None
    first_day: date | None
    last_day: date | None
    missing: tuple[MissingPart, ...]
    read_time: datetime


class ReadBoard:
    """Reads the board. Roster must answer; presence may be missing, and then the board says so."""

    def __init__(self, people: People, presence: Presence, clock: Clock) -> None:
        self._people = people
        self._presence = presence
        self._clock = clock

    async def __call__(self, site_name: str, day: date | None, zone: str) -> Board:
        """Returns the day asked for; without one the newest with data; today if there is none."""
        async with asyncio.TaskGroup() as tasks:
            asked_site = tasks.create_task(_settled(self._people.get_site(site_name)))
            asked_people = tasks.create_task(_settled(self._people.list_people(site_name)))
            asked_coverage = tasks.create_task(_settled(self._presence.get_coverage(site_name)))
        site, people = _had(asked_site.result()), _had(asked_people.result())
        coverage, missing = _or_missing(asked_coverage.result())
        site_day, first_day, last_day = self._days(
            coverage or _UNKNOWN, day, zone or site.time_zone
        )
        timelines: Timelines | None = None
        if missing is None:
            asked = await _settled(self._presence.get_timelines(site_name, site_day))
            timelines, missing = _or_missing(asked)
        return Board(
            site,
            site_day,
            join_rows(people, timelines.agents if timelines else ()),
            timelines,
            first_day,
            last_day,
            (missing,) if missing else (),
            self._clock.now(),
        )

    def _days(
        self, coverage: Coverage, day: date | None, zone: str
    ) -> tuple[ZoneDay, date | None, date | None]:
        try:
            first_day, last_day = (
                _day_of(coverage.first_time, zone),
                _day_of(coverage.last_time, zone),
            )
            wanted = day or last_day
            if wanted is None:
                return ZoneDay.containing(self._clock.now(), zone), None, None
            return ZoneDay(wanted, zone), first_day, last_day
        except UnknownTimeZone as error:
            raise invalid_fields(
                [FieldViolation("time_zone", f"{error.zone!r} is no IANA time zone")]
            ) from None
        except NoSuchDay as error:
            raise invalid_fields(
                [FieldViolation("day", f"{error.zone} has no {error.day}")]
            ) from None


def _day_of(instant: datetime | None, zone: str) -> date | None:
    """Returns the day on which something happened, as the zone's calendar has it."""
    return ZoneDay.containing(instant, zone).date if instant else None


async def _settled(answer: Awaitable[T]) -> T | Refusal:
    """Waits for an answer and returns a refusal as a value, so that the answers beside it are not
    thrown away.
    """
    try:
        return await answer
    except Refusal as refusal:
        return refusal


def _had(answer: T | Refusal) -> T:
    if isinstance(answer, Refusal):
        raise answer
    return answer


def _or_missing(answer: T | Refusal) -> tuple[T | None, MissingPart | None]:
    if not isinstance(answer, Refusal):
        return answer, None
    if answer.code not in _AWAY:
        raise answer
    return None, MissingPart("presence", answer.message)
