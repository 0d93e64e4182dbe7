from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.importing.mapping import MappingRefusedError, check_mapping, parse_mapping
from cli.importing.mapping_kinds import KINDS, parse_any_mapping

EXAMPLE = Path(__file__).parents[3] / "docs/examples/anonymous-bank.toml"


def test_the_documented_example_is_a_mapping() -> None:
    mapping = parse_mapping(EXAMPLE.read_text(encoding="utf-8"))

    assert mapping.time_zone == "Asia/Jerusalem"
    assert mapping.calls.session_gap == timedelta(minutes=15)
    assert mapping.meanings() == {
        "date": "date",
        "ser_start": "start",
        "ser_exit": "end",
        "server": "agent",
        "vru+line": "contact",
        "call_id": "contact",
        "vru_entry": "arrival",
        "ser_time": "length_seconds",
        "type": "queue",
        "q_time": "wait_seconds",
        "outcome": "served",
        "q_exit": "left",
    }


def test_every_wrong_setting_is_named() -> None:
    example = EXAMPLE.read_text(encoding="utf-8")
    wrong = example.replace('"Asia/Jerusalem"', '"Asia/Atlantis"').replace('"15m"', '"soon"')

    with pytest.raises(MappingRefusedError) as refusal:
        parse_mapping(wrong)

    assert "time_zone: " in str(refusal.value)
    assert "calls.session_gap: " in str(refusal.value)


def test_a_misspelt_setting_is_refused_instead_of_ignored() -> None:
    example = EXAMPLE.read_text(encoding="utf-8")

    with pytest.raises(MappingRefusedError, match=r"calls\.sesion_gap"):
        parse_mapping(example.replace("session_gap", "sesion_gap"))


def test_what_is_not_toml_is_refused() -> None:
    with pytest.raises(MappingRefusedError, match="not TOML"):
        parse_mapping("columns = ")


@pytest.mark.parametrize("zone", ['["x"]', "7", "{}", '""'])
def test_what_is_no_time_zone_is_refused_with_an_example(zone: str) -> None:
    example = EXAMPLE.read_text(encoding="utf-8")

    with pytest.raises(MappingRefusedError, match=r"time_zone: .* for example Asia/Jerusalem"):
        parse_mapping(example.replace('"Asia/Jerusalem"', zone))


@pytest.mark.parametrize("kind", ['"dogs"', "7", "[]"])
def test_an_unknown_kind_is_refused_with_those_there_are(kind: str) -> None:
    with pytest.raises(MappingRefusedError, match="calls, states, agents, shifts"):
        parse_any_mapping(f"kind = {kind}")


def test_a_mapping_without_a_kind_is_one_of_calls() -> None:
    assert parse_any_mapping(EXAMPLE.read_text(encoding="utf-8")).kind == "calls"


@pytest.mark.parametrize("kind", ["calls", "states", "agents", "shifts"])
def test_the_documented_example_of_each_kind_is_a_mapping(kind: str) -> None:
    example = EXAMPLE.parent / "import" / f"{kind}.toml"

    assert parse_any_mapping(example.read_text(encoding="utf-8")).kind == kind


TOML = st.recursive(
    st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["hex", "utf-16", "UTC"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "codes", "agent", "encoding", "x"]), inner)
    ),
    max_leaves=5,
)


@given(
    st.sampled_from(["calls", "states", "agents", "shifts"]),
    st.dictionaries(
        st.sampled_from(
            [
                "source",
                "time_zone",
                "site",
                "team",
                "agent",
                "columns",
                "formats",
                "file",
                "teams",
                "served",
                "calls",
                "states",
                "shifts",
                "activities",
            ]
        ),
        TOML,
    ),
)
def test_whatever_stands_in_a_mapping_is_taken_or_refused(
    kind: str, settings: dict[str, object]
) -> None:
    with suppress(MappingRefusedError):
        assert check_mapping(KINDS[kind], {"kind": kind, **settings})


def test_what_is_nested_too_deeply_is_refused() -> None:
    with pytest.raises(MappingRefusedError):
        parse_any_mapping("a = " + "[" * 5_000)
