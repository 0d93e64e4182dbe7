"""Somebody signs in by another place."""

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
