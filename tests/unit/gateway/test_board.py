from datetime import UTC, date, datetime

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.board import ReadBoard
from gateway.domain.heatmap import Coverage, Person
from tests.unit.gateway.fakes import MORNING, FakePeople, FakePresence, timelines

AUGUST = Coverage(
    datetime(1999, 8, 1, 5, tzinfo=UTC),
    datetime(1999, 8, 31, 23, 30, tzinfo=UTC),
)
AWAY = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "presence does not answer")


@pytest.fixture
def people() -> FakePeople:
    return FakePeople(Person("agents/a", "Ana", "teams/t"))


@pytest.fixture
def presence() -> FakePresence:
    return FakePresence(AUGUST, timelines("a"))


@pytest.fixture
def read_board(people: FakePeople, presence: FakePresence) -> ReadBoard:
    return ReadBoard(people, presence, ManualClock(MORNING))


async def test_the_board_opens_on_the_newest_day_that_has_data(read_board: ReadBoard) -> None:
    board = await read_board("sites/bank", None, "")

    # The last entry came at half past one at night in Madrid.
    assert board.day.date == board.last_day == date(1999, 9, 1)
    assert board.first_day == date(1999, 8, 1)
    assert board.day.zone == "Europe/Madrid"


async def test_the_zone_asked_for_decides_the_day(read_board: ReadBoard) -> None:
    board = await read_board("sites/bank", None, "America/Lima")

    assert board.day.date == date(1999, 8, 31)


async def test_a_site_without_data_shows_today(
    read_board: ReadBoard, presence: FakePresence
) -> None:
    presence.coverage = Coverage(None, None)

    board = await read_board("sites/bank", None, "")

    assert board.day.date == date(2026, 11, 22)
    assert board.last_day is None


async def test_presence_is_asked_for_the_day_as_the_zone_has_it(
    read_board: ReadBoard, presence: FakePresence
) -> None:
    board = await read_board("sites/bank", date(1999, 8, 5), "")

    assert presence.asked_days == [board.day]
    assert board.timelines == timelines("a")
    assert [row.timeline_number for row in board.rows] == [1]
    assert board.missing == ()


@pytest.mark.parametrize("code", [Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED])
@pytest.mark.parametrize("part", ["coverage", "timelines"])
async def test_without_presence_the_board_says_so_and_shows_the_people(
    read_board: ReadBoard, presence: FakePresence, part: str, code: Code
) -> None:
    setattr(presence, f"{part}_failure", Refusal(code, "GONE", "no answer"))

    board = await read_board("sites/bank", None, "")

    assert [(missing.part, missing.message) for missing in board.missing] == [
        ("presence", "no answer")
    ]
    assert [row.timeline_number for row in board.rows] == [0]
    assert board.timelines is None


async def test_what_presence_forbids_is_not_called_missing(
    read_board: ReadBoard, presence: FakePresence
) -> None:
    presence.coverage_failure = Refusal(Code.PERMISSION_DENIED, "PERMISSION_MISSING", "no")

    with pytest.raises(Refusal, match="PERMISSION_MISSING"):
        await read_board("sites/bank", None, "")


async def test_without_roster_there_is_no_board(
    read_board: ReadBoard, people: FakePeople, presence: FakePresence
) -> None:
    people.failure = AWAY
    presence.coverage_failure = AWAY

    with pytest.raises(Refusal, match="BACKEND_UNAVAILABLE"):
        await read_board("sites/bank", None, "")


@pytest.mark.parametrize(
    ("day", "zone", "field"),
    [
        (None, "Mars/Olympus", "time_zone"),
        (date(2011, 12, 30), "Pacific/Apia", "day"),
        (date.max, "UTC", "day"),
    ],
)
async def test_a_day_or_zone_that_is_not_there_names_its_field(
    read_board: ReadBoard, day: date | None, zone: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await read_board("sites/bank", day, zone)

    assert refused.value.reason == "INVALID_FIELD"
    assert [violation.field for violation in refused.value.violations] == [field]
