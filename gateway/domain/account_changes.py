"""What applying accounts changes, and what is wrong with a request to apply some."""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from gateway.domain.accounts import Account

MOST_ACCOUNTS = 2_000
LONGEST_LABEL = 200

_ID = re.compile(r"[a-z0-9-]{1,63}")
_SITE = re.compile(r"sites/(?!-$)[a-z0-9-]{1,63}")
_AGENT = re.compile(r"agents/[a-z0-9-]{1,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")

Roles = Mapping[str, frozenset[str]]
"""The permissions of each role that exists, by its id."""


@dataclass(frozen=True, slots=True)
class Giver:
    """Who applies accounts: nobody gives more than they have.

    `sites` is None for all of them, and then `agents`, those whom the giver sees, is None as well.
    """

    permissions: AbstractSet[str]
    sites: AbstractSet[str] | None
    agents: AbstractSet[str] | None

    def covers(self, account: Account) -> bool:
        """Tells whether the account can do no more than the giver."""
        return (
            account.permissions <= self.permissions
            and self.covers_sites(account.sites)
            and self.covers_agent(account.agent)
        )

    def covers_sites(self, sites: AbstractSet[str] | None) -> bool:
        """Tells whether all of the sites (None: every site) are the giver's."""
        return self.sites is None or (sites is not None and sites <= self.sites)

    def covers_agent(self, agent: str) -> bool:
        """Tells whether the agent, if there is one, belongs to the giver's sites."""
        return not agent or self.agents is None or agent in self.agents


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


def _faults_of(
    account: Account, former: Account | None, roles: Roles, giver: Giver, seen: AbstractSet[str]
) -> Iterator[tuple[str, str]]:
    yield from _form_faults(account, seen)
    if former is not None and not giver.covers(former):
        yield "name", "can do more than you, so you may not change it"
    yield from _role_faults(account, roles, giver)
    if not giver.covers_sites(account.sites):
        yield "sites", "names sites that are not among yours"
    if not giver.covers_agent(account.agent):
        yield "agent", "is no agent of your sites"


def _form_faults(account: Account, seen: AbstractSet[str]) -> Iterator[tuple[str, str]]:
    if not _ID.fullmatch(account.id):
        yield "name", "is no name such as accounts/my-id, the id of [a-z0-9-]{1,63}"
    if account.id in seen:
        yield "name", "comes twice in the request"
    label = account.display_name
    if not 1 <= len(label) <= LONGEST_LABEL or not label.isprintable():
        yield "display_name", f"must have 1 to {LONGEST_LABEL} printable characters"
    if not all(_SITE.fullmatch(site) for site in account.sites or ()):
        yield "sites", "must be names such as sites/my-id, or sites/- alone for all of them"
    if account.agent and not _AGENT.fullmatch(account.agent):
        yield "agent", "is no name such as agents/my-id"
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
