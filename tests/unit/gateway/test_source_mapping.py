from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.sources.expressions import (
    Expression,
    ExpressionFailedError,
    ExpressionRefusedError,
)
from gateway.domain.sources.mapping import MappingRefusedError, parse_mapping

SMALL = """
[events]
id = "id"
time = "at"
[agents]
id = "who"
[[states]]
value = "state"
[states.values]
free = { state = "ONLINE" }
"""


def test_a_small_mapping_suffices() -> None:
    mapping = parse_mapping(SMALL)

    assert mapping.states[0].values["free"].state == "ONLINE"
    assert mapping.events.time_format == "iso"


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('"ONLINE"', '"READY"', "states.0.values.free.state: Input should be 'ONLINE'"),
        ('state = "ONLINE"', 'state = "BREAK"', "states.0.values.free: a BREAK has a reason"),
        ('id = "who"', 'id = "who["', "agents.id: is no JMESPath"),
        ('id = "who"', 'id = "who"\nname = "agent"', "agents.name: write {agent} once"),
        ('time = "at"', 'time = "at"\ntime_format = "EU"', "events.time_format: write iso"),
        ('time = "at"', 'time = "at"\ntime_zone = "Mars"', "events.time_zone: write an IANA"),
        ('time = "at"', 'tiem = "at"', "events.time: Field required"),
        ('time = "at"', 'time = "at"\ntiem = "at"', "events.tiem: Extra inputs"),
        ("[events]", "[events", "not TOML"),
    ],
)
def test_a_wrong_setting_is_named_with_what_would_be_right(
    right: str, wrong: str, said: str
) -> None:
    with pytest.raises(MappingRefusedError) as refused:
        parse_mapping(SMALL.replace(right, wrong, 1))

    assert said in str(refused.value)


def test_a_mapping_that_translates_nothing_is_refused() -> None:
    with pytest.raises(MappingRefusedError, match="at least one"):
        parse_mapping(SMALL[: SMALL.index("[[states]]")])


@pytest.mark.parametrize(
    "text",
    [
        " | ".join(["[@, @][]"] * 10),
        " | ".join(["join('', [@, @])"] * 5),
        "a" * 1001,
        " || ".join(f"f{number}" for number in range(80)),
        "(" * 2000,
        "`1" + "0" * 900,
    ],
)
def test_an_expression_that_could_grow_without_end_is_refused(text: str) -> None:
    with pytest.raises(ExpressionRefusedError):
        Expression.parse(text)


_PARTS = """
a @ . [ ] [] [? * | || && ! == < 'x' `1` & join( length( sort_by( map( to_number( keys( not_null(
, ) {a: } -1 : [0] "ä" `[1,{}]`
"""
_WORDS = st.sampled_from(_PARTS.split())
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abä"), inner),
    max_leaves=8,
)


@given(text=st.lists(_WORDS, max_size=12).map("".join) | st.text(), document=_JSON)
def test_an_expression_is_refused_fails_or_finds_something(text: str, document: object) -> None:
    with suppress(ExpressionRefusedError, ExpressionFailedError):
        Expression.parse(text).holds(document)


@given(place=st.integers(0, len(SMALL)), text=st.text())
def test_a_damaged_mapping_is_read_or_refused(place: int, text: str) -> None:
    with suppress(MappingRefusedError):
        parse_mapping(SMALL[:place] + text + SMALL[place:])
