"""Who calls: a session's token or the token of one of our processes becomes a caller."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.access import Caller
from chassis.clock import Clock
from chassis.identity import Signer, Trust, sign_in_required
from gateway.app.identities import Identities
from gateway.app.sessions import Sessions, hash_token, is_session_token
from gateway.domain.sessions import Session

# A minted token lives for five minutes, so whoever gets it has four of them at least.
MINTED_FOR = timedelta(seconds=60)
REMEMBERED_CALLERS = 10_000


@dataclass(frozen=True, slots=True)
class SessionCaller(Caller):
    """A person who is signed in, with the session and the hash that names it."""

    session: Session
    token_hash: bytes


class Callers:
    """Finds the caller of a bearer token, and vouches to the services for who is signed in."""

    def __init__(
        self,
        sessions: Sessions,
        identities: Identities,
        signer: Signer,
        trust: Trust,
        clock: Clock,
    ) -> None:
        self._sessions = sessions
        self._identities = identities
        self._signer = signer
        self._trust = trust
        self._clock = clock
        self._minted: dict[bytes, tuple[SessionCaller, datetime]] = {}

    async def authenticate(self, bearer: str) -> Caller:
        """Returns the caller, or refuses with SIGN_IN_REQUIRED."""
        if not is_session_token(bearer):
            return Caller(self._trust.verify(bearer, self._clock.now()), bearer)
        session = await self._sessions.find(bearer)
        if session is None:
            raise sign_in_required("the session has ended or never was")
        return await self._caller(hash_token(bearer), session)

    def forget(self) -> None:
        """Works out all identities anew: what they follow from was changed."""
        self._minted.clear()

    async def _caller(self, token_hash: bytes, session: Session) -> SessionCaller:
        now = self._clock.now()
        known = self._minted.pop(token_hash, None)
        if known is None or known[0].session is not session or now - known[1] >= MINTED_FOR:
            identity = await self._identities.identity_of(session.account)
            token = self._signer.sign(identity, now)
            known = SessionCaller(identity, token, session, token_hash), now
        while len(self._minted) >= REMEMBERED_CALLERS:
            del self._minted[next(iter(self._minted))]
        self._minted[token_hash] = known
        return known[0]
