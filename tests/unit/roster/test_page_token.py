import pytest

from chassis.errors import Refusal
from services.roster.rpc.page_token import decode_page_token, encode_page_token, page_limit


def test_a_token_leads_to_the_place_in_its_list() -> None:
    token = encode_page_token("sites/porto/agents", "agents/ana")

    assert decode_page_token("sites/porto/agents", token) == "agents/ana"


@pytest.mark.parametrize("token", ["x", "%%%", "AAAA", "é"])
def test_what_is_no_token_is_refused(token: str) -> None:
    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        decode_page_token("sites", token)


def test_a_token_of_another_list_is_refused() -> None:
    token = encode_page_token("sites/faro/agents", "agents/ana")

    with pytest.raises(Refusal, match="INVALID_PAGE_TOKEN"):
        decode_page_token("sites/porto/agents", token)


def test_page_sizes_are_coerced() -> None:
    assert [page_limit(size) for size in (-1, 0, 1, 1_000, 1_001)] == [50, 50, 1, 1_000, 1_000]
