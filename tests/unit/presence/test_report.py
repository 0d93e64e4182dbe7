from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.presence.domain.entry import NO_DETAILS
from services.presence.domain.fate import Reason
from services.presence.domain.policy import DEFAULT_POLICY, LimitEnd, WrapUpRule
from services.presence.domain.report import Origin, Report, check_age, check_report, entry_of
from services.presence.domain.state import Activity, SourceKind, State
from tests.unit.presence.builders import MORNING, a_report

PBX = Origin("pbx", SourceKind.TELEPHONY, "accounts/supervisor")
BREAK, BUSY, ONLINE = State.BREAK.value, State.BUSY.value, State.ONLINE.value


def reason_for(report: Report, kind: SourceKind = SourceKind.TELEPHONY) -> Reason | None:
    refused = check_report(report, kind, MORNING)
    return refused.reason if refused else None


@pytest.mark.parametrize(
    "report",
    [
        a_report(),
        a_report(event_id="呼叫 1"),
        a_report(state=BREAK, reason="meal"),
        a_report(state=BUSY, activity=Activity.TALKING.value, contacts=("c-1",)),
        a_report(state=State.WRAP_UP.value, contacts=("c",) * 64),
        a_report(state=BUSY, load_count=2, capacity_count=3, queue="cards"),
        a_report(ended_contacts=("c-1", "c-2"), queue="cards"),
        a_report(occurred_time=MORNING + timedelta(seconds=10)),
        a_report(occurred_time=MORNING - timedelta(days=90)),
        a_report(source_sequence=-(2**63)),
    ],
)
def test_a_report_within_the_limits_is_taken(report: Report) -> None:
    assert reason_for(report) is None


@pytest.mark.parametrize(
    ("report", "field"),
    [
        (a_report(event_id=""), "event_id"),
        (a_report(event_id="a\x00b"), "event_id"),
        (a_report(event_id="x" * 129), "event_id"),
        (a_report(agent="ana"), "agent"),
        (a_report(agent="agents/Ana"), "agent"),
        (a_report(agent="agents/ana\n"), "agent"),
        (a_report(state=0), "state"),
        (a_report(state=7), "state"),
        (a_report(state=BREAK), "reason"),
        (a_report(state=BREAK, reason="Meal"), "reason"),
        (a_report(reason="meal"), "reason"),
        (a_report(activity=Activity.TALKING.value), "activity"),
        (a_report(state=BUSY, activity=9), "activity"),
        (a_report(contacts=("c-1",)), "contacts"),
        (a_report(state=BUSY, contacts=("c",) * 65), "contacts"),
        (a_report(state=BUSY, contacts=("c-1", "")), "contacts"),
        (a_report(state=BUSY, ended_contacts=("c-1",)), "ended_contacts"),
        (a_report(ended_contacts=("c",) * 65), "ended_contacts"),
        (a_report(ended_contacts=("",)), "ended_contacts"),
        (a_report(queue="Cards"), "queue"),
        (a_report(load_count=1), "load_count"),
        (a_report(state=BUSY, load_count=-1), "load_count"),
        (a_report(state=BUSY, capacity_count=1001), "capacity_count"),
        (a_report(inferred=True), "inferred"),
        (a_report(occurred_time=None), "occurred_time"),
        (a_report(occurred_time=datetime(1969, 12, 31, tzinfo=UTC)), "occurred_time"),
    ],
)
def test_a_faulty_report_is_refused_and_its_field_named(report: Report, field: str) -> None:
    refused = check_report(report, SourceKind.TELEPHONY, MORNING)

    assert refused is not None
    assert refused.reason is Reason.INVALID_FIELD
    assert refused.message.startswith(f"{field}: ")


def test_an_instant_over_ten_seconds_ahead_is_in_the_future() -> None:
    report = a_report(occurred_time=MORNING + timedelta(seconds=10, microseconds=1))

    assert reason_for(report) is Reason.IN_THE_FUTURE


@pytest.mark.parametrize("days", [35, 90])
def test_a_report_older_than_its_site_keeps_the_log_is_too_old_unless_it_is_imported(
    days: int,
) -> None:
    just_kept = a_report(occurred_time=MORNING - timedelta(days=days))
    too_old = a_report(occurred_time=MORNING - timedelta(days=days, microseconds=1))

    refused = check_age(too_old, SourceKind.TELEPHONY, MORNING, days)

    assert check_age(just_kept, SourceKind.TELEPHONY, MORNING, days) is None
    assert refused is not None
    assert refused.reason is Reason.TOO_OLD
    assert check_age(too_old, SourceKind.IMPORT, MORNING, days) is None


def test_an_import_of_a_year_that_is_a_typing_error_is_too_old() -> None:
    report = a_report(occurred_time=MORNING.replace(year=1971))

    assert reason_for(report, SourceKind.IMPORT) is Reason.TOO_OLD
    assert reason_for(a_report(occurred_time=MORNING.replace(year=1999)), SourceKind.IMPORT) is None


def test_only_an_import_infers() -> None:
    assert reason_for(a_report(inferred=True), SourceKind.IMPORT) is None


def test_an_entry_keeps_what_was_reported_and_by_whom() -> None:
    report = a_report(
        state=BUSY, activity=Activity.HOLD.value, contacts=("c-1", "c-2"), source_sequence=7
    )

    entry = entry_of(report, PBX, DEFAULT_POLICY)

    assert (entry.state, entry.activity, entry.contacts) == (
        State.BUSY,
        Activity.HOLD,
        ("c-1", "c-2"),
    )
    assert (entry.source, entry.actor, entry.source_sequence) == ("pbx", "accounts/supervisor", 7)
    assert entry.order == (MORNING, 7, "e-1", "pbx")
    assert entry.details is NO_DETAILS


CARDS = WrapUpRule("cards", timedelta(seconds=30), timedelta(seconds=90), LimitEnd.READY)


@pytest.mark.parametrize(
    ("rules", "queue", "state", "limit"),
    [
        ((CARDS,), "cards", State.WRAP_UP, timedelta(seconds=90)),
        ((CARDS,), "loans", State.ONLINE, None),
        ((CARDS, WrapUpRule("", CARDS.target, None, LimitEnd.OVERRUN)), "", State.WRAP_UP, None),
        ((), "cards", State.ONLINE, None),
    ],
)
def test_ended_contacts_begin_a_wrap_up_where_the_queue_has_a_rule(
    rules: tuple[WrapUpRule, ...], queue: str, state: State, limit: timedelta | None
) -> None:
    report = a_report(ended_contacts=("c-1",), queue=queue)

    entry = entry_of(report, PBX, replace(DEFAULT_POLICY, wrap_up_rules=rules))

    assert entry.state is state
    assert entry.contacts == (("c-1",) if state is State.WRAP_UP else ())
    assert entry.details.limit_time == (None if limit is None else MORNING + limit)


def test_an_imported_wrap_up_has_no_limit() -> None:
    report = a_report(state=State.WRAP_UP.value, queue="cards")
    policy = replace(DEFAULT_POLICY, wrap_up_rules=(CARDS,))
    imported = Origin("file", SourceKind.IMPORT, "accounts/supervisor")

    assert entry_of(report, imported, policy).details.limit_time is None
    assert entry_of(report, PBX, policy).details.limit_time is not None
