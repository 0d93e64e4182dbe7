"""The switch log beside the board."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from muster.dispatch.v1.contact_pb2 import Channel, Contact, Direction, Leg, Recording
from muster.dispatch.v1.contact_service_pb2 import ListContactsResponse, OpenRecordingResponse
from muster.gateway.v1.board_service_pb2 import AgentDay
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse
from muster.presence.v1.record_service_pb2 import Receipt
from muster.presence.v1.state_pb2 import SourceKind, StateLogEntry
from muster.roster.v1.shift_pb2 import Activity, Shift
from playwright.sync_api import Locator, expect

from tests.web.conftest import PERMISSIONS, OpenBoard
from tests.web.support.agent_day import agent_day
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
    expect(row).to_contain_text("Busy")
    expect(row).to_contain_text("4:00")
    expect(row).to_contain_text("call-33112")
    expect(row).to_contain_text("pbx-1")
    expect(board.page).to_have_url(re.compile("agent=ana"))


def test_the_entry_in_force_when_the_day_began_is_told_with_its_date(open_board: OpenBoard) -> None:
    board = open_board("/board?site=harbour&agent=ana").drawn()

    row = board.page.get_by_role("row").filter(has_text="In force when the day began")

    expect(row).to_contain_text("3/9/26")
    expect(row).to_contain_text("21:00:00")


def test_enter_opens_and_escape_returns_to_the_cell(open_board: OpenBoard) -> None:
    board = open_board().drawn()
    board.grid.focus()
    board.page.keyboard.press("ArrowDown")

    board.page.keyboard.press("Enter")
    board.page.get_by_role("heading", name="Ana Lopes").wait_for()
    board.page.keyboard.press("Escape")

    board.page.get_by_role("complementary").wait_for(state="detached")
    expect(board.grid).to_be_focused()
    expect(board.page).not_to_have_url(re.compile("agent="))


def test_a_log_that_may_not_be_seen_says_so(open_board: OpenBoard, script: Script) -> None:
    script.refusals["agentDay"] = Refused(404, "UNKNOWN_AGENT")

    board = open_board("/board?site=harbour&agent=ana", expected=("404",)).drawn()

    board.page.get_by_text("There is no such person here").wait_for()


def _whole_day(script: Script) -> AgentDay:
    """Ana's day with a shift, a recorded call and the entries behind her timeline."""
    day = script.day
    answer = agent_day(day, "ana", script.logs["ana"])
    for place, entry in enumerate(answer.log.entries, start=1):
        entry.actor = "serviceAccounts/pbx"
        entry.link.epoch, entry.link.seq, entry.position = 1, 4711, place
        shown = answer.timeline.intervals[place].entry
        shown.source, shown.event_id = entry.source, entry.event_id
    answer.log.entries[0].source_time.FromDatetime(day.start + timedelta(hours=7, minutes=58))
    shift = answer.shifts.add(name="shifts/1", agent="agents/ana", state=Shift.STATE_PUBLISHED)
    shift.start_time.FromDatetime(day.start + timedelta(hours=8))
    shift.end_time.FromDatetime(day.start + timedelta(hours=16))
    meal = shift.activities.add(kind=Activity.KIND_MEAL)
    meal.start_time.FromDatetime(day.start + timedelta(hours=12))
    meal.end_time.FromDatetime(day.start + timedelta(hours=12, minutes=30))
    contact = Contact(
        name="contacts/c1",
        contact_id="call-33112",
        channel=Channel.CHANNEL_CALL,
        direction=Direction.DIRECTION_INBOUND,
        outcome=Contact.OUTCOME_ANSWERED,
        legs=[Leg(agent="agents/ana")],
        recordings=[Recording(name="contacts/c1/recordings/r1")],
    )
    contact.legs[0].answer_time.FromDatetime(day.start + timedelta(hours=9))
    contact.legs[0].talk.FromSeconds(240)
    answer.contacts.CopyFrom(ListContactsResponse(contacts=[contact]))
    script.agent_days["ana"] = answer
    return answer


def test_an_entry_unfolds_to_who_said_it_and_where_the_chain_holds_it(
    open_board: OpenBoard, script: Script
) -> None:
    _whole_day(script)
    log = _open_log(open_board)

    entry = log.get_by_role("button", name="08:00:00")
    entry.press("Enter")

    proof = log.locator(".log-proof")
    expect(proof).to_contain_text("serviceAccounts/pbx")
    expect(proof).to_contain_text("07:58:00")
    expect(proof).to_contain_text("link 1:4711, entry 1")
    expect(proof).to_contain_text("08:00:00 – 09:00:00")
    entry.press("Enter")
    expect(log.locator(".log-proof")).to_have_count(0)


