"""Stands for what is outside of the gateway's use cases."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from chassis.scope import Scope
from gateway.app.givers import Whereabouts
from gateway.app.sessions import session_id
from gateway.app.sign_in_ports import Credentials
from gateway.domain.accounts import Account
from gateway.domain.attempts import Attempts, Counter
from gateway.domain.reporting_lines import ReportingLine
from gateway.domain.sessions import OpenSession, Session
from gateway.domain.sessions import Place as SignInPlace

MORNING = datetime(2026, 11, 22, 8, tzinfo=UTC)
SUPERVISOR = Account("supervisor", "Supervisor", frozenset({"board.read", "account.self"}), None)


class FakeAccounts:
    """Keeps accounts and sessions in memory. A password's hash is the password with a prefix."""

    def __init__(self, *accounts: Account) -> None:
        self.credentials = {a.id: Credentials(a, f"hash of {a.id}-secret") for a in accounts}
        self.attempts: dict[str, Attempts] = {}
        self.places: set[tuple[str, str]] = set()
        self.sessions: dict[bytes, Session] = {}
        self.tokens: dict[bytes, Session] = {}
        self.lookup_count = 0

    async def find_credentials(self, account: str) -> Credentials | None:
        return self.credentials.get(account)

    async def set_password(self, account: str, password_hash: str) -> None:
        self.credentials[account] = replace(self.credentials[account], password_hash=password_hash)

    async def is_known_place(self, account: str, address_class: str, now: datetime) -> bool:
        return (account, address_class) in self.places

    async def change_attempts(
        self, subject: str, change: Callable[[Attempts], Attempts], now: datetime
    ) -> None:
        self.attempts[subject] = change(self.attempts.get(subject, Attempts(0, now)))

    async def forgive_attempts(self, counters: Sequence[Counter]) -> None:
        for counter in counters:
            known = self.attempts.pop(counter.subject)
            if counter.subject.startswith("@"):
                self.attempts[counter.subject] = replace(known, failed_count=known.failed_count - 1)

    async def add_session(
        self, token_hash: bytes, session: Session, place: SignInPlace, now: datetime
    ) -> None:
        self.sessions[token_hash] = session
        self.places.add((session.account.id, place.address_class))

    async def use_session(self, token_hash: bytes, now: datetime) -> Session | None:
        self.lookup_count += 1
        return self.sessions.get(token_hash)

    async def use_token(self, token_hash: bytes, now: datetime) -> Session | None:
        return self.tokens.get(token_hash)

    async def list_sessions(self, account: str, now: datetime) -> Sequence[OpenSession]:
        return ()

    async def delete_session(self, token_hash: bytes) -> None:
        self.sessions.pop(token_hash, None)

    async def delete_sessions(
        self, account: str, *, only: str = "", keep: bytes = b""
    ) -> Sequence[bytes]:
        ended = [
            token_hash
            for token_hash, session in self.sessions.items()
            if session.account.id == account
            and token_hash != keep
            and only in ("", session_id(token_hash))
        ]
        for token_hash in ended:
            del self.sessions[token_hash]
        return ended

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


async def whole_scope(_scope: Scope, _direct_teams: frozenset[str], _agent: str) -> Scope | None:
    """Past days are seen by whoever sees the present one."""
    return None
