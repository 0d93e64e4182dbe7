"""Every section of the administration: opened, listed, changed, refused; by keyboard; under axe."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import SCREENSHOTS
from tests.web.support.administration import changed_meanwhile, refused
from tests.web.support.axe import violations_on
from tests.web.support.offices import Office, office_of


@dataclass(frozen=True)
class Edit:
    """A change by the form of a section: what opens it, and the field that is filled."""

    openers: tuple[str, ...]
    label: str
    text: str
    field: str
    shown: str = ""


EDITS = {
    "accounts": Edit(("Change: Ana",), "Name", "Ana L.", "account.display_name"),
    "roles": Edit(("Change: Agent",), "Name", "Agents", "role.display_name"),
    "programs": Edit(
        ("More actions: Wall", "Change"), "Name", "Big screen", "service_account.display_name"
    ),
    "sites": Edit(("Change: Harbour",), "Name", "Old harbour", "sites[0].display_name"),
    "teams": Edit(("Change: North",), "Name", "North-west", "teams[0].display_name"),
    "agents": Edit(("Change: Ana Lopes",), "Name", "Ana Li", "agents[0].display_name"),
    "lines": Edit(("Change: care",), "English", "Customers", "lines[0].display_names.en"),
    "skills": Edit(("Change: fibre",), "English", "Optics", "skills[0].display_names.en"),
    "presence": Edit(("Change",), "Longest", "1800", "policy.break_reasons[0].longest", "1800 s"),
    "queues": Edit(
        ("Change: Support",), "Answered in time within", "35", "queues[0].target", "35 s"
    ),
    "protection": Edit(("Choose a rule set",), "Agreed by", "A works council", "profile.agreed_by"),
    "sources": Edit(("More actions: Harbour PBX", "Change"), "Name", "Old PBX", "display_name"),
}
# A system that turns dark when `isNight` is set, and tells of it when `tellOfNight` is called.
_SLOW_DUSK = """
  const usual = window.matchMedia.bind(window);
  const told = [];
  const dusk = {
    get matches() { return window.isNight === true; },
    addEventListener: (_, listener) => told.push(listener),
    removeEventListener: () => {},
  };
  window.matchMedia = (query) => (query.includes("prefers-color-scheme") ? dusk : usual(query));
  window.tellOfNight = () => told.forEach((listener) => listener());
