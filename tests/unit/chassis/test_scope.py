from datetime import UTC, datetime, timedelta

import pytest

from chassis.scope import EVERYTHING, LIVE_SPAN, Scope, Scopes

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
OWN = Scope(frozenset(), frozenset({"agents/ana"}))


@pytest.mark.parametrize(
    ("scope", "sees_site", "sees_agent"),
    [
        (EVERYTHING, True, True),
        (Scope(sites=frozenset()), False, False),
        (Scope(frozenset({"sites/x"})), True, True),
        (Scope(frozenset({"sites/y"})), False, False),
        (Scope(frozenset(), frozenset({"agents/ana"})), False, True),
        (Scope(frozenset(), frozenset({"agents/bo"})), False, False),
    ],
)
def test_a_scope_opens_sites_and_single_agents(
    scope: Scope, sees_site: bool, sees_agent: bool
) -> None:
    assert scope.sees_site("sites/x") is sees_site
    assert scope.sees_agent("agents/ana", "sites/x") is sees_agent


def test_a_scope_opens_the_agents_of_a_team_wherever_they_are() -> None:
    lead = Scope(frozenset(), teams=frozenset({"teams/north"}))

    assert lead.sees_agent("agents/ana", "sites/x", "teams/north")
    assert not lead.sees_agent("agents/bo", "sites/x", "teams/south")
    assert not lead.sees_agent("agents/cy", "sites/x")
    assert not lead.sees_site("sites/x")
    assert not lead.is_personal


def test_a_scope_of_single_agents_alone_is_personal() -> None:
    assert OWN.is_personal
    assert not EVERYTHING.is_personal
    assert not Scope(frozenset({"sites/x"})).is_personal


@pytest.mark.parametrize(
    ("start", "known", "is_past"),
    [
        (NOW, None, False),
        (NOW + timedelta(days=9), None, False),
        (NOW - LIVE_SPAN, None, False),
        (NOW - LIVE_SPAN - timedelta(microseconds=1), None, True),
        (NOW, NOW - timedelta(hours=1), False),
        (NOW, NOW - timedelta(days=2), True),
        (NOW - timedelta(days=2), NOW, True),
    ],
)
def test_a_span_that_begins_before_the_last_day_is_judged_by_the_history(
    start: datetime, known: datetime | None, is_past: bool
) -> None:
    scope = Scopes(EVERYTHING, OWN).of_span(start, NOW, known)

    assert scope is (OWN if is_past else EVERYTHING)
