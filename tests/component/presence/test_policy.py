"""A site's policy: versions of it, and that agents are judged by the one in force."""

import grpc
import psycopg
import pytest
from muster.presence.v1 import policy_service_pb2 as wire
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1.policy_service_pb2_grpc import PolicyServiceStub
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.conftest import OwnerUrl
from tests.component.presence.reading import an_hour, rows_in
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import (
    a_log_request,
    a_report,
    a_request,
)

BANK = wire.GetPresencePolicyRequest(site="sites/bank")
ONLY_ANA = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))


@pytest.fixture
def policies(replicas: Replicas, replica: Replica) -> PolicyServiceStub:
    return replicas.policies(replica)


async def update(policies: PolicyServiceStub, policy: wire.PresencePolicy) -> wire.PresencePolicy:
    request = wire.UpdatePresencePolicyRequest(policy=policy)
    updated: wire.PresencePolicy = await policies.UpdatePresencePolicy(request)
    return updated


async def test_a_site_begins_with_the_defaults(policies: PolicyServiceStub) -> None:
    policy = await policies.GetPresencePolicy(BANK)

    assert (policy.site, policy.version, policy.author) == ("sites/bank", 0, "")
    assert not policy.HasField("start_time")
    names = {reason.code: dict(reason.display_names) for reason in policy.break_reasons}
    assert names["meal"] == {"en": "Meal", "zh": "用餐"}


async def test_what_was_set_is_in_force_and_what_was_before_stays(
    policies: PolicyServiceStub,
) -> None:
    policy = await policies.GetPresencePolicy(BANK)
    policy.state_log_retention_days = 400

    updated = await update(policies, policy)

    assert (updated.version, updated.author) == (1, "accounts/ana")
    assert updated.HasField("start_time")
    assert await policies.GetPresencePolicy(BANK) == updated
    assert updated.state_log_retention_days == 400
    first = await policies.GetPresencePolicy(
        wire.GetPresencePolicyRequest(site="sites/bank", version=1)
    )
    assert first == updated


@pytest.mark.parametrize(
    ("site", "version", "reason"),
    [
        ("sites/bank", 9, "UNKNOWN_POLICY_VERSION"),
        ("sites/nowhere", 9, "UNKNOWN_SITE"),
        ("sites/nowhere", 0, "UNKNOWN_SITE"),
    ],
)
async def test_a_site_or_version_that_never_was_is_not_found(
    policies: PolicyServiceStub, site: str, version: int, reason: str
) -> None:
    request = wire.GetPresencePolicyRequest(site=site, version=version)
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await policies.GetPresencePolicy(request)

    assert refusal_from(caught.value).reason == reason


async def test_a_site_that_never_was_gets_no_policy(policies: PolicyServiceStub) -> None:
    policy = await policies.GetPresencePolicy(BANK)
    policy.site = "sites/nowhere"

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await update(policies, policy)

    assert refusal_from(caught.value).reason == "UNKNOWN_SITE"


async def test_of_two_who_change_the_same_version_the_second_is_told(
    policies: PolicyServiceStub,
) -> None:
    policy = await policies.GetPresencePolicy(BANK)
    await update(policies, policy)

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await update(policies, policy)

    refusal = refusal_from(caught.value)
    assert (refusal.code, refusal.reason) == ("ABORTED", "POLICY_CHANGED")
    assert refusal.metadata["version"] == "1"


async def test_every_fault_is_told_at_once(policies: PolicyServiceStub) -> None:
    policy = await policies.GetPresencePolicy(BANK)
    policy.state_log_retention_days = 1
    policy.root_recipients.append("nobody")

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await update(policies, policy)

    assert [violation.field for violation in refusal_from(caught.value).violations] == [
        "policy.state_log_retention_days",
        "policy.root_recipients[0]",
    ]


async def test_who_sees_an_agent_reads_the_rules_and_sets_none(
    replicas: Replicas, replica: Replica
) -> None:
    own = replicas.policies(replica, scope=ONLY_ANA)

    policy = await own.GetPresencePolicy(BANK)

    for refused in (
        update(own, policy),
        own.GetPresencePolicy(wire.GetPresencePolicyRequest(site="sites/shop")),
    ):
        with pytest.raises(grpc.aio.AioRpcError) as caught:
            await refused
        assert refusal_from(caught.value).reason == "UNKNOWN_SITE"


async def test_another_precedence_counts_from_now_on(
    policies: PolicyServiceStub,
    presence: PresenceServiceStub,
    reader: TimelineServiceStub,
    owner_url: OwnerUrl,
) -> None:
    button = a_report("ana", "e-1", state=state.STATE_BREAK, reason="meal")
    call = a_report("ana", "e-2", 10, state=state.STATE_BUSY)
    await presence.ReportStates(a_request(call))
    await presence.ReportStates(
        a_request(button, source="app", source_kind=state.SOURCE_KIND_SUPERVISOR)
    )
    policy = await policies.GetPresencePolicy(BANK)
    del policy.precedence[:]
    policy.precedence.add().matches.add(track_kind=wire.TRACK_KIND_PERSON)

    updated = await update(policies, policy)

    with psycopg.connect(owner_url("presence")) as connection:
        judged = connection.execute("SELECT state, since_time FROM agent_state").fetchall()
    assert [(one, since.timestamp()) for one, since in judged] == [
        (state.STATE_BREAK, updated.start_time.ToMicroseconds() / 1e6)
    ]
    until_now = an_hour()
    until_now.end_time.FromMicroseconds(updated.start_time.ToMicroseconds() + 1_000_000)
    row = rows_in(await reader.GetSiteTimelines(until_now))["ana"]
    assert [look for _, _, look in row] == ["BREAK meal", "BUSY", "BREAK meal"]


async def test_contacts_that_end_begin_a_wrap_up_with_its_limit(
    policies: PolicyServiceStub, presence: PresenceServiceStub
) -> None:
    policy = await policies.GetPresencePolicy(BANK)
    rule = policy.wrap_up_rules.add(queue="cards", limit_end=wire.WrapUpRule.LIMIT_END_READY)
    rule.target.FromSeconds(30)
    rule.limit.FromSeconds(90)
    await update(policies, policy)

    await presence.ReportStates(
        a_request(a_report("ana", "e-1", ended_contacts=["c-1"], queue="cards"))
    )

    (entry,) = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert (entry.state, list(entry.contacts)) == (state.STATE_WRAP_UP, ["c-1"])
    assert entry.limit_time.seconds - entry.occurred_time.seconds == 90


async def test_an_unlisted_reason_is_recorded_and_counted(
    presence: PresenceServiceStub, replica: Replica
) -> None:
    odd = a_report("ana", "e-1", state=state.STATE_BREAK, reason="fire-drill")

    await presence.ReportStates(a_request(odd))

    (entry,) = (await presence.ListStateLog(a_log_request("ana"))).entries
    assert entry.reason == "fire-drill"
    count = replica.telemetry.registry.get_sample_value(
        "muster_presence_unknown_reasons_total", {"site": "bank"}
    )
    assert count == 1
