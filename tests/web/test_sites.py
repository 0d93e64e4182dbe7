"""One, several or all sites in one board."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from muster.dispatch.v1.queue_pb2 import SiteQueueFigures
from muster.gateway.v1.push_pb2 import BoardChanges
from muster.presence.v1.state_pb2 import Activity
from muster.roster.v1.people_pb2 import Site
from playwright.sync_api import expect

from tests.web.conftest import OpenBoard
from tests.web.support import board as colours
from tests.web.support.board import BoardPage
from tests.web.support.day import BUSY, ONLINE, Person
from tests.web.support.gateway import Script, ScriptedGateway

HARBOUR, DELTA, LAKES = "sites/harbour", "sites/delta", "sites/lakes"


@pytest.fixture(autouse=True)
def _three_sites(script: Script) -> None:
    names = {DELTA: "Delta", HARBOUR: "Harbour", LAKES: "Lakes"}
    script.sites = [
        Site(name=name, display_name=shown, time_zone="Europe/Madrid")
        for name, shown in names.items()
    ]
    script.account.permissions.append("dispatch.figures.read")
    script.day.now = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
    script.day.labels = names
    script.day.people = [Person("ana", "Ana Lopes").then("00:00", ONLINE)]


def two_sites(script: Script) -> None:
    script.day.other_sites = (DELTA,)
    script.day.people.append(Person("dee", "Dee Chen", site=DELTA).then("00:00", ONLINE))


def a_change(script: Script, agent: str, site: str, seq: int) -> BoardChanges:
    occurred = script.day.start + timedelta(hours=14)
    at_ms = int(occurred.timestamp() * 1000)
    changes = BoardChanges(
        agents=[agent],
        states=[BUSY],
        reasons=[""],
        activities=[Activity.ACTIVITY_UNSPECIFIED],
        occurred_times_ms=[at_ms],
        marks=[0],
        since_times_ms=[at_ms],
        revised=[False],
        capacity_left=[False],
    )
    changes.cursor.site, changes.cursor.epoch, changes.cursor.seq = site, 1, seq
    return changes


def waiting_at(site: str, count: int) -> SiteQueueFigures:
    told = SiteQueueFigures()
    told.cursor.site, told.cursor.epoch, told.cursor.seq = site, 1, 1
    told.figures.add(queue=f"queues/{site[6:]}", waiting_count=count)
    return told


def live(board: BoardPage) -> BoardPage:
    board.page.get_by_text("Live", exact=True).wait_for()
    return board.drawn()


def test_a_site_is_added_and_the_address_says_so(open_board: OpenBoard, script: Script) -> None:
    board = open_board("/board?site=harbour").drawn()
    two_sites(script)

    board.page.get_by_role("button", name="Site: Harbour").click()
    board.page.get_by_role("checkbox", name="Delta").check()

    board.page.get_by_text("2 people").wait_for()
    expect(board.page).to_have_url(re.compile("site=delta,harbour"))
    assert "sites=sites%2Fdelta&sites=sites%2Fharbour" in script.heatmap_requests[-1]
    board.page.get_by_role("button", name="Site: Delta and 1 more").wait_for()


def test_all_sites_open_at_whoever_the_address_is_sent_to(
    open_board: OpenBoard, script: Script
) -> None:
    board = open_board("/board?site=-").drawn()

    board.page.get_by_role("button", name="Site: All sites").wait_for()
    assert script.heatmap_requests[-1].count("sites=") == 3


def test_only_one_of_them_is_a_click_away(open_board: OpenBoard) -> None:
    board = open_board("/board?site=-").drawn()

    board.page.get_by_role("button", name="Site: All sites").click()
    board.page.get_by_role("button", name="Only Lakes").click()

    board.page.wait_for_url("**/board?site=lakes")


def test_changes_of_every_site_are_shown_and_counted(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    two_sites(script)
    board = live(open_board("/board?site=harbour,delta"))

    gateway.push(a_change(script, "agents/dee", DELTA, 107))
    gateway.push(a_change(script, "agents/ana", HARBOUR, 101))

    board.wait_for_colour(0, "15:00", colours.BUSY["light"])
    board.wait_for_colour(1, "15:00", colours.BUSY["light"])
    board.wait_for_count("busy", 2)
    assert script.snapshot_count == 1


def test_people_are_grouped_by_site(open_board: OpenBoard, script: Script) -> None:
    two_sites(script)
    board = open_board("/board?site=harbour,delta&group=site").drawn()

    board.grid.focus()
    board.page.keyboard.press("ArrowDown")

    expect(board.cell).to_have_text(re.compile("^Delta: 1 person, unfolded"))


def test_queues_are_told_together_once_every_site_told_of_its_own(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    two_sites(script)
    board = live(open_board("/board?site=harbour,delta"))

    gateway.tell_queues(waiting_at(HARBOUR, 3))
    gateway.push(a_change(script, "agents/ana", HARBOUR, 101))
    board.wait_for_colour(0, "15:00", colours.BUSY["light"])
    expect(board.page.get_by_text("waiting")).to_have_count(0)
    gateway.tell_queues(waiting_at(DELTA, 4))

    board.page.locator(".waiting").get_by_text("7").wait_for()


def test_the_site_that_stands_still_is_named(
    open_board: OpenBoard, script: Script, gateway: ScriptedGateway
) -> None:
    two_sites(script)
    board = live(open_board("/board?site=harbour,delta"))

    gateway.tell_missing("board/sites/delta")

    expect(board.page.get_by_role("alert")).to_have_text(re.compile("^Delta. States stand still"))
