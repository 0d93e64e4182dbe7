"""Stands for what is outside of the gateway's use cases."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from gateway.app.givers import Whereabouts
from gateway.app.ports import Credentials
from gateway.domain.accounts import Account, Attempts, Session
from gateway.domain.reporting_lines import ReportingLine

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
SUPERVISOR = Account("supervisor", "Supervisor", frozenset({"board.read", "account.self"}), None)


class FakeAccounts:
    """Keeps accounts and sessions in memory. A password's hash is the password with a prefix."""

    def __init__(self, *accounts: Account) -> None:
        self.credentials = {a.id: Credentials(a, f"hash of {a.id}-secret") for a in accounts}
        self.attempts: dict[str, Attempts] = {}
        self.sessions: dict[bytes, Session] = {}
        self.lookup_count = 0

    async def find_credentials(self, account: str) -> Credentials | None:
        return self.credentials.get(account)

    async def change_attempts(
        self, account: str, change: Callable[[Attempts], Attempts], now: datetime
    ) -> None:
        self.attempts[account] = change(self.attempts.get(account, Attempts(0, now)))

    async def forget_attempts(self, account: str) -> None:
        self.attempts.pop(account, None)

    async def add_session(self, token_hash: bytes, session: Session, now: datetime) -> None:
        self.sessions[token_hash] = session

    async def find_session(self, token_hash: bytes) -> Session | None:
        self.lookup_count += 1
        return self.sessions.get(token_hash)

    async def delete_session(self, token_hash: bytes) -> None:
        self.sessions.pop(token_hash, None)

    async def delete_leftovers(self, now: datetime) -> None:
        self.sessions = {key: one for key, one in self.sessions.items() if one.valid(now)}


class PlainPasswords:
    """Checks and hashes passwords without effort."""

    async def verify(self, password_hash: str | None, password: str) -> bool:
        return password_hash == f"hash of {password}"

    async def hash(self, password: str) -> str:
        return f"hash of {password}"


class FakeOrganisation:
    """One site, in which the lead leads team one and, over eva, team two."""

    def __init__(self) -> None:
        self.places = {
            "agents/lead": Whereabouts("sites/porto", ""),
            "agents/eva": Whereabouts("sites/porto", "teams/one"),
        }
        self.lines = {
            "agents/lead": ReportingLine(
                frozenset({"teams/one"}), frozenset({"teams/one", "teams/two"})
            ),
            "agents/eva": ReportingLine(frozenset({"teams/two"}), frozenset({"teams/two"})),
        }
        self.asked_count = 0

    async def find_whereabouts(self, agents: Iterable[str]) -> Mapping[str, Whereabouts]:
        return {agent: self.places[agent] for agent in agents if agent in self.places}

    async def list_teams(self, site: str) -> frozenset[str]:
        return frozenset({"teams/one", "teams/two"}) if site == "sites/porto" else frozenset()

    async def line_of(self, agent: str) -> ReportingLine:
        self.asked_count += 1
        return self.lines.get(agent, ReportingLine())
