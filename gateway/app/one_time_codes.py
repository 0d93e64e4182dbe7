"""One-time codes: made for an account, redeemed once for a new password."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from gateway.app.account_ports import AccountStore, AccountUnit, CodeHash
from gateway.app.attempts import count_attempt
from gateway.app.givers import Givers
from gateway.app.manage_accounts import unknown_account
from gateway.app.sessions import ACCOUNT_ID, Sessions, hash_token
from gateway.app.sign_in_ports import Accounts, Passwords
from gateway.domain.accounts import Kind
from gateway.domain.codes import CODE_LIFETIME, LONGEST_CODE, find_password_fault, plain_code
from gateway.domain.sessions import Place


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """A new code, which nobody sees again."""

    account: str
    code: str
    expire_time: datetime


class OneTimeCodes:
    """Makes and redeems one-time codes."""

    def __init__(
        self,
        store: AccountStore,
        accounts: Accounts,
        passwords: Passwords,
        sessions: Sessions,
        givers: Givers,
        clock: Clock,
        new_code: Callable[[], str],
    ) -> None:
        self._store = store
        self._accounts = accounts
        self._passwords = passwords
        self._sessions = sessions
        self._givers = givers
        self._clock = clock
        self._new_code = new_code

    async def make(self, unit: AccountUnit, *accounts: str) -> tuple[OneTimeCode, ...]:
        """Makes codes for accounts that exist in the transaction at hand."""
        expire_time = self._clock.now() + CODE_LIFETIME
        codes = tuple(OneTimeCode(account, self._new_code(), expire_time) for account in accounts)
        await unit.save_codes([_kept(code) for code in codes])
        return codes

    async def create(self, account: str, identity: Identity) -> OneTimeCode:
        """Makes a code for an account; refuses one that can do more than the caller as unknown."""
        async with self._store.begin() as unit:
            known = await unit.load_accounts([account], Kind.PERSON)
            giver = await self._givers.giver_for(identity, known.values())
            if account not in known or not giver.covers(known[account]):
                raise unknown_account(account)
            [code] = await self.make(unit, account)
        return code

    async def redeem(self, account: str, code: str, new_password: str, place: Place) -> None:
        """Sets a new password; refuses in the same words for an unknown account and a code that is
        wrong, expired or spent.
        """
        fault = find_password_fault(account, new_password)
        if fault is not None:
            raise invalid_fields([FieldViolation("new_password", fault)])
        if not ACCOUNT_ID.fullmatch(account) or len(code) > LONGEST_CODE:
            raise _wrong_code()
        now = self._clock.now()
        counters = await count_attempt(self._accounts, account, place, now)
        # Hashed in any case, so that the time it takes does not tell which accounts have a code.
        password_hash = await self._passwords.hash(new_password)
        code_hash = hash_token(plain_code(code))
        if not await self._store.spend_code(account, code_hash, password_hash, now):
            raise _wrong_code()
        await self._accounts.forgive_attempts(counters)
        self._sessions.forget(account)


def _kept(code: OneTimeCode) -> CodeHash:
    return CodeHash(code.account, hash_token(plain_code(code.code)), code.expire_time)


def _wrong_code() -> Refusal:
    return Refusal(
        Code.UNAUTHENTICATED, "WRONG_CODE", "the account or the code is wrong, expired or spent"
    )
