import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from chassis.telemetry import silent_telemetry
from gateway.app.deliver_events import LONGEST_WAIT, SHORTEST_WAIT, DeliverEvents, wait_after
from gateway.app.mappings import Mappings
from gateway.app.source_ports import Reporter
from gateway.domain.sources.source import ClaimedEvent, EventState, Fate, MappingVersion
from gateway.domain.sources.translate import translate
from gateway.domain.sources.understood import ContactChange, StateChange
from gateway.telemetry import declare_source_metrics

NINE = datetime(2026, 11, 22, 9, tzinfo=UTC)
MAPPING = """
[events]
id = "id"
time = "at"
[agents]
id = "who"
name = "{agent}"
[[states]]
value = "state"
[states.values]
free = { state = "ONLINE" }
"""


class FakeSources:
    """Has two versions of one mapping; the second one knows tea."""

    async def find_mapping(self, source: str, version: int) -> MappingVersion | None:
        tea = 'tea = { state = "BREAK", reason = "short" }' if version == 2 else ""
        return MappingVersion(source, version, MAPPING + tea, "accounts/a", NINE)


class FakeEvents:
    """Hands out its events once, and notes what becomes of them."""

    def __init__(self, *events: ClaimedEvent) -> None:
        self.due = list(events)
        self.fates: dict[int, Fate] = {}
        self.put_off_until: dict[int, datetime] = {}

    async def claim(self, limit: int, now: datetime, until: datetime) -> Sequence[ClaimedEvent]:
        due, self.due = self.due[:limit], self.due[limit:]
        return due

    async def settle(self, source: str, fates: Sequence[Fate], now: datetime) -> None:
        self.fates |= {fate.event: fate for fate in fates}

    async def put_off(self, events: Sequence[ClaimedEvent], reason: str, until: datetime) -> None:
        self.put_off_until |= {event.id: until for event in events}


class FakeReports:
    """Notes what is reported; away when told so."""

    def __init__(self) -> None:
        self.states: list[StateChange] = []
        self.away_for = ""

    async def report_states(
        self, reporter: Reporter, changes: Sequence[StateChange]
    ) -> Sequence[str | None]:
        if reporter.source == self.away_for:
            raise Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "away")
        self.states += changes
        return [None] * len(changes)

    async def report_contacts(
        self, reporter: Reporter, changes: Sequence[ContactChange]
    ) -> Sequence[str | None]:
        raise AssertionError("the mapping has no contacts")


def claimed(
    number: int, minute: int = 0, *, source: str = "pbx", version: int = 1, state: str = "free"
) -> ClaimedEvent:
    at = (NINE + timedelta(minutes=minute)).isoformat()
    body = json.dumps({"id": f"e{number}", "at": at, "who": "a", "state": state})
    return ClaimedEvent(number, source, "sites/bank", version, body, 3, NINE)


def delivery(events: Any, reports: FakeReports) -> DeliverEvents:
    telemetry = silent_telemetry()
    sources: Any = FakeSources()
    return DeliverEvents(
        events,
        Mappings(sources),
        reports,
        telemetry.metrics(declare_source_metrics),
        ManualClock(NINE),
        telemetry.log,
    )


async def test_changes_are_reported_in_the_order_in_which_they_happened() -> None:
    events, reports = FakeEvents(claimed(1, 5), claimed(2, 1), claimed(3, 3)), FakeReports()

    await delivery(events, reports)()

    assert [change.event_id for change in reports.states] == ["e2", "e3", "e1"]
    assert {fate.state for fate in events.fates.values()} == {EventState.DONE}


async def test_each_event_is_translated_by_the_version_that_is_active_for_it() -> None:
    events = FakeEvents(claimed(1, state="tea"), claimed(2, state="tea", version=2))

    await delivery(events, FakeReports())()

    assert events.fates[1].state is EventState.UNKNOWN
    assert (events.fates[2].state, events.fates[2].version) == (EventState.DONE, 2)


async def test_what_nobody_takes_now_waits_and_hinders_no_other_source() -> None:
    events, reports = FakeEvents(claimed(1, source="cut-off"), claimed(2)), FakeReports()
    reports.away_for = "cut-off"

    await delivery(events, reports)()

    assert events.put_off_until == {1: NINE + wait_after(3)}
    assert list(events.fates) == [2]


async def test_a_defect_sets_one_event_aside_and_hinders_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fails_for_the_first(mapping: Any, message: Any) -> Any:
        if message["id"] == "e1":
            raise KeyError("a defect")
        return translate(mapping, message)

    monkeypatch.setattr("gateway.app.deliver_events.translate", fails_for_the_first)
    events = FakeEvents(claimed(1), claimed(2))

    await delivery(events, FakeReports())()

    assert events.fates[1].reasons == ("INTERNAL_ERROR: KeyError",)
    assert events.fates[2].state is EventState.DONE


def test_waits_double_up_to_an_end() -> None:
    assert [wait_after(attempt) for attempt in (1, 2, 3)] == [
        SHORTEST_WAIT,
        2 * SHORTEST_WAIT,
        4 * SHORTEST_WAIT,
    ]
    assert wait_after(10_000) == LONGEST_WAIT
