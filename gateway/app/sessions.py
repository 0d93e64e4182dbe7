"""Signing in, staying signed in, signing out."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.attempts import count_attempt
from gateway.app.ports import Accounts, Passwords
from gateway.app.revocations import Revocations
from gateway.domain.accounts import SESSION_LIFETIME, Session
from gateway.domain.codes import LONGEST_PASSWORD
from gateway.domain.errors import WrongCredentials

TOKEN_PREFIX = "mst_"  # noqa: S105 - marks our tokens for scanners of secrets
REMEMBERED_FOR = timedelta(seconds=60)
REMEMBERED_SESSIONS = 10_000

ACCOUNT_ID = re.compile(r"[a-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session with its token, which nobody sees again."""

    session: Session
    token: str


class Sessions:
    """Opens, finds and ends sessions. What it finds may be as old as `REMEMBERED_FOR`."""

    def __init__(
        self,
        accounts: Accounts,
        passwords: Passwords,
        clock: Clock,
        new_token: Callable[[], str],
    ) -> None:
        self.revocations = Revocations()
        self._accounts = accounts
        self._passwords = passwords
        self._clock = clock
        self._new_token = new_token
        self._remembered: dict[bytes, tuple[Session, datetime]] = {}

    async def open(self, account: str, password: str) -> SignedIn:
        """Signs in, or refuses in the same words for an unknown account and a wrong password."""
        try:
            return await self._open(account, password)
        except WrongCredentials:
            raise Refusal(
                Code.UNAUTHENTICATED, "WRONG_CREDENTIALS", "the account or the password is wrong"
            ) from None

    async def find(self, token: str) -> Session | None:
        """Returns the session of a token, or None if it has ended or never was."""
        if not token.startswith(TOKEN_PREFIX):
            return None
        token_hash, now = hash_token(token), self._clock.now()
        known = self._remembered.pop(token_hash, None)
        if known is None or now - known[1] >= REMEMBERED_FOR:
            session = await self._accounts.find_session(token_hash)
            if session is None:
                return None
            known = session, now
        if not known[0].valid(now):
            return None
        self._remember(token_hash, known)
        return known[0]

    async def end(self, token_hash: bytes) -> None:
        """Signs out. Other replicas of the gateway know it after `REMEMBERED_FOR` at the latest."""
        await self._accounts.delete_session(token_hash)
        self._remembered.pop(token_hash, None)
        self.revocations.announce()

    def forget(self, *accounts: str) -> None:
        """Remembers no session of the accounts any more: something about them changed."""
        for token_hash, (session, _) in tuple(self._remembered.items()):
            if session.account.id in accounts:
                del self._remembered[token_hash]
        self.revocations.announce()

    async def _open(self, account: str, password: str) -> SignedIn:
        if not ACCOUNT_ID.fullmatch(account) or len(password) > LONGEST_PASSWORD:
            raise WrongCredentials
        now = self._clock.now()
        await count_attempt(self._accounts, account, now)
        found = await self._accounts.find_credentials(account)
        fits = await self._passwords.verify(found.password_hash if found else None, password)
        if found is None or not fits:
            raise WrongCredentials
        await self._accounts.forget_attempts(account)
        session = Session(found.account, now + SESSION_LIFETIME)
        token = TOKEN_PREFIX + self._new_token()
        await self._accounts.add_session(hash_token(token), session, now)
        return SignedIn(session, token)

    def _remember(self, token_hash: bytes, known: tuple[Session, datetime]) -> None:
        while len(self._remembered) >= REMEMBERED_SESSIONS:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[token_hash] = known


def hash_token(token: str) -> bytes:
    """Returns what is kept of a token. Tokens are long and random: a plain hash suffices."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
