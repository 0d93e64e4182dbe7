"""An agent's own day: what she sees of herself, and what she can say."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from muster.gateway.v1.audit_service_pb2 import ListMyLooksResponse
from muster.gateway.v1.board_service_pb2 import AgentDay
from muster.gateway.v1.push_pb2 import BoardChanges
from muster.presence.v1.presence_service_pb2 import ListStateLogResponse
from muster.presence.v1.state_pb2 import EntryKind, SourceKind
from playwright.sync_api import Locator, Page, expect

from tests.web.conftest import OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.board import BoardPage
from tests.web.support.day import BREAK, BUSY, OFFLINE, ONLINE, UNOBSERVED, WRAP_UP
from tests.web.support.gateway import Refused, Script, ScriptedGateway
from tests.web.support.my_day import (
    PAGE,
    PHONE,
    a_policy,
    at,
    let_telephony_rule,
    my_day,
    with_call,
    with_shift,
)

PERMISSIONS = (
    "account.self",
    "audit.looks.read",
    "board.read",
    "presence.receipts.read",
    "presence.states.report",
    "presence.wrap_up.extend",
    "protection.profiles.confirm",
    "protection.profiles.read",
)


def a_morning(source: str = PAGE) -> AgentDay:
    day = my_day(
        "15:18",
        ("00:00", OFFLINE, source, ""),
        ("08:57", ONLINE, source, ""),
        ("10:05", BUSY, source, ""),
        ("10:21", WRAP_UP, source, ""),
        ("10:24", ONLINE, source, ""),
        ("11:40", BUSY, source, ""),
        ("12:30", BREAK, source, "training"),
        ("13:02", BREAK, source, "meal"),
        ("13:33", ONLINE, source, ""),
        ("15:10", BUSY, source, ""),
    )
    with_shift(day, "09:00", "17:00", ("13:00", "13:30"))
    for answer, minutes in (("10:05", 16), ("11:40", 20), ("11:58", 4)):
        with_call(day, answer, minutes)
    return day


def yesterday() -> AgentDay:
    day = my_day(
        "15:18",
        ("00:00", OFFLINE, PAGE, ""),
        ("09:00", ONLINE, PAGE, ""),
        ("17:00", OFFLINE, PAGE, ""),
    )
    day.day.day = 9
    last = day.timeline.intervals[-1]
    for instant in (day.server_time, day.passed_time, day.timeline.passed_time, last.end_time):
        instant.CopyFrom(day.end_time)
    for column in day.columns:
        column.start_time.seconds -= 86_400
    for interval in day.timeline.intervals:
        interval.start_time.seconds -= 86_400
        interval.end_time.seconds -= 86_400
    day.start_time.seconds -= 86_400
    day.end_time.seconds -= 86_400
    return day


@pytest.fixture(autouse=True)
def _ana(script: Script) -> None:
    script.account.agent = "agents/ana"
    script.account.ClearField("permissions")
    script.account.permissions.extend(PERMISSIONS)
    script.policy = a_policy()
    script.agent_days["ana"] = a_morning()
    looks = (("Li Na", "GetAgentDay", "coaching: weekly talk"), ("Omar Aziz", "ListStateLog", ""))
    for name, method, purpose in looks:
        look = script.own.looks.looks.add(
            actor_display_name=name, method=f"muster.x.v1.X/{method}", purpose=purpose
        )
        look.look_time.FromDatetime(at("14:02"))


def card(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)


def opened(open_board: OpenBoard, **how: object) -> BoardPage:
    board = open_board("/my-day", **how)
    board.page.get_by_role("heading", name="My day").wait_for()
    return board


def test_she_reads_her_state_her_shift_her_time_and_her_contacts(open_board: OpenBoard) -> None:
    page = opened(open_board).page

    expect(card(page, "Now")).to_contain_text("Busy")
    expect(card(page, "Now").get_by_role("timer")).to_have_text(re.compile(r"8:[0-5]\d"))
    expect(card(page, "My shift")).to_contain_text("09:00 – 17:00")
    expect(card(page, "My shift")).to_contain_text("meal13:00 – 13:30")
    times = card(page, "My time").get_by_role("row")
    expect(times.filter(has_text="Work away")).to_contain_text("132:00")
    expect(times.filter(has_text="Break")).to_contain_text("131:00")
    expect(card(page, "My contacts")).to_contain_text("3 handled")
    expect(card(page, "My contacts")).to_contain_text("Call in · support · then 0:45 wrap-up20:00")


def test_the_recap_names_her_own_best_hour(open_board: OpenBoard) -> None:
    recap = card(opened(open_board).page, "Recap so far")

    expect(recap).to_contain_text("11:00 – 12:00 · 2 handled")
    expect(recap).to_contain_text("Only you see this recap.")


def test_a_busy_day_counts_every_contact_and_not_the_first_page(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    make_busy(script)
    page = opened(open_board).page
    expect(card(page, "My contacts")).to_contain_text("7 handled")
    expect(card(page, "Recap so far")).to_contain_text("Contacts handled7")

    script.own.further_contacts.contacts.append(
        with_call(a_morning(), "15:02", 3).contacts.contacts[-1]
    )
    script.agent_days["ana"].server_time.FromDatetime(at("15:20"))
    push_change(gateway)

    expect(card(page, "My contacts")).to_contain_text("8 handled")
    expect(card(page, "Recap so far")).to_contain_text("Contacts handled8")


def test_contacts_that_could_not_be_had_are_told_and_read_again(
    open_board: OpenBoard, script: Script
) -> None:
    make_busy(script)
    page = opened(open_board, expected=("500",)).page
    page.route("**/v1/agents/ana/contacts*", lambda route: route.fulfill(status=500))
    page.reload()
    contacts = card(page, "My contacts")
    contacts.get_by_role("alert").wait_for()
    expect(contacts).not_to_contain_text("handled")

    page.unroute("**/v1/agents/ana/contacts*")
    contacts.get_by_role("button", name="Retry").click()

    expect(contacts).to_contain_text("7 handled")


def make_busy(script: Script) -> None:
    """Gives her more contacts than one page holds."""
    script.own.further_contacts.contacts.extend(
        with_call(a_morning(), "14:10", 9).contacts.contacts
    )
    script.agent_days["ana"].contacts.next_page_token = "further"


def test_she_steps_back_to_a_day_and_her_present_state_stays(
    open_board: OpenBoard, script: Script
) -> None:
    page = opened(open_board).page
    expect(card(page, "Now")).to_contain_text("Busy")
    script.agent_days["ana"] = yesterday()

    with page.expect_request(lambda request: "day.day=9" in request.url):
        page.keyboard.press("[")

    expect(page).to_have_url(re.compile(r"/my-day\?day=2026-03-09$"))
    expect(card(page, "My timeline")).to_contain_text("3 changes in words")
    expect(card(page, "Recap of the day")).to_contain_text("On duty8:00:00")
    expect(card(page, "Now")).to_contain_text("Busy")
    page.get_by_role("button", name="Today").click()
    expect(page.get_by_role("button", name="Next day")).to_be_disabled()
    expect(page.get_by_role("button", name="Previous day")).to_be_focused()


def test_retry_renews_the_day_that_failed_though_today_failed_as_well(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    page = opened(open_board, expected=("500",)).page
    expect(card(page, "Now")).to_contain_text("Busy")
    script.refusals["agentDay"] = Refused(500, "INTERNAL")
    page.keyboard.press("[")
    push_change(gateway)
    expect(page.get_by_role("button", name="Retry")).to_have_count(2)

    script.agent_days["ana"] = yesterday()
    script.refusals.clear()
    page.get_by_role("button", name="Retry").last.click()

    expect(card(page, "Recap of the day")).to_contain_text("On duty8:00:00")


def test_she_steps_back_as_far_as_days_are_kept(open_board: OpenBoard, script: Script) -> None:
    script.policy.state_log_retention_days = 35
    page = open_board("/my-day?day=2026-02-03").page

    expect(page.get_by_role("button", name="Previous day")).to_be_disabled()
    expect(card(page, "What is kept of me")).to_contain_text("kept for 35 days")


def test_she_reads_each_entry_with_its_proof_as_her_supervisor_does(
    open_board: OpenBoard, script: Script
) -> None:
    entry = script.agent_days["ana"].log.entries.add(
        source="pbx-1",
        event_id="e-7",
        state=BUSY,
        source_kind=SourceKind.SOURCE_KIND_TELEPHONY,
        kind=EntryKind.ENTRY_KIND_CHANGE,
    )
    entry.occurred_time.FromDatetime(at("10:05"))
    entry.source_time.FromDatetime(at("10:06"))
    entry.link.epoch, entry.link.seq = 1, 41
    log = card(opened(open_board).page, "Switch log").first

    log.get_by_text("Every entry: who said it").click()
    log.get_by_role("button", name="10:05:00").click()

    expect(log).to_contain_text("Time the source claims10:06:00")
    expect(log).to_contain_text("link 1:41")


def test_a_long_log_that_was_unfolded_goes_on_and_is_counted_once_it_is_whole(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    day = script.agent_days["ana"]
    add_entry(day.log, "10:05", 1)
    day.log.next_page_token = "further"
    further = script.logs["ana"] = ListStateLogResponse()
    add_entry(further, "11:40", 2)
    page = opened(open_board).page
    log = card(page, "Switch log").first
    log.get_by_text("Every entry: who said it").click()
    expect(log.locator("header")).to_have_text("Switch log")

    log.get_by_role("button", name="Show more").click()
    expect(log.locator("header")).to_contain_text("2 entries")

    add_entry(further, "15:10", 3)
    day.server_time.FromDatetime(at("15:20"))
    push_change(gateway)

    expect(log.locator("header")).to_contain_text("3 entries")


def add_entry(log: ListStateLogResponse, clock: str, seq: int) -> None:
    entry = log.entries.add(source="pbx-1", event_id=f"e-{seq}", state=BUSY)
    entry.source_kind = SourceKind.SOURCE_KIND_TELEPHONY
    entry.kind = EntryKind.ENTRY_KIND_CHANGE
    entry.occurred_time.FromDatetime(at(clock))
    entry.link.epoch, entry.link.seq = 1, seq


def test_a_recording_of_hers_is_opened_for_a_purpose(open_board: OpenBoard, script: Script) -> None:
    script.agent_days["ana"].contacts.contacts[0].recordings.add(name="contacts/0/recordings/r")
    script.recording.recording_reference = "https://recordings.example/r"
    contacts = card(opened(open_board).page, "My contacts")

    contacts.get_by_role("button", name="Open the recording").click()
    contacts.get_by_role("textbox").fill("to hear myself")
    contacts.get_by_role("button", name="Open the recording").click()

    expect(contacts.get_by_role("link")).to_have_attribute("href", "https://recordings.example/r")
    assert script.recording_purposes == ["to hear myself"]


def test_every_change_of_the_day_is_told_in_words(open_board: OpenBoard) -> None:
    page = opened(open_board).page

    page.get_by_text("10 changes in words").click()

    lines = card(page, "My timeline").get_by_role("listitem")
    expect(lines).to_have_count(10)
    expect(lines.nth(2)).to_contain_text("13:02 – 13:33")
    expect(lines.nth(2)).to_contain_text("Meal")
    expect(lines.nth(2)).to_contain_text("31:00")


def test_she_reads_who_looked_at_her_and_what_for(open_board: OpenBoard) -> None:
    looks = card(opened(open_board).page, "Who looked at me").get_by_role("listitem")

    expect(looks.nth(0)).to_contain_text("Li Na my day · Coaching: weekly talk")
    expect(looks.nth(0)).to_contain_text("14:02")
    expect(looks.nth(1)).to_contain_text("Omar Aziz my switch log · no purpose stated")


def test_she_confirms_having_read_how_she_is_protected(open_board: OpenBoard) -> None:
    protection = card(opened(open_board).page, "How I am protected")
    expect(protection).to_contain_text("those who lead your team directly")
    expect(protection).to_contain_text("Screens on walls name nobody.")
    expect(protection).to_contain_text("works council and employer")

    protection.get_by_role("button", name="I have read it").click()

    expect(protection).to_contain_text("You confirmed on")
    expect(protection.get_by_role("button")).to_have_count(0)


def test_she_saves_the_receipt_of_her_day(open_board: OpenBoard, script: Script) -> None:
    script.receipt.agent, script.receipt.day = "agents/ana", "2026-03-10"
    page = opened(open_board).page

    with page.expect_download() as saving:
        page.get_by_role("button", name="Save the day's receipt").click()

    assert saving.value.suggested_filename == "receipt-ana-2026-03-10.json"
    assert json.loads(Path(saving.value.path()).read_text())["agent"] == "agents/ana"


def test_what_she_presses_is_reported_as_her_own_button(
    open_board: OpenBoard, script: Script
) -> None:
    page = opened(open_board).page
    expect(card(page, "Now").get_by_role("button", name="Missed offer")).to_have_count(0)

    card(page, "Now").get_by_role("button", name="Meal").click()
    page.get_by_text("Noted. At present what another source says counts").wait_for()

    (call,) = script.own.reports
    (report,) = call["reports"]
    assert call["sourceKind"] == "SOURCE_KIND_AGENT"
    assert call["source"].startswith("my-day-")
    sent, occurred = map(datetime.fromisoformat, (call["sentTime"], report["occurredTime"]))
    assert timedelta() <= sent - occurred < timedelta(seconds=1)
    assert (report["agent"], report["state"], report["reason"]) == (
        "agents/ana",
        "STATE_BREAK",
        "meal",
    )


def test_what_is_refused_says_why(open_board: OpenBoard, script: Script) -> None:
    script.own.refusal = {"reason": "UNKNOWN_AGENT", "message": "reports[0].agent is not known"}
    page = opened(open_board).page

    card(page, "Now").get_by_role("button", name="Online").click()

    alert = card(page, "Now").get_by_role("alert")
    expect(alert).to_contain_text("reports[0].agent is not known")
    expect(alert).to_contain_text("UNKNOWN_AGENT")


def test_a_change_that_is_pushed_shows_at_once(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    page = opened(open_board).page
    expect(card(page, "Now")).to_contain_text("Busy")
    script.agent_days["ana"] = my_day(
        "15:19", ("00:00", BUSY, PAGE, ""), ("15:18", WRAP_UP, PAGE, "")
    )

    push_change(gateway)

    expect(card(page, "Now").locator(".present-state")).to_have_text("Wrap-up")


def test_more_wrap_up_is_asked_for_with_a_reason(open_board: OpenBoard, script: Script) -> None:
    script.agent_days["ana"] = my_day("15:19", ("00:00", WRAP_UP, PAGE, ""))
    now = card(opened(open_board).page, "Now")

    now.get_by_label("More time for wrap-up, because of").select_option("callback")
    now.get_by_role("button", name="+2 min").click()
    expect(now).to_contain_text("Extended.")

    (call,) = script.own.extensions
    assert (call["duration"], call["reason"]) == ("120s", "callback")


def test_a_telephone_leaves_the_buttons_that_count(open_board: OpenBoard, script: Script) -> None:
    script.agent_days["ana"] = a_morning(PHONE)
    now = card(opened(open_board).page, "Now")

    expect(now.get_by_role("button", name="Meal")).to_be_visible()
    expect(now.get_by_role("button", name="Offline")).to_have_count(0)
    expect(now).to_contain_text("Offline: set that there")
    assert script.own.beats == []


def test_where_the_telephone_rules_a_sentence_stands_for_the_buttons(
    open_board: OpenBoard, script: Script
) -> None:
    script.agent_days["ana"] = a_morning(PHONE)
    let_telephony_rule(script.policy)
    now = card(opened(open_board).page, "Now")

    expect(now).to_contain_text("Your telephone system (pbx-1) says what you are doing.")
    expect(now.get_by_role("button")).to_have_count(0)


def test_the_page_gives_signs_of_life_while_her_word_depends_on_it(
    open_board: OpenBoard, script: Script
) -> None:
    now = card(opened(open_board).page, "Now")

    expect(now).to_contain_text("after 90 seconds of silence")
    assert script.own.beats[0]["agents"] == ["agents/ana"]
    assert script.own.beats[0]["sourceKind"] == "SOURCE_KIND_AGENT"


def test_signs_of_life_that_do_not_arrive_are_told(open_board: OpenBoard, script: Script) -> None:
    script.own.is_heard = False

    now = card(opened(open_board, expected=("503",)).page, "Now")

    expect(now.get_by_role("alert")).to_contain_text("Muster does not hear of this page")


def test_a_page_that_was_asleep_says_since_when_nobody_knew(
    open_board: OpenBoard, script: Script
) -> None:
    script.agent_days["ana"] = my_day(
        "15:18",
        ("00:00", OFFLINE, PAGE, ""),
        ("09:00", BUSY, PAGE, ""),
        ("14:40", UNOBSERVED, "", ""),
    )
    now = card(opened(open_board).page, "Now")

    expect(now.get_by_role("alert")).to_contain_text("since 14:40")
    expect(now.get_by_role("alert")).to_contain_text("You were Busy")
    assert script.own.beats == []


def no_shift(script: Script) -> str:
    script.agent_days["ana"] = my_day("06:10", ("00:00", OFFLINE, PAGE, ""))
    script.own.looks = ListMyLooksResponse()
    return "No shift is published for you on this day."


def partial(script: Script) -> str:
    day = a_morning()
    day.ClearField("timeline")
    part = day.missing.add(part="timeline", reason="BACKEND_UNAVAILABLE")
    part.since_time.FromDatetime(at("15:18") - timedelta(minutes=6))
    script.agent_days["ana"] = day
    return "Missing: states, since 15:12."


def failed(script: Script) -> str:
    script.refusals["agentDay"] = Refused(500, "INTERNAL_ERROR")
    return "INTERNAL_ERROR"


def unknown(script: Script) -> str:
    script.refusals["agentDay"] = Refused(404, "UNKNOWN_AGENT")
    return "The roster does not know the agent"


def nobody(script: Script) -> str:
    script.account.agent = ""
    return "No agent belongs to this account"


@pytest.mark.parametrize("arrange", [no_shift, partial, failed, unknown, nobody])
def test_the_page_says_what_is_missing_and_what_to_do(
    open_board: OpenBoard, script: Script, arrange: Callable[[Script], str]
) -> None:
    sentence = arrange(script)

    page = opened(open_board, expected=("404", "500")).page

    page.get_by_text(sentence).first.wait_for()
    assert violations_on(page) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_the_page_fits_desk_and_phone_and_axe_finds_nothing(
    open_board: OpenBoard, width: int, height: int, language: str, theme: str
) -> None:
    board = open_board("/my-day", width=width, height=height, language=language, theme=theme)
    board.page.locator(".card-record").wait_for()
    board.page.locator(".looks li").first.wait_for()

    assert violations_on(board.page) == []
    assert board.page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    board.page.set_viewport_size({"width": width, "height": 1500 if width > 500 else 2900})
    board.picture(f"my-day-{width}-{theme}-{language[:2]}")


def push_change(gateway: ScriptedGateway) -> None:
    """Tells her page that something of hers changed."""
    changes = BoardChanges(agents=["agents/ana"], states=[WRAP_UP])
    changes.cursor.site, changes.cursor.epoch, changes.cursor.seq = "sites/harbour", 1, 101
    gateway.push(changes)
