from collections import defaultdict
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cli.importing.calls import Call
from cli.importing.mapping import CallRule
from cli.importing.sessions import Report, count_overlaps, derive_reports
from tests.unit.importing.builders import NOON, a_call

RULE = CallRule(between_calls="ONLINE")


def story(reports: list[Report]) -> list[tuple[float, str, tuple[str, ...]]]:
    return [
        ((report.occurred_time - NOON) / timedelta(minutes=1), report.state, report.contacts)
        for report in reports
    ]


def test_between_two_calls_of_a_session_an_agent_is_online_by_inference() -> None:
    reports = derive_reports([a_call(1, 0, 5), a_call(2, 20, 25)], RULE)

    assert story(reports) == [
        (0, "BUSY", ("c1",)),
        (5, "ONLINE", ()),
        (20, "BUSY", ("c2",)),
        (25, "UNOBSERVED", ()),
    ]
    assert [report.inferred for report in reports] == [False, True, False, False]


def test_a_pause_longer_than_the_session_gap_is_unobserved() -> None:
    reports = derive_reports([a_call(1, 0, 5), a_call(2, 20.5, 25)], RULE)

    assert story(reports)[1] == (5, "UNOBSERVED", ())


def test_without_a_rule_the_time_between_calls_is_unobserved_and_not_inferred() -> None:
    reports = derive_reports([a_call(1, 0, 5), a_call(2, 6, 7)], CallRule())

    assert (reports[1].state, reports[1].inferred) == ("UNOBSERVED", False)


def test_overlapping_calls_are_busy_with_the_set_of_contacts() -> None:
    reports = derive_reports([a_call(1, 0, 10), a_call(2, 4, 6), a_call(3, 8, 12)], RULE)

    assert story(reports) == [
        (0, "BUSY", ("c1",)),
        (4, "BUSY", ("c1", "c2")),
        (6, "BUSY", ("c1",)),
        (8, "BUSY", ("c1", "c3")),
        (10, "BUSY", ("c3",)),
        (12, "UNOBSERVED", ()),
    ]


def test_a_call_that_starts_as_another_ends_follows_it_without_a_gap() -> None:
    reports = derive_reports([a_call(1, 0, 5), a_call(2, 5, 7)], RULE)

    assert story(reports)[1] == (5, "BUSY", ("c2",))
    assert reports[1].rows == (1, 2)


def test_agents_have_sessions_of_their_own() -> None:
    reports = derive_reports([a_call(1, 0, 5, agent="ana"), a_call(2, 6, 7, agent="ben")], RULE)

    assert [(r.agent, r.state) for r in reports] == [
        ("agents/ana", "BUSY"),
        ("agents/ana", "UNOBSERVED"),
        ("agents/ben", "BUSY"),
        ("agents/ben", "UNOBSERVED"),
    ]


def test_a_longer_file_outranks_what_a_shorter_one_said_of_the_same_instant() -> None:
    (shorter,) = [r for r in derive_reports([a_call(1, 0, 5)], RULE) if r.state == "UNOBSERVED"]
    (longer,) = [
        report
        for report in derive_reports([a_call(1, 0, 5), a_call(2, 7, 9)], RULE)
        if report.occurred_time == shorter.occurred_time
    ]

    assert longer.event_id != shorter.event_id
    assert longer.source_sequence > shorter.source_sequence


def test_a_call_within_a_longer_one_overlaps_and_so_does_one_after_it() -> None:
    assert count_overlaps([a_call(1, 0, 10), a_call(2, 1, 2), a_call(3, 9, 11)]) == 2


CALLS = st.lists(
    st.tuples(st.sampled_from(["ana", "ben"]), st.integers(0, 40), st.integers(1, 20)), max_size=25
).map(
    lambda drawn: [
        a_call(row, start, start + length, agent=agent)
        for row, (agent, start, length) in enumerate(drawn, start=1)
    ]
)


@given(CALLS)
def test_at_every_instant_an_agent_is_busy_with_exactly_the_calls_in_hand(
    calls: list[Call],
) -> None:
    reports = derive_reports(calls, RULE)

    by_agent: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_agent[report.agent].append(report)
    for agent, own in by_agent.items():
        assert len({report.occurred_time for report in own}) == len(own)
        for report in own:
            assert set(report.contacts) == _in_hand(calls, agent, report.occurred_time)
            assert (report.state == "BUSY") == bool(report.contacts)


@given(CALLS, st.randoms(use_true_random=False))
def test_the_same_calls_in_any_order_give_the_same_reports(
    calls: list[Call], random: Random
) -> None:
    shuffled = list(calls)
    random.shuffle(shuffled)

    assert derive_reports(shuffled, RULE) == derive_reports(calls, RULE)


@given(CALLS)
def test_every_call_begins_with_one_report_and_ends_with_another(calls: list[Call]) -> None:
    reports = derive_reports(calls, RULE)

    for call in calls:
        mine = [report.occurred_time for report in reports if call.row in report.rows]
        assert mine == [call.span.start_time, call.span.end_time]


def _in_hand(calls: list[Call], agent: str, at: datetime) -> set[str]:
    return {
        call.contact
        for call in calls
        if f"agents/{call.agent.id}" == agent and call.span.start_time <= at < call.span.end_time
    }
