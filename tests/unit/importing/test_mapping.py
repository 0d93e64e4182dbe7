from datetime import timedelta
from pathlib import Path

import pytest

from cli.importing.mapping import MappingRefusedError, parse_mapping

EXAMPLE = Path(__file__).parents[3] / "docs/examples/anonymous-bank.toml"


def test_the_documented_example_is_a_mapping() -> None:
    mapping = parse_mapping(EXAMPLE.read_text(encoding="utf-8"))

    assert mapping.time_zone == "Asia/Jerusalem"
    assert mapping.calls.session_gap == timedelta(minutes=15)
    assert mapping.needed_columns() == (
        "date",
        "ser_start",
        "ser_exit",
        "server",
        "vru_entry",
        "ser_time",
        "vru+line",
        "call_id",
        "outcome",
    )


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
