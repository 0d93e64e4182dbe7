"""Somebody signs in by another place."""

import pytest

from tests.web.conftest import OpenBoard
from tests.web.support.gateway import Script

COMPANY = {
    "name": "signInProviders/company",
    "displayName": "The company",
    "startUri": "/v1/oidc/company/start",
}


def test_a_provider_is_offered_and_leads_back_to_the_page(
    open_board: OpenBoard, script: Script
) -> None:
    script.signed_in = False
    page = open_board(expected=("401",)).page
    page.route("**/v1/signInProviders", lambda route: route.fulfill(json={"providers": [COMPANY]}))

    page.reload()

    link = page.get_by_role("link", name="Sign in with The company")
    link.wait_for()
    assert str(link.get_attribute("href")).startswith("/v1/oidc/company/start?return_to=%2F")


@pytest.mark.parametrize(
    ("reason", "language", "told"),
    [
        ("ACCOUNT_NOT_LINKED", "en-GB", "no account here is yours"),
        ("SIGN_IN_REFUSED", "zh-CN", "登录已中断或超时，请重新开始。"),
        ("SOMETHING_NEW", "en-GB", "Signing in did not work: SOMETHING_NEW."),
        ("constructor", "en-GB", "Signing in did not work: constructor."),
    ],
)
def test_who_was_refused_there_reads_why_and_the_address_forgets_it(
    open_board: OpenBoard, script: Script, reason: str, language: str, told: str
) -> None:
    script.signed_in = False

    path = f"/board?site=harbour&signInRefused={reason}"
    page = open_board(path, language=language, expected=("401",)).page

    page.get_by_role("alert").filter(has_text=told).wait_for()
    page.wait_for_url("**/board?site=harbour")
