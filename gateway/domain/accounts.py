"""Accounts: who or what may use Muster, and whose rows are in sight."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


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

    @property
    def etag(self) -> str:
        """Changes with every change of the account that one can ask for."""
        sites = None if self.sites is None else sorted(self.sites)
        scope = (sites, sorted(self.teams), self.agent, self.reporting_line)
        told = (self.display_name, self.roles, self.language_code, self.disable_time)
        return hashlib.sha256(repr((scope, told)).encode()).hexdigest()[:16]
