import pytest

from gateway.api.catalogue import Kind, UnsupportedMethodError, read_catalogue
from tests.support.described import described

GRANTED = "board.read"


def test_streams_are_public_without_a_rest_form() -> None:
    name = "muster.one.v1.One"
    file = described(name, permission=GRANTED, Watch=(False, True), Talk=(True, True))

    catalogue = read_catalogue([file])

    assert catalogue[f"/{name}/Watch"].kind is Kind.SERVER_STREAM
    assert catalogue[f"/{name}/Talk"].kind is Kind.BOTH_STREAM
    assert [method.rule for method in catalogue.values()] == [None, None]


@pytest.mark.parametrize(
    ("service", "kind", "rest", "why"),
    [
        ("muster.two.v1.Two", (False, False), "", "carries no google.api.http"),
        ("muster.three.v1.Three", (False, True), "/v1/three", "streams have no REST form"),
        ("muster.four.v1.Four", (True, False), "", "answers with one message"),
    ],
)
def test_a_public_method_that_cannot_be_served_stops_the_start(
    service: str, kind: tuple[bool, bool], rest: str, why: str
) -> None:
    file = described(service, permission=GRANTED, rest=rest, Do=kind)

    with pytest.raises(UnsupportedMethodError, match=why):
        read_catalogue([file])
