"""The administration: sections by permission, refusals at their fields, codes shown once."""

import json

import pytest
from playwright.sync_api import Page, Route

from tests.web.conftest import PERMISSIONS, OpenBoard
from tests.web.support.axe import violations_on
from tests.web.support.gateway import Script

_ANA = {"name": "accounts/ana", "displayName": "Ana", "roles": ["roles/agent"], "etag": "one"}
_AGENT_ROLE = {"name": "roles/agent", "displayName": "Agent", "permissions": ["account.self"]}


@pytest.fixture(autouse=True)
def _an_administrator(script: Script) -> None:
    script.account.permissions[:] = [
        *PERMISSIONS,
        "account.accounts.read",
        "account.accounts.write",
        "account.roles.read",
    ]


def answer(page: Page, path: str, document: object, status: int = 200) -> None:
    """Answers calls of a path from here on."""

    def fulfil(route: Route) -> None:
        route.fulfill(status=status, body=json.dumps(document), content_type="application/json")

    page.route(f"**{path}", fulfil)


def opened(open_board: OpenBoard, section: str = "accounts", **how: object) -> Page:
    page = open_board("/sign-in-first", **how).page
    answer(page, "/v1/accounts?*", {"accounts": [_ANA]})
    answer(page, "/v1/roles", {"roles": [_AGENT_ROLE]})
    answer(page, "/v1/sites/*/teams?*", {})
    answer(page, "/v1/sites/*/agents?*", {})
    page.goto(page.url.split("/sign-in-first")[0].split("/board")[0] + f"/administration/{section}")
    return page


def test_only_sections_that_the_account_may_open_are_offered(open_board: OpenBoard) -> None:
    page = opened(open_board)

    offered = page.get_by_role("navigation", name="Sections").get_by_role("link")

    offered.first.wait_for()
    assert offered.all_inner_texts() == ["Accounts", "Roles"]


def test_a_new_account_shows_its_code_once(open_board: OpenBoard) -> None:
    page = opened(open_board)
    code = {"account": "accounts/bo", "code": "7hkw-p2mn"}
    answer(page, "/v1/accounts:apply", {"createdCount": 1, "codes": [code]})

    page.get_by_role("button", name="New account").click()
    page.get_by_label("Id", exact=True).fill("bo")
    page.get_by_label("Name", exact=True).fill("Bo")
    page.get_by_role("button", name="Save").click()

    page.get_by_text("7hkw-p2mn").wait_for()
    page.get_by_role("button", name="I have kept it").click()
    page.get_by_text("7hkw-p2mn").wait_for(state="detached")


def test_a_refusal_stands_at_the_field_that_it_names(open_board: OpenBoard) -> None:
    page = opened(open_board, expected=("status of 400",))
    violation = {"field": "account.display_name", "description": "must be printable"}
    problem = {"reason": "INVALID_REQUEST", "detail": "one field", "violations": [violation]}
    answer(page, "/v1/accounts/ana?*", problem, 400)

    page.get_by_role("button", name="Change: Ana").click()
    page.get_by_role("button", name="Save").click()

    field = page.locator(".ant-form-item", has=page.get_by_label("Name", exact=True))
    field.get_by_text("must be printable").wait_for()


def test_a_change_of_somebody_else_is_told_and_not_overwritten(open_board: OpenBoard) -> None:
    page = opened(open_board, expected=("status of 409",))
    answer(page, "/v1/accounts/ana?*", {"reason": "STALE_ETAG", "detail": "changed"}, 409)

    page.get_by_role("button", name="Change: Ana").click()
    page.get_by_role("button", name="Save").click()

    page.get_by_text("Changed meanwhile").wait_for()
    page.get_by_role("button", name="Load again").click()
    page.get_by_role("dialog").wait_for(state="detached")


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_axe_finds_nothing_on_the_list_of_accounts(
    open_board: OpenBoard, width: int, theme: str
) -> None:
    page = opened(open_board, width=width, theme=theme)
    page.get_by_role("button", name="Change: Ana").wait_for()

    assert violations_on(page) == []
