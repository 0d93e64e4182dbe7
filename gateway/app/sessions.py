"""Signing in, staying signed in, signing out."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.attempts import count_attempt
from gateway.app.revocations import Revocations
from gateway.app.sign_in_ports import Accounts, Passwords
from gateway.domain.accounts import Account
from gateway.domain.codes import LONGEST_PASSWORD
from gateway.domain.errors import WrongCredentials
from gateway.domain.sessions import SESSION_LIFETIME, OpenSession, Place, Session

TOKEN_PREFIX = "mst_"  # noqa: S105 - marks our tokens for scanners of secrets
SERVICE_PREFIX = "mss_"
REMEMBERED_FOR = timedelta(seconds=30)
REMEMBERED_SESSIONS = 10_000

ACCOUNT_ID = re.compile(r"[a-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session with its token, which nobody sees again."""

    session: Session
    token: str


class Sessions:
    """Opens, finds and ends sessions, and finds what tokens of service accounts open. What it finds
    may be as old as `REMEMBERED_FOR`.
    """

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

    async def open(self, account: str, password: str, place: Place) -> SignedIn:
        """Signs in, or refuses in the same words for an unknown account and a wrong password."""
        try:
            found = await self._judge(account, password, place)
        except WrongCredentials:
            raise Refusal(
                Code.UNAUTHENTICATED, "WRONG_CREDENTIALS", "the account or the password is wrong"
            ) from None
        return await self.open_for(found, place)

    async def open_for(self, account: Account, place: Place) -> SignedIn:
        """Signs in somebody who has shown who she is; refuses if her account is disabled."""
        if account.disable_time is not None:
            raise Refusal(Code.PERMISSION_DENIED, "ACCOUNT_DISABLED", "the account is disabled")
        now = self._clock.now()
        session = Session(account, now + SESSION_LIFETIME)
        token = TOKEN_PREFIX + self._new_token()
        await self._accounts.add_session(hash_token(token), session, place, now)
        return SignedIn(session, token)

    async def find(self, token: str) -> Session | None:
        """Returns what a token opens, or None if it has ended or never did."""
        if not is_session_token(token):
            return None
        token_hash, now = hash_token(token), self._clock.now()
        known = self._remembered.pop(token_hash, None)
        if known is None or now - known[1] >= REMEMBERED_FOR:
            use = self._accounts.use_session
            if token.startswith(SERVICE_PREFIX):
                use = self._accounts.use_token
            session = await use(token_hash, now)
            if session is None:
                return None
            known = session, now
        if not known[0].valid(now):
            return None
        self._remember(token_hash, known)
        return known[0]

    async def change_password(
        self, session: Session, token_hash: bytes, passwords: tuple[str, str], place: Place
    ) -> None:
        """Sets a new password in place of the present one, and ends all other sessions."""
        present, new = passwords
        try:
            await self._judge(session.account.id, present, place)
        except WrongCredentials:
            raise Refusal(
                Code.UNAUTHENTICATED, "WRONG_CREDENTIALS", "the present password is wrong"
            ) from None
        account = session.account.id
        await self._accounts.set_password(account, await self._passwords.hash(new))
        await self.end_all(account, keep=token_hash)

    async def list(self, account: str) -> Sequence[OpenSession]:
        """Returns the sessions of an account that stand, the newest first."""
        return await self._accounts.list_sessions(account, self._clock.now())

    async def end(self, token_hash: bytes) -> None:
        """Signs out. Other replicas of the gateway know it after `REMEMBERED_FOR` at the latest."""
        await self._accounts.delete_session(token_hash)
        self._forget_hashes([token_hash])

    async def end_one(self, account: str, session: str) -> bool:
        """Ends the session of an id; tells whether there was one."""
        ended = await self._accounts.delete_sessions(account, only=session)
        self._forget_hashes(ended)
        return bool(ended)

    async def end_all(self, account: str, *, keep: bytes = b"") -> None:
        """Ends the sessions of an account, except one that is kept."""
        self._forget_hashes(await self._accounts.delete_sessions(account, keep=keep))

    def forget(self, *accounts: str) -> None:
        """Remembers nothing of the accounts any more: something about them changed."""
        self._forget_hashes(
            [one for one, (known, _) in self._remembered.items() if known.account.id in accounts]
        )

    def forget_all(self) -> None:
        """Remembers nothing any more: something about roles changed."""
        self._forget_hashes(list(self._remembered))

    async def _judge(self, account: str, password: str, place: Place) -> Account:
        if not ACCOUNT_ID.fullmatch(account) or len(password) > LONGEST_PASSWORD:
            raise WrongCredentials
        counters = await count_attempt(self._accounts, account, place, self._clock.now())
        found = await self._accounts.find_credentials(account)
        fits = await self._passwords.verify(found.password_hash if found else None, password)
        if found is None or not fits:
            raise WrongCredentials
        await self._accounts.forgive_attempts(counters)
        return found.account

    def _remember(self, token_hash: bytes, known: tuple[Session, datetime]) -> None:
        while len(self._remembered) >= REMEMBERED_SESSIONS:
            del self._remembered[next(iter(self._remembered))]
        self._remembered[token_hash] = known

    def _forget_hashes(self, token_hashes: Sequence[bytes]) -> None:
        for token_hash in token_hashes:
            self._remembered.pop(token_hash, None)
        self.revocations.announce()


def is_session_token(token: str) -> bool:
    """Tells whether a bearer token is of the kind that sessions and service accounts have."""
    return token.startswith((TOKEN_PREFIX, SERVICE_PREFIX))


def session_id(token_hash: bytes) -> str:
    """Returns the id by which a session is listed: of the hash, which opens nothing."""
    return token_hash[:8].hex()


def hash_token(token: str) -> bytes:
    """Returns what is kept of a token. Tokens are long and random: a plain hash suffices."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
