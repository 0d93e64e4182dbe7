"""What an amendment must be."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.presence.domain.amendment import Amendment, amendment_entry, amendment_faults
from services.presence.domain.state import EntryKind, SourceKind, State
from tests.unit.presence.builders import MORNING

NOW = MORNING + timedelta(days=2)
MEAL = Amendment(
    agent="agents/ana",
    start_time=MORNING,
    end_time=MORNING + timedelta(minutes=30),
    state=State.BREAK,
    reason="meal",
    text="忘记按键 / forgot the button",
    request_id="8f6c2f6e-6a4f-4f0e-9b0a-0d8d9d9c7a11",
    author="accounts/supervisor",
)


def faults(**changes: object) -> list[str]:
    amendment = replace(MEAL, **changes)  # type: ignore[arg-type]  # by name
    return [field for field, _ in amendment_faults(amendment, NOW)]


def test_a_span_of_the_past_with_a_reason_and_a_text_can_be_amended() -> None:
    assert faults() == []
    assert faults(state=State.UNOBSERVED, reason="", text="x" * 500) == []
    assert faults(start_time=NOW - timedelta(days=31), end_time=NOW) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"end_time": MORNING}, "end_time"),
        ({"start_time": NOW - timedelta(days=31, microseconds=1), "end_time": NOW}, "end_time"),
        ({"end_time": NOW + timedelta(microseconds=1)}, "end_time"),
        (
            {"start_time": NOW - timedelta(days=3661), "end_time": NOW - timedelta(days=3660)},
            "start_time",
        ),
        ({"reason": ""}, "reason"),
        ({"reason": "Meal"}, "reason"),
        ({"state": State.ONLINE}, "reason"),
        ({"text": " "}, "text"),
        ({"text": "x" * 501}, "text"),
        ({"text": "a\x00b"}, "text"),
    ],
)
def test_what_cannot_be_amended_is_told_with_its_field(
    changes: dict[str, object], field: str
) -> None:
    assert faults(**changes) == [field]


def test_an_amendment_stands_in_the_log_with_its_author() -> None:
    entry = amendment_entry(MEAL)

    assert (entry.kind, entry.source_kind) == (EntryKind.AMENDMENT, SourceKind.SUPERVISOR)
    assert (entry.actor, entry.details.text) == (MEAL.author, MEAL.text)
    assert (entry.occurred_time, entry.details.end_time) == (MEAL.start_time, MEAL.end_time)