"""
_SMALL_FIELDS = """(form) =>
  [...form.querySelectorAll("input[type=text], .ant-input, .ant-select, .ant-input-number")]
    .filter((field) => field.closest(".ant-select") === null || field.matches(".ant-select"))
    .map((field) => [field.id || field.className, field.getBoundingClientRect().height])
    .filter(([, height]) => height > 0 && height < 38)"""
# How far from one end to the other, up and down through its middle, a tap meets a switch.
_REACH = """(button) => {
  button.scrollIntoView({ block: "center" });
  const { left, width, top, bottom } = button.getBoundingClientRect();
  let met = 0;
  for (let y = Math.floor(top) - 30; y < bottom + 30; y += 1)
    if (document.elementFromPoint(left + width / 2, y) === button) met += 1;
  return met;
}"""
LISTED = {section: edit.openers[0] for section, edit in EDITS.items()} | {
    "presence": "Meal",
    "protection": "Both sides",
    "audit": "lead",
}


def form_of(page: Page, edit: Edit) -> None:
    """Opens the form and fills its field."""
    first, *others = edit.openers
    page.get_by_role("button", name=first, exact=True).click()
    for other in others:
        page.get_by_role("menuitem", name=other, exact=True).click()
    page.get_by_label(edit.label, exact=True).first.fill(edit.text)


@pytest.mark.parametrize("section", LISTED)
def test_a_section_lists_and_is_clean_under_axe_wide_and_on_a_phone(
    office: Office, section: str
) -> None:
    page = office.opened(section)
    page.locator("main").get_by_text(LISTED[section].rpartition(": ")[2]).first.wait_for()
    found = violations_on(page)

    office.look_as_on_a_phone_at_night()
    page.locator("main").get_by_text(LISTED[section].rpartition(": ")[2]).first.wait_for()

    assert found + violations_on(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert page.evaluate("() => document.querySelector('main main, main').scrollWidth") <= 390


def test_a_page_that_is_drawn_while_the_system_turns_dark_has_one_theme(browser: Browser) -> None:
    with office_of(browser) as office:
        office.page.add_init_script(_SLOW_DUSK)
        page = office.loaded("teams")
        page.get_by_role("button", name="Change: North").wait_for()
        page.evaluate("() => { window.isNight = true; }")
        page.set_viewport_size({"width": 390, "height": 844})
        sections = page.locator(".sections .ant-select")
        sections.wait_for()

        page.evaluate("() => window.tellOfNight()")

        page.locator("html[data-theme=dark]").wait_for()
        surface = "() => getComputedStyle(document.documentElement).getPropertyValue('--surface')"
        assert page.evaluate(surface) == "#10141a"
        expect(sections).to_have_css("background-color", "rgb(16, 20, 26)")


@pytest.mark.parametrize("section", EDITS)
def test_a_change_is_kept_and_shown(office: Office, section: str) -> None:
    edit = EDITS[section]
    page = office.opened(section)
    form_of(page, edit)

    page.get_by_role("button", name="Save").click()

    page.get_by_role("dialog").wait_for(state="detached")
    page.locator("main").get_by_text(edit.shown or edit.text).first.wait_for()


@pytest.mark.parametrize("section", EDITS)
def test_the_fields_of_a_form_on_a_phone_are_large_enough_for_a_finger(
    office: Office, section: str
) -> None:
    page = office.opened(section)
    office.look_as_on_a_phone_at_night()
    form_of(page, EDITS[section])

    form = page.get_by_role("dialog")
    assert form.evaluate(_SMALL_FIELDS) == []
    assert form.locator("form").evaluate("(form) => form.scrollWidth - form.clientWidth") <= 0
    page.screenshot(path=SCREENSHOTS / f"form-390-dark-{section}.png")


def test_a_finger_meets_a_switch_of_a_form_on_a_phone(office: Office) -> None:
    page = office.opened("presence")
    office.look_as_on_a_phone_at_night()
    page.get_by_role("button", name="Change", exact=True).click()

    assert page.get_by_role("dialog").get_by_role("switch").first.evaluate(_REACH) >= 40
    page.screenshot(path=SCREENSHOTS / "form-390-dark-switches.png")


def test_no_key_leads_away_from_what_is_typed_in_a_form(office: Office) -> None:
    page = office.opened("lines")
    page.get_by_role("button", name="Change: care").wait_for()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog", name="Find people and pages").wait_for()
    page.keyboard.press("Escape")
    form_of(page, EDITS["lines"])

    page.keyboard.press("Control+k")
    # On a button nobody types, and the form is open all the same.
    page.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("g")
    page.keyboard.press("b")

    expect(page.get_by_role("dialog")).to_have_count(1)
    expect(page.get_by_label("English", exact=True)).to_have_value("Customers")
    page.get_by_role("button", name="Cancel").click()


@pytest.mark.parametrize("section", EDITS)
def test_a_refusal_stands_at_the_field_that_it_names(office: Office, section: str) -> None:
    edit = EDITS[section]
    office.desk.refusal = refused((edit.field, "is not so"))
    page = office.opened(section)
    form_of(page, edit)

    page.get_by_role("button", name="Save").click()

    field = page.locator(".ant-form-item", has=page.get_by_label(edit.label, exact=True)).last
    field.get_by_text("is not so").wait_for()
    page.get_by_role("button", name="Cancel").click()


def test_a_change_of_somebody_else_is_told_and_not_overwritten(office: Office) -> None:
    office.desk.refusal = changed_meanwhile()
    page = office.opened("accounts")
    form_of(page, EDITS["accounts"])

    page.get_by_role("button", name="Save").click()

    page.get_by_text("Changed meanwhile").wait_for()
    page.get_by_role("button", name="Load again").click()
    page.get_by_role("dialog").wait_for(state="detached")


def test_a_new_account_shows_its_code_once(office: Office) -> None:
    page = office.opened("accounts")

    page.get_by_role("button", name="New account").click()
    page.get_by_label("Id", exact=True).fill("bo")
    page.get_by_label("Name", exact=True).fill("Bo")
    page.get_by_role("button", name="Save").click()

    page.get_by_text("7hkw").wait_for()
    page.get_by_role("button", name="I have kept it").click()
    page.get_by_text("7hkw").wait_for(state="detached")


def test_a_row_is_made_by_keyboard_alone(office: Office) -> None:
    page = office.opened("lines")

    office.press_on("Skills")
    office.press_on("New skill")
    page.get_by_role("dialog").wait_for()
    office.type_into("Id", "chess")
    office.type_into("中文", "国际象棋")
    page.keyboard.press("Enter")

    page.locator("main").get_by_text("国际象棋").wait_for()


def test_only_sections_that_the_account_may_open_are_offered(office: Office) -> None:
    with office.permitted("account.self", "board.read", "account.roles.read"):
        page = office.loaded("roles")

        offered = page.get_by_role("navigation", name="Sections").get_by_role("link")

        offered.first.wait_for()
        assert offered.all_inner_texts() == ["Roles"]
