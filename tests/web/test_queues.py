"""The queues beside the counters: their sums, and each of them on a press."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from muster.dispatch.v1.queue_pb2 import QueueFigures, SiteQueueFigures
from muster.roster.v1.people_pb2 import Site
from playwright.sync_api import Locator, expect

from tests.web.conftest import OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.board import BoardPage
from tests.web.support.day import ONLINE, BoardDay, Person
from tests.web.support.gateway import Script, ScriptedGateway

HARBOUR, DELTA = "sites/harbour", "sites/delta"
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
OF_OFFERED, OF_ANSWERED = "of_offered.v1", "of_answered.v1"
NAMES = {
    "care": ("Care", "客服"),
    "sales": ("Sales", "销售"),
    "returns": ("Returned goods", "售后退货"),
}


@pytest.fixture(autouse=True)
def _a_site_with_queues(script: Script) -> None:
    script.account.permissions.append("dispatch.figures.read")
    script.day.now = NOW
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE)]
    for queue, (english, chinese) in NAMES.items():
        told = script.waiting.queues.add(display_names={"en": english, "zh-Hans": chinese})
        told.figures.queue = f"{HARBOUR}/queues/{queue}"


def two_sites(script: Script) -> None:
    script.sites.insert(0, Site(name=DELTA, display_name="Delta", time_zone="Europe/Madrid"))
    script.day.labels = {DELTA: "Delta", HARBOUR: "Harbour"}
    script.day.other_sites = (DELTA,)
    script.day.people.append(Person("dee", "Dee Chen", site=DELTA).then("00:00", ONLINE))


def a_queue(name: str, waits: tuple[int, ...] = (), policy: str = OF_OFFERED) -> QueueFigures:
    """Returns a queue in which contacts wait for so many seconds; 80% were answered in time."""
    figures = QueueFigures(
        queue=name,
        waiting_count=len(waits),
        answered_count=1009,
        answered_in_time_count=808,
        abandoned_count=1,
        service_level_ratio=0.8,
        service_level_policy=policy,
    )
    if waits:
        figures.oldest_enqueue_time.FromDatetime(NOW - timedelta(seconds=max(waits)))
    return figures


def told_at(site: str, *figures: QueueFigures) -> SiteQueueFigures:
    told = SiteQueueFigures(figures=figures)
    told.cursor.site, told.cursor.epoch, told.cursor.seq = site, 1, 1
    return told


def harbour(*, sales_waits: tuple[int, ...] = (72, 5)) -> SiteQueueFigures:
    return told_at(
        HARBOUR,
        a_queue(f"{HARBOUR}/queues/care", (30,)),
        a_queue(f"{HARBOUR}/queues/returns"),
        a_queue(f"{HARBOUR}/queues/sales", sales_waits),
    )


def live(board: BoardPage, word: str = "Live") -> BoardPage:
    board.page.get_by_text(word, exact=True).wait_for()
    return board.drawn()


def opened(board: BoardPage, title: str = "Queues now") -> Locator:
    board.page.get_by_role("button", name=title).click()
    return board.page.get_by_role("dialog", name=title)


def names_in(panel: Locator) -> Locator:
    return panel.locator("th[scope=row]")


def test_the_sums_open_to_each_queue_the_longest_wait_first(
    open_board: OpenBoard, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    gateway.tell_queues(harbour())

    panel = opened(board)

    row = panel.get_by_role("row", name="Sales")
    expect(names_in(panel)).to_have_text(["Sales", "Care", "Returned goods"])
    waiting, oldest, *others = row.get_by_role("cell").all_inner_texts()
    assert waiting == "2"
    # 1:12 when it was told; a page may be a second behind, and its time goes on.
    assert "1:11" <= oldest <= "5:00"
    assert others == ["1,009", "1", "80%"]
    expect(panel.get_by_text("in time, of answered and abandoned")).to_have_count(1)
    assert violations_on(board.page) == []


def test_beside_a_day_of_the_past_the_sums_say_that_they_are_of_now(
    open_board: OpenBoard, gateway: ScriptedGateway, script: Script
) -> None:
    script.days["2026-3-9"] = BoardDay(day=date(2026, 3, 9), people=script.day.people, now=NOW)
    board = live(open_board())
    gateway.tell_queues(harbour())
    sums = board.page.locator(".waiting-sum")
    expect(sums).to_contain_text("waiting 3")
    expect(sums).not_to_contain_text("now")

    board.page.keyboard.press("[")

    expect(sums).to_have_text(re.compile(r"^nowQueues now: waiting 3"))


def test_the_oldest_wait_ticks_and_frames_change_the_rows(
    open_board: OpenBoard, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    gateway.tell_queues(harbour())
    panel = opened(board)
    oldest = panel.get_by_role("row", name="Sales").get_by_role("cell").nth(1)
    before = oldest.inner_text()

    expect(oldest).not_to_have_text(before)
    gateway.tell_queues(harbour(sales_waits=(5,)))

    expect(panel.locator("th[scope=row]").first).to_have_text("Care")


def test_no_queue_changes_its_place_under_the_pointer(
    open_board: OpenBoard, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    gateway.tell_queues(harbour())
    panel = opened(board)
    expect(names_in(panel)).to_have_text(["Sales", "Care", "Returned goods"])
    panel.get_by_role("row", name="Sales").hover()

    gateway.tell_queues(harbour(sales_waits=()))
    expect(panel.get_by_role("row", name="Sales").get_by_role("cell").nth(1)).to_have_text("–")
    assert names_in(panel).all_inner_texts() == ["Sales", "Care", "Returned goods"]
    board.page.mouse.move(5, 5)

    expect(panel.locator("th[scope=row]").first).to_have_text("Care")


def test_the_keyboard_opens_and_closes_it_and_goes_back_to_the_sums(
    open_board: OpenBoard, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    gateway.tell_queues(harbour())
    sums = board.page.get_by_role("button", name="Queues now")

    sums.press("Enter")
    board.page.get_by_role("dialog", name="Queues now").wait_for()
    board.page.keyboard.press("Tab")
    expect(board.page.get_by_role("group", name="Queues now")).to_be_focused()
    board.page.keyboard.press("Escape")

    expect(sums).to_be_focused()
    expect(board.page.get_by_role("dialog")).to_have_count(0)


def test_queues_of_several_sites_stand_by_site_the_most_urgent_first(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    two_sites(script)
    board = live(open_board("/board?site=harbour,delta"))
    gateway.tell_queues(told_at(DELTA, a_queue(f"{DELTA}/queues/chat", policy=OF_ANSWERED)))
    gateway.tell_queues(harbour())

    panel = opened(board)

    expect(panel.locator("th[scope=rowgroup]")).to_have_text(["Harbour", "Delta"])
    expect(names_in(panel)).to_have_text(["Sales", "Care", "Returned goods", "chat"])
    expect(panel.locator("p")).to_have_text([re.compile("^1"), re.compile("^2")])


def test_queues_that_stand_still_say_since_when_and_go_on(
    open_board: OpenBoard, gateway: ScriptedGateway
) -> None:
    board = live(open_board())
    gateway.tell_queues(harbour())
    panel = opened(board)

    gateway.tell_missing("waiting/sites/harbour")

    expect(board.page.get_by_role("button", name="Queues: not live since")).to_be_visible()
    expect(panel.get_by_text("not live since")).to_be_visible()
    assert violations_on(board.page) == []
    gateway.tell_queues(harbour())
    expect(board.page.get_by_role("button", name="Queues now: waiting 3")).to_be_visible()
    expect(panel.get_by_text("not live since")).to_have_count(0)


def test_a_site_without_queues_has_no_button(
    open_board: OpenBoard, gateway: ScriptedGateway
) -> None:
    board = live(open_board())

    gateway.tell_queues(told_at(HARBOUR))
    gateway.tell_missing("board/sites/harbour")
    board.page.get_by_text("States stand still since").wait_for()

    expect(board.page.get_by_role("button", name="Queues")).to_have_count(0)


@pytest.mark.parametrize(
    ("width", "height", "theme", "language"),
    [
        (1440, 900, "light", "en-GB"),
        (1440, 900, "dark", "zh-CN"),
        (1100, 800, "light", "en-GB"),
        (390, 844, "light", "en-GB"),
        (390, 844, "dark", "zh-CN"),
    ],
)
def test_the_queues_fit_the_screen(
    open_board: OpenBoard,
    gateway: ScriptedGateway,
    width: int,
    height: int,
    theme: str,
    language: str,
) -> None:
    word, title = {"en-GB": ("Live", "Queues now"), "zh-CN": ("实时", "当前队列")}[language]
    board = open_board(width=width, height=height, language=language, theme=theme).drawn()
    board.page.get_by_text(word, exact=True).wait_for(state="attached")
    gateway.tell_queues(harbour())

    panel = opened(board, title)

    expect(panel.get_by_role("row").nth(3)).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    table = panel.get_by_role("table").bounding_box()
    assert table is not None
    assert table["width"] <= box["width"]
    assert violations_on(board.page) == []
    board.picture(f"queues-{width}-{theme}-{language[:2]}")
