"""Sources of events: created, their mapping tried and published, what came and what is unknown."""

import re

from playwright.sync_api import Page, expect

from tests.web.support.administration import SECRET
from tests.web.support.axe import violations_on
from tests.web.support.office import MAPPING, RECORDED
from tests.web.support.offices import Office


def source_of(office: Office) -> Page:
    page = office.opened("sources")
    page.get_by_role("button", name="Open: Harbour PBX").click()
    page.get_by_role("tab", name="Mapping").wait_for()
    return page


def tried(page: Page) -> Page:
    page.get_by_role("button", name="Take the newest that came").click()
    page.get_by_role("button", name="Try, change nothing").click()
    page.get_by_role("heading", name="What each event becomes").wait_for()
    return page


def test_a_new_source_shows_its_secret_once_and_where_to_send(office: Office) -> None:
    page = office.opened("sources")

    page.get_by_role("button", name="New source").click()
    page.get_by_label("Id", exact=True).fill("chat")
    page.get_by_label("Name", exact=True).fill("Chat")
    page.get_by_role("button", name="Save").click()

    secret = page.get_by_role("dialog", name="Secret of Chat")
    secret.get_by_text(SECRET).wait_for()
    secret.get_by_text("/v1/sources/chat/events").wait_for()
    page.get_by_role("button", name="I have kept it").click()
    page.get_by_text(SECRET).wait_for(state="detached")


def test_a_draft_is_tried_on_what_came_before_it_is_published(office: Office) -> None:
    page = tried(source_of(office))

    counts = page.locator(".counts").inner_text()
    assert re.findall(r"\d+\s+[a-z ]+", counts)[:2] == ["1 understood", "1 with unknown values"]
    unknown = page.get_by_role("table", name="Unknown values").get_by_role("row").last
    expect(unknown.get_by_role("cell")).to_have_text(["states.0.values: COACHING", "1"])
    page.get_by_text("agents/ana ONLINE").wait_for()
    assert len(office.desk.rows["mappings"]) == 1


def test_what_a_trial_told_is_gone_once_the_draft_or_its_events_change(office: Office) -> None:
    page = tried(source_of(office))
    page.get_by_role("textbox", name="Recorded events").fill(RECORDED)
    page.locator(".tried").wait_for(state="detached")

    page.get_by_role("button", name="Try, change nothing").click()
    page.locator(".tried").wait_for()
    page.get_by_role("textbox", name="Mapping as TOML").fill(MAPPING + "\n")

    page.locator(".tried").wait_for(state="detached")


def test_a_published_draft_is_the_version_by_which_events_are_translated(office: Office) -> None:
    page = source_of(office)
    text = MAPPING + 'COACHING = { state = "BREAK", reason = "coaching" }\n'

    page.get_by_role("textbox", name="Mapping as TOML").fill(text)
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("dialog").get_by_role("button", name="Publish").click()

    page.locator(".facts").get_by_text("Version 2").wait_for()
    assert office.desk.rows["mappings"][0].text == text
    assert office.desk.rows["sources"][0].active_mapping == "sources/pbx/mappings/2"


def test_what_is_wrong_with_a_draft_stands_at_its_line(office: Office) -> None:
    page = source_of(office)
    editor = page.get_by_role("textbox", name="Mapping as TOML")
    editor.fill(MAPPING.replace('"ONLINE"', '"ONLIN"').replace('time = "at"', 'tim = "at"'))
    page.get_by_role("textbox", name="Recorded events").fill(RECORDED)

    page.get_by_role("button", name="Try, change nothing").click()

    faults = page.get_by_role("alert").get_by_role("listitem")
    faults.last.wait_for()
    lines = [fault.split(" ")[:3] for fault in faults.all_inner_texts()]
    assert lines == [
        ["Line", "1", "events.time"],
        ["Line", "3", "events.tim"],
        ["Line", "13", "states.0.values.READY.state"],
    ]
    page.get_by_role("button", name="Line 13").click()
    selected = "() => getSelection().toString()"
    assert page.evaluate(selected) == 'READY = { state = "ONLIN" }'


def test_without_the_text_of_events_the_page_says_so_and_takes_pasted_ones(office: Office) -> None:
    for event in office.desk.rows["events"]:
        event.body = ""
    page = source_of(office)

    page.get_by_role("button", name="Take the newest that came").click()
    page.get_by_text("whose text your account may read").wait_for()
    page.get_by_role("tab", name="Events").click()

    page.get_by_text("Events are shown without their text").wait_for()
    expect(page.get_by_text("e-2")).to_be_visible()


def test_events_tell_what_became_of_them_and_are_shown_as_they_came(office: Office) -> None:
    page = source_of(office)

    page.get_by_role("tab", name="Events").click()
    row = page.get_by_role("row").filter(has_text="e-2")
    row.get_by_text("Unknown values").wait_for()
    row.get_by_text("Show").click()

    row.get_by_text('"state": "COACHING"').wait_for()


def test_unknown_values_are_listed_with_how_often_they_came(office: Office) -> None:
    page = source_of(office)

    page.get_by_role("tab", name="Unknown values").click()

    row = page.get_by_role("row").filter(has_text="COACHING")
    for column, told in enumerate(("COACHING", "states.0.values", "7")):
        expect(row.get_by_role("cell").nth(column)).to_have_text(told)


def test_what_was_set_aside_is_translated_anew_when_asked(office: Office) -> None:
    page = source_of(office)

    page.get_by_role("button", name="Translate anew what was set aside").click()
    page.get_by_role("dialog").get_by_role("button", name="Translate anew").click()

    page.get_by_text("2 events are translated anew.").wait_for()


def test_whoever_may_only_read_tries_and_publishes_nothing(office: Office) -> None:
    with office.permitted("account.self", "gateway.sources.read"):
        page = tried(_loaded_source(office))

        expect(page.get_by_role("button", name="Publish")).to_have_count(0)
        expect(page.get_by_role("button", name="Translate anew")).to_have_count(0)


def test_a_source_is_clean_under_axe_wide_and_on_a_phone(office: Office) -> None:
    page = tried(source_of(office))
    found = violations_on(page)

    office.look_as_on_a_phone_at_night()
    page.get_by_role("list", name="What each event becomes").wait_for()

    assert found + violations_on(page) == []
    assert page.locator("main").last.evaluate("main => main.scrollWidth") <= 390


def _loaded_source(office: Office) -> Page:
    page = office.loaded("sources")
    page.get_by_role("button", name="Open: Harbour PBX").click()
    return page