def test_the_shift_stands_beside_what_was_seen_and_says_no_verdict(
    open_board: OpenBoard, script: Script
) -> None:
    _whole_day(script)

    shift = _open_log(open_board).get_by_role("region", name="Shift")

    expect(shift).to_contain_text("08:00 – 16:00")
    expect(shift).to_contain_text("08:00 – 09:04")
    expect(shift).to_contain_text("1:04:00 of 8:00:00")
    expect(shift).to_contain_text("12:00 – 12:30")


def test_a_recording_is_opened_once_it_is_said_what_for_and_that_it_is_written_down(
    open_board: OpenBoard, script: Script
) -> None:
    _whole_day(script)
    script.recording = OpenRecordingResponse(recording_reference="/srv/calls/33112.wav")
    contacts = _open_log(open_board).get_by_role("region", name="Contacts")
    expect(contacts).to_contain_text("4:00")

    contacts.get_by_role("button", name="Open the recording").click()
    contacts.get_by_text("Opening it is written down").wait_for()
    contacts.get_by_label("What for").fill("a complaint")
    contacts.get_by_role("button", name="Open the recording").click()

    contacts.get_by_text("/srv/calls/33112.wav").wait_for()
    assert script.recording_purposes == ["a complaint"]


def test_the_days_receipt_is_saved_under_the_persons_id_and_day(
    open_board: OpenBoard, script: Script, tmp_path: Path
) -> None:
    script.account.permissions[:] = [*PERMISSIONS, "presence.receipts.read"]
    script.receipt = Receipt(agent="agents/ana")
    log = _open_log(open_board)

    with log.page.expect_download() as download:
        log.get_by_role("button", name="Save the day's receipt").click()

    assert download.value.suggested_filename == "receipt-ana-2026-03-10.json"
    download.value.save_as(tmp_path / "receipt.json")
    assert json.loads((tmp_path / "receipt.json").read_text())["agent"] == "agents/ana"


def test_whoever_may_not_have_receipts_is_offered_none(open_board: OpenBoard) -> None:
    log = _open_log(open_board)

    log.get_by_role("table").wait_for()
    expect(log.get_by_role("button", name="Save the day's receipt")).to_have_count(0)


def test_a_part_that_could_not_be_had_says_why_and_since_when(
    open_board: OpenBoard, script: Script
) -> None:
    day = _whole_day(script)
    day.ClearField("contacts")
    away = day.missing.add(part="contacts", reason="BACKEND_UNAVAILABLE")
    away.since_time.FromDatetime(script.day.start + timedelta(hours=9, minutes=30))
    day.missing.add(part="shifts", reason="PERMISSION_MISSING", permission="roster.shifts.read")
    del day.shifts[:]
    log = _open_log(open_board)

    log.get_by_text("Contacts: does not answer since 09:30:00 (BACKEND_UNAVAILABLE)").wait_for()

    expect(log).to_contain_text("Shift: needs the permission roster.shifts.read")
    expect(log.get_by_role("region", name="Shift")).to_have_count(0)


def _open_log(open_board: OpenBoard) -> Locator:
    board = open_board("/board?site=harbour&agent=ana").drawn()
    log = board.page.get_by_role("complementary", name="Ana Lopes")
    log.get_by_role("table").wait_for()
    return log


@pytest.mark.parametrize(
    ("width", "height", "theme", "language", "name"),
    [
        (1440, 900, "light", "en-GB", "day-wide-light-en"),
        (1440, 900, "dark", "zh-CN", "day-wide-dark-zh"),
        (390, 844, "light", "zh-CN", "day-narrow-light-zh"),
        (390, 844, "dark", "en-GB", "day-narrow-dark-en"),
    ],
)
def test_the_day_fits_beside_the_board_and_on_a_phone(
    open_board: OpenBoard,
    script: Script,
    width: int,
    height: int,
    theme: str,
    language: str,
    name: str,
) -> None:
    script.account.permissions[:] = [*PERMISSIONS, "presence.receipts.read"]
    _whole_day(script)
    path = "/board?site=harbour&agent=ana"
    board = open_board(path, width=width, height=height, theme=theme, language=language).drawn()
    log = board.page.get_by_role("complementary", name="Ana Lopes")
    log.get_by_role("table").wait_for()
    log.locator(".unfold").nth(1).click()

    board.picture(name)

    assert log.evaluate("(log) => log.scrollWidth - log.clientWidth") == 0
