"""Writes with a cookie, which goes along by itself also when another site's page makes the call."""

from collections.abc import Mapping

import pytest

from chassis.errors import Refusal
from gateway.http.credentials import check_origin, cookie_header
from tests.unit.gateway.fakes import MORNING

OURS = {"host": "muster.example", "cookie": "muster_session=mst_x", "x-muster-csrf": "1"}


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"origin": "https://muster.example", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_page_of_ours_may_write(more: Mapping[str, str]) -> None:
    check_origin("POST", {**OURS, **more})


@pytest.mark.parametrize(
    "more",
    [
        {"x-muster-csrf": ""},
        {"origin": "https://evil.example"},
        {"origin": "https://muster.example.evil.example"},
        {"origin": "https://muster.example:8443"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
@pytest.mark.parametrize("verb", ["POST", "PATCH", "DELETE", "PUT"])
def test_a_page_of_another_site_may_not(verb: str, more: Mapping[str, str]) -> None:
    with pytest.raises(Refusal, match="CSRF_CHECK_FAILED"):
        check_origin(verb, {**OURS, **more})


def test_reading_and_bearer_tokens_need_no_proof() -> None:
    check_origin("GET", {"host": "muster.example", "origin": "https://evil.example"})
    check_origin("POST", {"authorization": "Bearer mst_x", "origin": "https://evil.example"})


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites() -> None:
    header = cookie_header("mst_x", MORNING, MORNING, secure=True)

    assert header == "muster_session=mst_x; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure"
