"""What the floor tells, as it goes over the wire."""

from datetime import UTC, datetime

import pytest

from services.presence.domain.state import Activity, State
from simulator.floor.reports import states_request
from simulator.twin.happenings import StateChange

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.mark.parametrize("is_past", [True, False])
def test_whoever_chats_is_told_with_load_and_capacity_live_and_in_the_past(is_past: bool) -> None:
    chatting = StateChange(
        "agents/ana", NOON, State.BUSY, "", Activity.CHATTING, ("one",), capacity_count=2
    )

    (report,) = states_request("harbor-chats", [chatting], is_past=is_past).reports

    assert (report.load_count, report.capacity_count) == (1, 2)


def test_whoever_talks_is_told_without_load_and_capacity() -> None:
    talking = StateChange("agents/bo", NOON, State.BUSY, "", Activity.TALKING, ("one",))

    (report,) = states_request("harbor-calls", [talking], is_past=False).reports

    assert (report.load_count, report.capacity_count) == (0, 0)
