"""Roles: named sets of permissions, and those that come with Muster."""

import hashlib
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gateway.domain.accounts import Account

ADMINISTRATOR = "administrator"
GRANTS_ROLES = "account.roles.write"
"""The permission that somebody must always have: with it, everything else can be granted again."""

MOST_ROLES = 200
LONGEST_LABEL = 200

_ID = re.compile(r"[a-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions; `seeded` tells that it comes with Muster."""

    id: str
    display_name: str
    permissions: frozenset[str]
    seeded: bool = False
    account_count: int = 0

    @property
    def name(self) -> str:
        """The resource name."""
        return f"roles/{self.id}"

    @property
    def etag(self) -> str:
        """Changes with every change of the role."""
        text = repr((self.display_name, sorted(self.permissions)))
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def find_role_fault(role: Role, known_permissions: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    """Yields the fields of a role that are not as they must be, with what is wrong."""
    if not _ID.fullmatch(role.id):
        yield "name", "is no name such as roles/my-id, the id of [a-z0-9-]{1,63}"
    label = role.display_name
    if not 1 <= len(label) <= LONGEST_LABEL or not label.isprintable():
        yield "display_name", f"must have 1 to {LONGEST_LABEL} printable characters"
    unknown = sorted(role.permissions - known_permissions)
    if unknown:
        yield "permissions", f"names what is no permission, such as {unknown[0][:100]!r}"
    if not role.permissions:
        yield "permissions", "must name at least one permission"


def reseeded(
    kept: AbstractSet[str], former_seed: AbstractSet[str], seed: AbstractSet[str]
) -> frozenset[str]:
    """Returns what a seeded role permits under a new release: what that has brought comes in, what
    it has dropped goes, and what somebody else added or took away stays as it is.
    """
    return frozenset((kept | (seed - former_seed)) - (former_seed - seed))


def _role(id: str, display_name: str, *permissions: str) -> Role:
    return Role(id, display_name, frozenset(permissions), seeded=True)


SUPERVISOR_ROLE = _role(
    "supervisor",
    "Supervisor",
    "account.accounts.read",
    "account.accounts.write",
    "account.self",
    "audit.looks.read",
    "board.export",
    "board.read",
    "dispatch.contacts.read",
    "dispatch.contacts.report",
    "dispatch.customers.read",
    "dispatch.figures.read",
    "dispatch.queues.write",
    "dispatch.recordings.read",
    "gateway.reflection.read",
    "gateway.sources.read",
    "gateway.sources.write",
    "operations.read",
    "presence.log.read",
    "presence.people.erase",
    "presence.policy.read",
    "presence.policy.write",
    "presence.reasons.read",
    "presence.receipts.read",
    "presence.sources.read",
    "presence.states.amend",
    "presence.states.read",
    "presence.states.report",
    "presence.timelines.read",
    "presence.wrap_up.extend",
    "protection.confirmations.read",
    "protection.profiles.confirm",
    "protection.profiles.read",
    "roster.leads.write",
    "roster.people.read",
    "roster.people.write",
    "roster.shifts.read",
    "roster.shifts.write",
    "wall.read",
)
AGENT_ROLE = _role(
    "agent",
    "Agent",
    "account.self",
    "audit.looks.read",
    "board.read",
    "dispatch.contacts.read",
    "presence.log.read",
    "presence.policy.read",
    "presence.reasons.read",
    "presence.receipts.read",
    "presence.states.read",
    "presence.states.report",
    "presence.timelines.read",
    "presence.wrap_up.extend",
    "protection.profiles.confirm",
    "protection.profiles.read",
    "roster.people.read",
    "roster.shifts.read",
)
_INTEGRATOR_ROLE = _role(
    "integrator",
    "Integrator",
    "account.self",
    "dispatch.contacts.report",
    "dispatch.queues.write",
    "gateway.reflection.read",
    "gateway.sources.raw.read",
    "gateway.sources.read",
    "gateway.sources.write",
    "presence.sources.read",
    "presence.states.report",
    "roster.leads.write",
    "roster.people.read",
    "roster.people.write",
    "roster.shifts.read",
    "roster.shifts.write",
)
_AUDITOR_ROLE = _role(
    "auditor",
    "Auditor",
    "account.accounts.read",
    "account.roles.read",
    "account.self",
    "account.service_accounts.read",
    "audit.entries.export",
    "audit.entries.read",
    "presence.chain.read",
    "presence.reasons.read",
    "presence.receipts.read",
    "protection.confirmations.read",
    "protection.profiles.read",
    "roster.people.read",
)
_WALL_ROLE = _role(
    "wall",
    "Wall",
    "account.self",
    "wall.read",
)
"""Sums alone: whoever comes by the token of a screen reads nobody's row with it."""


def seeded_roles(all_permissions: AbstractSet[str]) -> tuple[Role, ...]:
    """Returns the roles that come with this release; administrators may everything there is."""
    administrator = Role(ADMINISTRATOR, "Administrator", frozenset(all_permissions), seeded=True)
    others = (SUPERVISOR_ROLE, AGENT_ROLE, _INTEGRATOR_ROLE, _AUDITOR_ROLE, _WALL_ROLE)
    return (administrator, *others)


FIRST_ACCOUNTS: tuple[Account, ...] = (
    Account(
        "supervisor",
        "Supervisor",
        frozenset(),
        None,
        roles=(ADMINISTRATOR, SUPERVISOR_ROLE.id),
    ),
    Account("agent", "Agent", frozenset(), frozenset(), "agents/harbor-0001", (AGENT_ROLE.id,)),
)
"""The accounts of a new installation; what they may do follows from their roles."""
