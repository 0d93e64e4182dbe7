"""The switch log beside the board."""

from datetime import timedelta

import pytest
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse
from muster.presence.v1.state_pb2 import SourceKind, StateLogEntry

from tests.web.conftest import OpenBoard
from tests.web.support.day import BUSY, OFFLINE, ONLINE, BoardDay, Person
from tests.web.support.gateway import Refused, Script


@pytest.fixture(autouse=True)
def _ana(script: Script) -> None:
    ana = Person("ana", "Ana Lopes").then("00:00", OFFLINE).then("08:00", ONLINE)
    script.day.people = [ana.then("09:00", BUSY).then("09:04", OFFLINE)]
    script.logs["ana"] = ListStateLogResponse(
        entries=[_entry(script.day, change) for change in range(1, 4)],
        opening_entry=_entry(script.day, 0, before=timedelta(hours=3)),
    )


def _entry(day: BoardDay, index: int, before: timedelta = timedelta()) -> StateLogEntry:
    change = day.people[0].changes[index]
    entry = StateLogEntry(
        agent="agents/ana",
        event_id=f"event-{index}",
        state=change.state,
        source="pbx-1",
        source_kind=SourceKind.SOURCE_KIND_TELEPHONY,
        contacts=["call-33112"] if change.state == BUSY else [],
    )
    occurred = day.start + timedelta(seconds=change.at_seconds) - before
    entry.occurred_time.FromDatetime(occurred)
    entry.recorded_time.FromDatetime(occurred + timedelta(seconds=1))
    return entry


def test_a_click_opens_the_persons_log(open_board: OpenBoard) -> None:
    board = open_board().drawn()

    board.click(0, "09:02")

    log = board.page.get_by_role("complementary", name="Ana Lopes")
    row = log.get_by_role("row").filter(has_text="09:00:00")
    assert "Busy" in row.inner_text()
    assert "4:00" in row.inner_text()
    assert "call-33112" in row.inner_text()
    assert "pbx-1" in row.inner_text()
    assert "agent=ana" in board.page.url


def test_the_entry_in_force_when_the_day_began_is_told_with_its_date(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&agent=ana").drawn()

    row = board.page.get_by_role("row").filter(has_text="In force when the day began")

    assert "3/9/26" in row.inner_text()
    assert "21:00:00" in row.inner_text()


def test_enter_opens_and_escape_returns_to_the_cell(open_board: OpenBoard) -> None:
    board = open_board().drawn()
    board.grid.focus()
    board.page.keyboard.press("ArrowDown")

    board.page.keyboard.press("Enter")
    board.page.get_by_role("heading", name="Ana Lopes").wait_for()
    board.page.keyboard.press("Escape")

    board.page.get_by_role("complementary").wait_for(state="detached")
    assert board.grid.evaluate("(grid) => grid === document.activeElement")
    assert "agent=" not in board.page.url


def test_a_log_that_may_not_be_seen_says_so(open_board: OpenBoard, script: Script) -> None:
    script.refusals["stateLog"] = Refused(404, "UNKNOWN_AGENT")

    board = open_board("/board?site=harbour&agent=ana", expected=("404",)).drawn()

    board.page.get_by_text("There is no such person here").wait_for()
