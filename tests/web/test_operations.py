"""The operations page: words and marks, ages that tick, parts that are missing."""

from datetime import timedelta

import pytest
from muster.gateway.v1.operations_service_pb2 import Operations
from muster.presence.v1.source_service_pb2 import Source
from playwright.sync_api import expect

from tests.web.conftest import PERMISSIONS, OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.clock import pass_time_until
from tests.web.support.gateway import Refused, Script
from tests.web.support.wall import this_moment

LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
READY = Operations.Process.STATE_READY


@pytest.fixture(autouse=True)
def installation(script: Script) -> None:
    script.account.permissions[:] = [*PERMISSIONS, "operations.read"]
    told = script.operations
    for process in ("dispatch", "gateway", "presence", "roster"):
        one = told.processes.add(
            process=process, replica=f"{process}-1", state=READY, version="0.1.0"
        )
        one.start_time.FromDatetime(this_moment() - timedelta(hours=5))
        one.figures.add(metric="muster_bus_outbox_pending_messages", value=0)
        latency = one.figures.add(metric="muster_chassis_loop_lag_seconds", measured_count=300)
        latency.median_seconds, latency.p99_seconds = 0.002, 0.019
        latency.window.FromSeconds(300)
    site = told.sites.add(site="sites/harbour", display_name="Harbour")
    site.last_occurred_time.FromDatetime(this_moment() - timedelta(seconds=2))
    pbx = site.sources.add(source="pbx", state=Source.STATE_LIVE, client_count=1)
    pbx.last_proof_time.FromDatetime(this_moment() - timedelta(seconds=3))
    pbx.skew.FromMilliseconds(-2300)
    site.sources.add(source="buttons", state=Source.STATE_LOST, client_count=40, lost_count=2)
    site.chain.link_count, site.chain.unsigned_count = 5000, 12
    site.chain.checkpoint_time.FromDatetime(this_moment() - timedelta(seconds=40))
    told.platforms.add(
        name="sources/cloud", display_name="Cloud telephony", site="sites/harbour", pending_count=4
    )


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_fits_the_screen_in_either_language_and_theme(
    open_board: OpenBoard, width: str, language: str, theme: str
) -> None:
    wide, high = WIDTHS[width]

    board = open_board(
        "/operations", width=wide, height=high, language=LANGUAGES[language], theme=theme
    )

    board.page.get_by_text("Cloud telephony").wait_for()
    assert board.page.evaluate("() => document.documentElement.scrollWidth") <= wide
    assert violations_on(board.page) == []
    board.picture(f"operations-{width}-{theme}-{language}")


def test_a_lost_source_a_skewed_clock_and_unsigned_links_are_told_in_words(
    open_board: OpenBoard,
) -> None:
    page = open_board("/operations").page

    for text in ("2 of 40 clients lost", "clock 2.3 s behind", "12 links unsigned"):
        page.get_by_text(text).wait_for()


def test_a_replica_that_is_silent_is_told_with_its_code(
    open_board: OpenBoard, script: Script
) -> None:
    gone = script.operations.processes.add(
        process="analytics", replica="ipv4:10.0.0.7:9000", state=Operations.Process.STATE_SILENT
    )
    gone.problems.add(check="call", message="nothing answers", code="UNAVAILABLE")

    page = open_board("/operations").page

    page.get_by_text("1 of 5 replicas not ready").wait_for()
    page.get_by_text("UNAVAILABLE").wait_for()


def test_the_page_refreshes_itself_and_says_when_it_cannot(
    open_board: OpenBoard, script: Script
) -> None:
    page = open_board("/operations", expected=("503",), has_own_clock=True).page
    page.get_by_text("4 replicas, all ready").wait_for()

    script.operations.processes[0].state = Operations.Process.STATE_NOT_READY
    pass_time_until(page.get_by_text("1 of 4 replicas not ready"))
    script.refusals["operations"] = Refused(503, "BACKEND_UNAVAILABLE")

    pass_time_until(page.get_by_text("Not refreshed for"))
    expect(page.get_by_role("rowheader", name="Harbour")).to_be_visible()


def test_a_part_that_is_missing_is_named(open_board: OpenBoard, script: Script) -> None:
    script.operations.missing.add(part="chain", message="sites/harbour: presence does not answer")

    page = open_board("/operations").page

    page.get_by_text("Missing: chain").wait_for()
