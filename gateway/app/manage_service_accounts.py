"""Keeping service accounts and their tokens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from gateway.app.account_ports import AccountStore
from gateway.app.givers import Givers
from gateway.app.manage_accounts import ManageAccounts, refuse_faults
from gateway.app.sessions import SERVICE_PREFIX, Sessions, hash_token
from gateway.domain.account_changes import AccountChanges, permissions_of
from gateway.domain.accounts import Account
from gateway.domain.sessions import (
    MOST_TOKENS,
    TOKEN_LIFETIME,
    ServiceToken,
    find_lifetime_fault,
)

LONGEST_LABEL = 200


class ManageServiceAccounts:
    """Creates and deletes service accounts and their tokens, within what the caller has."""

    def __init__(
        self,
        accounts: ManageAccounts,
        store: AccountStore,
        givers: Givers,
        sessions: Sessions,
        clock: Clock,
        new_token: Callable[[], str],
    ) -> None:
        self._accounts = accounts
        self._store = store
        self._givers = givers
        self._sessions = sessions
        self._clock = clock
        self._new_token = new_token

    async def create(self, wanted: Account, identity: Identity) -> Account:
        """Creates a service account."""
        async with self._store.begin() as unit:
            roles = await unit.load_roles()
            wanted = replace(wanted, permissions=permissions_of(wanted.roles, roles))
            giver = await self._givers.giver_for(identity, [wanted])
            refuse_faults(wanted, {}, roles, giver)
            if await unit.load_accounts([wanted.id]):
                raise Refusal(
                    Code.ALREADY_EXISTS,
                    "ACCOUNT_EXISTS",
                    "an account or a service account has the id already",
                )
            await unit.save(AccountChanges((wanted,), (), 0), self._clock.now())
        return wanted

    async def delete(self, account: str, identity: Identity) -> None:
        """Deletes a service account with its tokens."""
        async with self._store.begin() as unit:
            await self._accounts.find_in(unit, account, identity)
            await unit.delete(account)
        self._sessions.forget(account)

    async def list_tokens(self, account: str, identity: Identity) -> Sequence[ServiceToken]:
        """Returns the tokens of a service account, the newest first."""
        async with self._store.begin() as unit:
            await self._accounts.find_in(unit, account, identity)
            return await unit.list_tokens(account)

    async def create_token(
        self, account: str, display_name: str, expire_time: datetime | None, identity: Identity
    ) -> tuple[ServiceToken, str]:
        """Makes a token; the second part of the answer is the token itself."""
        now = self._clock.now()
        expire_time = expire_time or now + TOKEN_LIFETIME
        _check_token(display_name, expire_time, now)
        secret = SERVICE_PREFIX + self._new_token()
        token_hash = hash_token(secret)
        token = ServiceToken(
            token_hash[:8].hex(), account, display_name, identity.subject, now, expire_time
        )
        async with self._store.begin() as unit:
            await self._accounts.find_in(unit, account, identity)
            standing = [one for one in await unit.list_tokens(account) if one.expire_time > now]
            if len(standing) >= MOST_TOKENS:
                raise Refusal(
                    Code.RESOURCE_EXHAUSTED,
                    "TOO_MANY_TOKENS",
                    f"a service account has at most {MOST_TOKENS} tokens; revoke one",
                )
            await unit.add_token(token, token_hash)
        return token, secret

    async def revoke_token(self, account: str, token: str, identity: Identity) -> None:
        """Revokes a token."""
        async with self._store.begin() as unit:
            await self._accounts.find_in(unit, account, identity)
            if not await unit.delete_token(account, token):
                raise Refusal(
                    Code.NOT_FOUND,
                    "UNKNOWN_TOKEN",
                    "the service account has no such token",
                    metadata={"token": token[:100]},
                )
        self._sessions.forget(account)


def _check_token(display_name: str, expire_time: datetime, now: datetime) -> None:
    faults = []
    if not 1 <= len(display_name) <= LONGEST_LABEL or not display_name.isprintable():
        wrong = f"must have 1 to {LONGEST_LABEL} printable characters"
        faults.append(FieldViolation("display_name", wrong))
    fault = find_lifetime_fault(expire_time, now)
    if fault is not None:
        faults.append(FieldViolation("expire_time", fault))
    if faults:
        raise invalid_fields(faults)
