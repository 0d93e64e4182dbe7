"""What a policy must be, and that it crosses the wire whole."""

from dataclasses import replace
from datetime import timedelta

import pytest
from google.protobuf.json_format import MessageToDict
from muster.presence.v1 import policy_service_pb2 as wire

from chassis.errors import Refusal
from services.presence.domain.lease import LeaseRule
from services.presence.domain.policy import (
    DEFAULT_POLICY,
    BreakReason,
    LimitEnd,
    PresencePolicy,
    ReasonClass,
    WrapUpRule,
)
from services.presence.domain.policy_check import faults_of
from services.presence.domain.precedence import Match, TrackKind
from services.presence.domain.state import SourceKind, State
from services.presence.rpc.policy_messages import policy_message
from services.presence.rpc.policy_requests import policy_of

MEAL = BreakReason("meal", (("en", "Meal"),), ReasonClass.REST)
RULE = WrapUpRule("cards", timedelta(seconds=60), None, LimitEnd.READY)
LEASE = LeaseRule(SourceKind.TELEPHONY, "", timedelta(seconds=10))
DAY = timedelta(days=1)


def changed(**changes: object) -> PresencePolicy:
    return replace(DEFAULT_POLICY, **changes)  # type: ignore[arg-type]  # by name


def ranked(*matches: Match) -> PresencePolicy:
    return changed(precedence=(matches,))


def test_the_defaults_have_no_fault() -> None:
    assert faults_of(DEFAULT_POLICY) == []


def test_the_defaults_name_every_reason_in_both_languages() -> None:
    for reason in DEFAULT_POLICY.break_reasons:
        assert [language for language, _ in reason.display_names] == ["en", "zh"]


@pytest.mark.parametrize(
    ("policy", "field"),
    [
        (changed(precedence=((Match(TrackKind.PERSON),),) * 51), "precedence"),
        (ranked(), "precedence[0].matches"),
        (ranked(Match(TrackKind.PERSON, "PBX")), "precedence[0].matches[0].source"),
        (
            ranked(Match(TrackKind.PERSON, "", frozenset({State.UNOBSERVED}))),
            "precedence[0].matches[0].states",
        ),
        (changed(break_reasons=(replace(MEAL, code="Meal"),)), "break_reasons[0].code"),
        (changed(break_reasons=(MEAL, MEAL)), "break_reasons[1]"),
        (
            changed(break_reasons=(replace(MEAL, display_names=()),)),
            "break_reasons[0].display_names",
        ),
        (
            changed(break_reasons=(replace(MEAL, display_names=(("en", "x" * 61),)),)),
            "break_reasons[0].display_names",
        ),
        (
            changed(break_reasons=(replace(MEAL, display_names=(("English", "Meal"),)),)),
            "break_reasons[0].display_names",
        ),
        (changed(break_reasons=(replace(MEAL, longest=timedelta(0)),)), "break_reasons[0].longest"),
        (changed(wrap_up_rules=(replace(RULE, queue="Cards"),)), "wrap_up_rules[0].queue"),
        (changed(wrap_up_rules=(RULE, RULE)), "wrap_up_rules[1]"),
        (changed(wrap_up_rules=(replace(RULE, target=-DAY),)), "wrap_up_rules[0].target"),
        (changed(wrap_up_rules=(replace(RULE, limit=DAY),)), "wrap_up_rules[0].limit"),
        (changed(lease_rules=(LEASE, LEASE)), "lease_rules[1]"),
        (changed(lease_rules=(LEASE._replace(length=timedelta(0)),)), "lease_rules[0].lease"),
        (changed(grace=DAY), "grace"),
        (changed(state_log_retention_days=34), "state_log_retention_days"),
        (changed(root_recipients=("Ana <ana@example.org>",)), "root_recipients[0]"),
        (changed(root_recipients=("ana@example.org",) * 21), "root_recipients"),
    ],
)
def test_a_fault_names_its_part(policy: PresencePolicy, field: str) -> None:
    assert [fault.field for fault in faults_of(policy)] == [field]


def test_a_policy_crosses_the_wire_whole() -> None:
    policy = changed(
        version=3,
        precedence=((Match(TrackKind.TELEPHONY, "pbx", frozenset({State.BUSY})),),),
        break_reasons=(replace(MEAL, longest=timedelta(minutes=30), recallable=True),),
        wrap_up_rules=(replace(RULE, limit=timedelta(seconds=90.5)),),
        lease_rules=(LEASE, LeaseRule(SourceKind.AGENT, "phone", None)),
        root_recipients=("ana@example.org",),
    )

    assert policy_of(policy_message("bank", policy)) == policy


@pytest.mark.parametrize(
    ("message", "field"),
    [
        (
            wire.PresencePolicy(precedence=[{"matches": [{"source": "pbx"}]}]),
            "policy.precedence[0].matches[0].track_kind",
        ),
        (
            wire.PresencePolicy(break_reasons=[{"code": "meal"}]),
            "policy.break_reasons[0].reason_class",
        ),
        (
            wire.PresencePolicy(wrap_up_rules=[{"target": {"seconds": 1}}]),
            "policy.wrap_up_rules[0].limit_end",
        ),
        (wire.PresencePolicy(lease_rules=[{}]), "policy.lease_rules[0].source_kind"),
    ],
)
def test_a_message_that_names_nothing_is_refused_with_its_field(
    message: wire.PresencePolicy, field: str
) -> None:
    message.grace.FromSeconds(60)

    with pytest.raises(Refusal) as caught:
        policy_of(message)

    assert [violation.field for violation in caught.value.violations] == [field]


def test_all_that_a_message_does_not_name_is_told_at_once() -> None:
    message = wire.PresencePolicy(lease_rules=[{}], wrap_up_rules=[{}])

    with pytest.raises(Refusal) as caught:
        policy_of(message)

    assert [violation.field for violation in caught.value.violations] == [
        "policy.wrap_up_rules[0].target",
        "policy.wrap_up_rules[0].limit_end",
        "policy.lease_rules[0].source_kind",
        "policy.grace",
    ]


def test_what_nobody_set_is_absent_on_the_wire() -> None:
    told = MessageToDict(policy_message("bank", DEFAULT_POLICY))

    assert told["site"] == "sites/bank"
    assert "startTime" not in told
    assert "version" not in told
