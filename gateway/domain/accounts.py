"""Accounts, what their roles grant, and when somebody has to wait before the next attempt to sign
in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gateway.domain.errors import TooManyAttempts

SESSION_LIFETIME = timedelta(hours=12)
ATTEMPTS_IN_A_ROW = 5
WAIT_AFTER_ATTEMPTS = timedelta(seconds=30)


class Kind(StrEnum):
    """Whether an account is that of a person, who signs in, or of a program, which has tokens."""

    PERSON = "PERSON"
    SERVICE = "SERVICE"


_COLLECTIONS = {Kind.PERSON: "accounts", Kind.SERVICE: "serviceAccounts"}


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in, what the roles permit, and whose rows are in sight: those of sites (None for
    all), of teams, of the account's own agent, and with `reporting_line` of the teams that she
    leads over however many steps.
    """

    id: str
    display_name: str
    permissions: frozenset[str]
    sites: frozenset[str] | None
    agent: str = ""
    roles: tuple[str, ...] = ()
    language_code: str = ""
    teams: frozenset[str] = frozenset()
    reporting_line: bool = False
    kind: Kind = Kind.PERSON
    disable_time: datetime | None = None

    @property
    def name(self) -> str:
        """The resource name."""
        return f"{_COLLECTIONS[self.kind]}/{self.id}"

    @property
    def leads_others(self) -> bool:
        """Tells whether others than her own agent may be in sight."""
        return self.reporting_line or bool(self.teams) or self.sites != frozenset()


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failed attempts to sign in, in a row, and when the last of them was."""

    failed_count: int
    last_failed_time: datetime | None

    def check(self, now: datetime) -> None:
        """Refuses while the wait after too many failures lasts."""
        if self.failed_count < ATTEMPTS_IN_A_ROW or self.last_failed_time is None:
            return
        wait = self.last_failed_time + WAIT_AFTER_ATTEMPTS - now
        if wait > timedelta():
            raise TooManyAttempts(wait)

    def failed(self, now: datetime) -> "Attempts":
        """Counts one more failure; after a wait the count begins anew."""
        waited = self.failed_count >= ATTEMPTS_IN_A_ROW
        return Attempts(1 if waited else self.failed_count + 1, now)

    def counted(self, now: datetime) -> "Attempts":
        """Counts an attempt as failed before it is judged; refuses while the wait lasts."""
        self.check(now)
        return self.failed(now)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in account and the instant at which it is signed out."""

    account: Account
    expire_time: datetime

    def valid(self, now: datetime) -> bool:
        """Tells whether the session still stands."""
        return now < self.expire_time


@dataclass(frozen=True, slots=True)
class Role:
    """A named set of permissions."""

    id: str
    permissions: frozenset[str]


SUPERVISOR_ROLE = Role(
    "supervisor",
    frozenset(
        {
            "account.accounts.write",
            "account.self",
            "board.read",
            "dispatch.contacts.read",
            "dispatch.contacts.report",
            "dispatch.customers.read",
            "dispatch.figures.read",
            "dispatch.queues.write",
            "dispatch.recordings.read",
            "gateway.sources.read",
            "gateway.sources.write",
            "presence.chain.read",
            "presence.log.read",
            "presence.people.erase",
            "presence.policy.read",
            "presence.policy.write",
            "presence.reasons.read",
            "presence.receipts.read",
            "presence.sources.read",
            "presence.states.amend",
            "presence.states.read",
            "presence.timelines.read",
            "presence.states.report",
            "presence.wrap_up.extend",
            "protection.confirmations.read",
            "protection.profiles.confirm",
            "protection.profiles.read",
            "protection.profiles.write",
            "roster.people.read",
            "roster.people.write",
            "roster.shifts.read",
            "roster.shifts.write",
        }
    ),
)
AGENT_ROLE = Role(
    "agent",
    frozenset(
        {
            "account.self",
            "board.read",
            "dispatch.contacts.read",
            "presence.log.read",
            "presence.reasons.read",
            "presence.receipts.read",
            "presence.states.read",
            "presence.timelines.read",
            "presence.wrap_up.extend",
            "protection.profiles.confirm",
            "protection.profiles.read",
            "roster.people.read",
            "roster.shifts.read",
        }
    ),
)
FIRST_ACCOUNTS: tuple[tuple[Account, Role], ...] = (
    (Account("supervisor", "Supervisor", SUPERVISOR_ROLE.permissions, None), SUPERVISOR_ROLE),
    (
        Account("agent", "Agent", AGENT_ROLE.permissions, frozenset(), "agents/floor-001"),
        AGENT_ROLE,
    ),
)
