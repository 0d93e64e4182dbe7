"""A small installation to administer: one of everything, and a source with a mapping."""

from muster.dispatch.v1.queue_pb2 import Queue
from muster.gateway.v1 import protection_service_pb2 as protection_pb
from muster.gateway.v1.account_service_pb2 import Account
from muster.gateway.v1.audit_service_pb2 import AuditEntry
from muster.gateway.v1.role_service_pb2 import Permission, Role
from muster.gateway.v1.service_account_service_pb2 import ServiceAccount
from muster.gateway.v1.source_service_pb2 import Source, SourceEvent, SourceMapping, SourceUnknown
from muster.presence.v1.policy_service_pb2 import BreakReason, PresencePolicy
from muster.roster.v1.people_pb2 import Agent, Line, Site, Skill, Team

from tests.web.support.administration import Desk

HARBOUR = "sites/harbour"
MAPPING = """[events]
id = "id"
time = "at"

[agents]
id = "who"
name = "{agent}"

[[states]]
value = "state"

[states.values]
READY = { state = "ONLINE" }
"""
RECORDED = """{"id": "1", "at": "2026-03-10T09:00:00Z", "who": "Ana", "state": "READY"}
{"id": "2", "at": "2026-03-10T09:05:00Z", "who": "Ana", "state": "COACHING"}"""


def furnish(desk: Desk) -> None:
    """Puts everything back to how it was."""
    desk.refusal = None
    desk.policy = PresencePolicy(site=HARBOUR, version=3, author="accounts/supervisor")
    desk.policy.break_reasons.append(_meal())
    desk.profile = _profile()
    desk.rows = {
        "accounts": [
            Account(name="accounts/ana", display_name="Ana", roles=["roles/agent"], etag="1")
        ],
        "roles": [
            Role(name="roles/agent", display_name="Agent", permissions=["account.self"], etag="1")
        ],
        "permissions": [Permission(id="account.self"), Permission(id="board.read")],
        "service_accounts": [
            ServiceAccount(name="serviceAccounts/wall", display_name="Wall", roles=["roles/agent"])
        ],
        "sites": [Site(name=HARBOUR, display_name="Harbour", time_zone="Europe/Madrid")],
        "teams": [Team(name="teams/north", display_name="North", site=HARBOUR, line="lines/care")],
        "agents": [Agent(name="agents/ana", display_name="Ana Lopes", site=HARBOUR)],
        "lines": [Line(name="lines/care", display_names={"en": "Care", "zh": "客服"})],
        "skills": [Skill(name="skills/fibre", display_names={"en": "Fibre", "zh": "光纤"})],
        "queues": [_queue()],
        "rule_sets": [protection_pb.ProtectionRuleSet(id=one) for one in ("strict", "standard")],
        "profiles": [desk.profile],
        "entries": [_look()],
        "sources": [_source()],
        "mappings": [SourceMapping(name="sources/pbx/mappings/1", text=MAPPING)],
        "unknowns": [SourceUnknown(field="states.0.values", value="COACHING", event_count=7)],
        "events": _events(),
    }


def _meal() -> BreakReason:
    return BreakReason(
        code="meal",
        display_names={"en": "Meal", "zh": "用餐"},
        reason_class=BreakReason.REASON_CLASS_REST,
    )


def _profile() -> protection_pb.ProtectionProfile:
    profile = protection_pb.ProtectionProfile(
        name=f"{HARBOUR}/protectionProfile", version=1, rule_set="strict", agreed_by="Both sides"
    )
    profile.agreement_date.year, profile.agreement_date.month, profile.agreement_date.day = (
        2026,
        3,
        1,
    )
    profile.rules_in_force.smallest_group = 5
    return profile


def _queue() -> Queue:
    queue = Queue(name=f"{HARBOUR}/queues/support", display_names={"en": "Support", "zh": "支持"})
    queue.service_level_policy = "of_offered.v1"
    queue.target.FromSeconds(20)
    return queue


def _look() -> AuditEntry:
    look = AuditEntry(name="auditEntries/7", kind=AuditEntry.KIND_LOOK, actor="accounts/lead")
    look.method, look.person = "muster.presence.v1.TimelineService/GetTimeline", "agents/ana"
    return look


def _source() -> Source:
    return Source(
        name="sources/pbx",
        site=HARBOUR,
        display_name="Harbour PBX",
        active_mapping="sources/pbx/mappings/1",
        pending_count=4,
    )


def _events() -> list[SourceEvent]:
    told = RECORDED.splitlines()
    states = (SourceEvent.STATE_DONE, SourceEvent.STATE_UNKNOWN)
    return [
        SourceEvent(
            name=f"sources/pbx/events/{index}", dedupe_id=f"e-{index}", state=state, body=body
        )
        for index, (body, state) in enumerate(zip(told, states, strict=True), start=1)
    ][::-1]
