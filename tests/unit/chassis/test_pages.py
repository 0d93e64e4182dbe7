from base64 import urlsafe_b64encode
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.errors import Refusal
from chassis.rpc.pages import cut, page_size, page_token, place_after

_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
_PLACES = st.lists(_TEXTS | st.integers(-(2**63), 2**63 - 1))
_NESTED = urlsafe_b64encode(b"[" * 100_000).decode()


def a_list(token: str = "", site: str = "sites/porto", size: int = 0) -> pb.ListAgentsRequest:
    return pb.ListAgentsRequest(site=site, page_token=token, page_size=size)


def as_it_is(*place: str | int) -> list[str | int]:
    return list(place)


@given(_PLACES)
def test_a_token_leads_to_its_place_in_the_list(place: list[str | int]) -> None:
    token = page_token(a_list(), *place)

    assert place_after(a_list(token), as_it_is) == place


def test_the_first_page_begins_after_no_place() -> None:
    assert place_after(a_list(), as_it_is) is None


def test_the_next_page_may_have_another_size() -> None:
    token = page_token(a_list(size=2), "agents/ana")

    assert place_after(a_list(token, size=7), as_it_is) == ["agents/ana"]


@pytest.mark.parametrize("token", ["x", "%%%", "AAAA", "é", "bnVsbA==", "W10=", _NESTED])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        place_after(a_list(token), as_it_is)


def test_a_token_of_other_arguments_is_refused() -> None:
    token = page_token(a_list(site="sites/faro"), "agents/ana")

    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        place_after(a_list(token), as_it_is)


def test_a_token_of_another_list_is_refused() -> None:
    token = page_token(pb.ListTeamsRequest(site="sites/porto"), "teams/night")

    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        place_after(a_list(token), as_it_is)


@pytest.mark.parametrize("place", ["agents/\0", "\ud800", 2**63])
def test_a_place_that_no_database_knows_is_refused(place: str | int) -> None:
    token = page_token(a_list(), place)

    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        place_after(a_list(token), as_it_is)


@pytest.mark.parametrize("place", [["yesterday"], [7], [], ["2026-11-22", "2026-11-23"]])
def test_a_place_of_another_form_is_refused(place: list[str | int]) -> None:
    token = page_token(a_list(), *place)

    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        place_after(a_list(token), date.fromisoformat)


def test_a_page_has_fifty_rows_unless_another_number_is_asked_for_and_a_thousand_at_most() -> None:
    assert [page_size(a_list(size=size)) for size in (0, 1, 1_000, 1_001)] == [50, 1, 1_000, 1_000]


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(Refusal, match="page_size"):
        page_size(a_list(size=-1))


def test_a_row_more_than_asked_for_makes_a_token_of_the_last_one_shown() -> None:
    rows, token = cut(["ana", "bo", "cy"], a_list(size=2), lambda row: [row])

    assert rows == ["ana", "bo"]
    assert place_after(a_list(token), as_it_is) == ["bo"]


def test_the_last_page_has_no_token() -> None:
    assert cut(["ana", "bo"], a_list(size=2), lambda row: [row]) == (["ana", "bo"], "")
