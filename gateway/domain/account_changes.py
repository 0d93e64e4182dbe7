"""What applying accounts changes, and what is wrong with a request to apply some."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gateway.domain.accounts import Account, Kind

MOST_ACCOUNTS = 2_000
RESERVED_IDS = frozenset({"me"})
"""In names they stand for whoever calls."""
LONGEST_LABEL = 200

_ID = re.compile(r"[a-z0-9-]{1,63}")
_SITE = re.compile(r"sites/(?!-$)[a-z0-9-]{1,63}")
_TEAM = re.compile(r"teams/[a-z0-9-]{1,63}")
_AGENT = re.compile(r"agents/[a-z0-9-]{1,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

_ID_FAULTS = {
    Kind.PERSON: (
        "name",
        "is no name such as accounts/my-id, the id of [a-z0-9-]{1,63} and not me",
    ),
    Kind.SERVICE: ("service_account_id", "is no id of [a-z0-9-]{1,63}, or it is me"),
}
"""What is wrong with an id, in the field in which the request of that kind names it."""

Roles = Mapping[str, frozenset[str]]
"""The permissions of each role that exists, by its id."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Who deals with accounts: nobody gives more than they have.

    `sites` is None for all of them, and then every agent, team and line is the giver's. `lines` are
    the agents whose whole reporting line the giver sees, `account` is the id of the giver's own.
    """

    permissions: AbstractSet[str]
    sites: AbstractSet[str] | None
    agents: AbstractSet[str] = frozenset()
    teams: AbstractSet[str] = frozenset()
    lines: AbstractSet[str] = frozenset()
    account: str = ""

    def covers(self, account: Account) -> bool:
        """Tells whether the account can do no more than the giver."""
        return account.permissions <= self.permissions and all(
            fits for _, fits, _ in self.reaches(account)
        )

    def reaches(self, account: Account) -> Iterator[tuple[str, bool, str]]:
        """Yields each field of an account's scope, whether it lies within the giver's own, and what
        is wrong if it does not.
        """
        everywhere = self.sites is None
        within = self.sites is None or (account.sites is not None and account.sites <= self.sites)
        yield "sites", within, "names sites that are not among yours"
        fits = everywhere or account.teams <= self.teams
        yield "teams", fits, "names teams that are not among yours"
        fits = everywhere or not account.agent or account.agent in self.agents
        yield "agent", fits, "is no agent whom you see"
        fits = everywhere or not account.reporting_line or account.agent in self.lines
        yield "reporting_line", fits, "would show teams that are not among yours"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that cannot be applied: its field, such as `accounts[3].roles`, and what is wrong."""

    field: str
    description: str


@dataclass(frozen=True, slots=True)
class AccountChanges:
    """The accounts that are new and different, and how many are as requested already."""

    created: tuple[Account, ...]
    updated: tuple[Account, ...]
    unchanged_count: int


def check_accounts(
    wanted: Sequence[Account], known: Mapping[str, Account], roles: Roles, giver: Giver
) -> tuple[Fault, ...]:
    """Returns the first fault of each faulty row, in the order of the request."""
    if len(wanted) > MOST_ACCOUNTS:
        return (Fault("accounts", f"has {len(wanted)} rows; at most {MOST_ACCOUNTS} in one call"),)
    faults = []
    seen: set[str] = set()
    for index, account in enumerate(wanted):
        fault = next(_faults_of(account, known.get(account.id), roles, giver, seen), None)
        if fault is not None:
            faults.append(Fault(f"accounts[{index}].{fault[0]}", fault[1]))
        seen.add(account.id)
    return tuple(faults)


def permissions_of(roles: Sequence[str], known: Roles) -> frozenset[str]:
    """Returns what the roles permit together; one that does not exist permits nothing."""
    return frozenset().union(*(known.get(role, frozenset()) for role in roles))


def decide_account_changes(
    wanted: Sequence[Account], known: Mapping[str, Account]
) -> AccountChanges:
    """Compares a request that passed the checks with what exists."""
    created = tuple(account for account in wanted if account.id not in known)
    updated = tuple(account for account in wanted if known.get(account.id, account) != account)
    return AccountChanges(created, updated, len(wanted) - len(created) - len(updated))


def find_shared_agent(
    wanted: Sequence[Account], known: Mapping[str, Account], bound: Mapping[str, str]
) -> str:
    """Returns an agent who gets an enabled account beside another one; empty if nobody does.

    `bound` tells the agents of enabled accounts as they are, by the accounts' ids.
    """
    holders = Counter({**bound, **{account.id: _holder(account) for account in wanted}}.values())
    for account in wanted:
        agent, former = _holder(account), known.get(account.id)
        if agent and holders[agent] > 1 and (former is None or _holder(former) != agent):
            return agent
    return ""


def _holder(account: Account) -> str:
    """Returns the agent in whose name one may sign in by the account; empty for nobody's."""
    return account.agent if account.disable_time is None else ""


def _faults_of(
    account: Account, former: Account | None, roles: Roles, giver: Giver, seen: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    yield from _form_faults(account, seen)
    if former is not None and former.kind is not account.kind:
        yield "name", "is the id of a service account, or of an account, already"
    if former is not None and not giver.covers(former):
        yield "name", "can do more than you, so you may not change it"
    if former is not None and former.id == giver.account and _stands(former) != _stands(account):
        yield "agent", "and reporting line of your own account are for somebody else to change"
    yield from _role_faults(account, roles, giver)
    yield from ((field, wrong) for field, fits, wrong in giver.reaches(account) if not fits)


def _stands(account: Account) -> tuple[str, bool]:
    """Returns what opens the past of strict sites to an account: who she is, and whom she leads."""
    return account.agent, account.reporting_line


def _form_faults(account: Account, seen: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(account.id) or account.id in RESERVED_IDS:
        yield _ID_FAULTS[account.kind]
    if account.id in seen:
        yield "name", "comes twice in the request"
    label = account.display_name
    if not 1 <= len(label) <= LONGEST_LABEL or not label.isprintable():
        yield "display_name", f"must have 1 to {LONGEST_LABEL} printable characters"
    if not all(_SITE.fullmatch(site) for site in account.sites or ()):
        yield "sites", "must be names such as sites/my-id, or sites/- alone for all of them"
    if not all(_TEAM.fullmatch(team) for team in account.teams):
        yield "teams", "must be names such as teams/my-id"
    if account.agent and not _AGENT.fullmatch(account.agent):
        yield "agent", "is no name such as agents/my-id"
    if account.reporting_line and not account.agent:
        yield "reporting_line", "needs the agent whose line it is"
    if account.language_code and not _LANGUAGE.fullmatch(account.language_code):
        yield "language_code", "is no language tag such as zh or en"


def _role_faults(account: Account, roles: Roles, giver: Giver) -> Iterator[tuple[str, str]]:
    unknown = [role for role in account.roles if role not in roles]
    if unknown or not account.roles:
        named = ", ".join(f"roles/{role}" for role in sorted(roles))
        yield "roles", f"must name at least one of {named}"
    elif not account.permissions <= giver.permissions:
        missing = min(account.permissions - giver.permissions)
        yield "roles", f"would permit what you may not do yourself, such as {missing}"
