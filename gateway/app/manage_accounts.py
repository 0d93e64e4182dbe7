"""Finding, changing and disabling accounts, in the name of a caller who can do no less."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from gateway.app.account_ports import AccountFilter, AccountStore, AccountUnit
from gateway.app.givers import Givers
from gateway.app.sessions import Sessions
from gateway.domain.account_changes import (
    AccountChanges,
    Giver,
    check_accounts,
    find_shared_agent,
    permissions_of,
)
from gateway.domain.accounts import Account, Kind
from gateway.domain.roles import GRANTS_ROLES


class ManageAccounts:
    """Deals with accounts of one kind. Who can do more than the caller does not exist for her."""

    def __init__(
        self, kind: Kind, store: AccountStore, givers: Givers, sessions: Sessions, clock: Clock
    ) -> None:
        self._kind = kind
        self._store = store
        self._givers = givers
        self._sessions = sessions
        self._clock = clock

    async def get(self, account: str, identity: Identity) -> Account:
        """Returns an account."""
        async with self._store.begin() as unit:
            return (await self.find_in(unit, account, identity))[0]

    async def list(
        self, wanted: AccountFilter, identity: Identity, after: str, limit: int
    ) -> Sequence[Account]:
        """Returns accounts by id, from beyond one on."""
        shown: list[Account] = []
        while len(shown) < limit:
            part = await self._store.list_accounts(wanted, after, limit)
            giver = await self._givers.giver_for(identity, part)
            shown.extend(account for account in part if giver.covers(account))
            if len(part) < limit:
                break
            after = part[-1].id
        return shown[:limit]

    async def update(
        self, account: str, changes: Mapping[str, Any], etag: str, identity: Identity
    ) -> Account:
        """Changes fields of an account."""
        async with self._changing(account, identity) as (unit, former, _):
            if etag not in ("", former.etag):
                raise Refusal(Code.ABORTED, "STALE_ETAG", f"{former.name} was changed meanwhile")
            wanted = replace(former, **changes)
            roles = await unit.load_roles()
            wanted = replace(wanted, permissions=permissions_of(wanted.roles, roles))
            giver = await self._givers.giver_for(identity, [former, wanted])
            refuse_faults(wanted, {former.id: former}, roles, giver)
            await refuse_second_accounts(unit, [wanted], {former.id: former})
            await unit.save(AccountChanges((), (wanted,), 0), self._clock.now())
        return wanted

    async def disable(self, account: str, identity: Identity) -> Account:
        """Keeps an account from signing in, and ends its sessions."""
        async with self._changing(account, identity) as (unit, former, _):
            if former.name == identity.subject:
                raise Refusal(
                    Code.FAILED_PRECONDITION, "OWN_ACCOUNT", "nobody disables her own account"
                )
            if former.disable_time is not None:
                return former
            wanted = replace(former, disable_time=self._clock.now())
            await unit.save(AccountChanges((), (wanted,), 0), self._clock.now())
            await unit.end_sessions(account)
        return wanted

    async def enable(self, account: str, identity: Identity) -> Account:
        """Lets an account sign in again."""
        async with self._changing(account, identity) as (unit, former, _):
            wanted = replace(former, disable_time=None)
            await refuse_second_accounts(unit, [wanted], {former.id: former})
            await unit.save(AccountChanges((), (wanted,), 0), self._clock.now())
        return wanted

    async def find_in(
        self, unit: AccountUnit, account: str, identity: Identity
    ) -> tuple[Account, Giver]:
        """Returns an account in a transaction, and the caller as its giver."""
        known = await unit.load_accounts([account], self._kind)
        giver = await self._givers.giver_for(identity, known.values())
        if account not in known or not giver.covers(known[account]):
            raise unknown_account(account)
        return known[account], giver

    @asynccontextmanager
    async def _changing(
        self, account: str, identity: Identity
    ) -> AsyncIterator[tuple[AccountUnit, Account, Giver]]:
        async with self._store.begin() as unit, keeping_administrators(unit):
            former, giver = await self.find_in(unit, account, identity)
            yield unit, former, giver
        self._sessions.forget(account)


@asynccontextmanager
async def keeping_administrators(unit: AccountUnit) -> AsyncIterator[None]:
    """Refuses what the block did if nobody would be left who may change roles."""
    before = await unit.count_holders(GRANTS_ROLES)
    yield
    if before and not await unit.count_holders(GRANTS_ROLES):
        raise Refusal(
            Code.FAILED_PRECONDITION,
            "LAST_ADMINISTRATOR",
            f"nobody would be left who signs in and has {GRANTS_ROLES}",
        )


async def refuse_second_accounts(
    unit: AccountUnit, wanted: Sequence[Account], known: Mapping[str, Account]
) -> None:
    """Refuses to bind an account to an agent who has one: with another one somebody else would read
    in her name, which is hers alone at strict sites.
    """
    bound = await unit.find_bound([account.agent for account in wanted if account.agent])
    agent = find_shared_agent(wanted, known, bound)
    if agent:
        raise Refusal(
            Code.FAILED_PRECONDITION,
            "AGENT_HAS_ACCOUNT",
            f"{agent} has an enabled account already: change that one, or disable it first",
            metadata={"agent": agent},
        )


def refuse_faults(wanted: Account, known: Mapping[str, Account], roles: Any, giver: Giver) -> None:
    """Refuses an account that is not as it must be, with the first fault."""
    faults = check_accounts([wanted], known, roles, giver)
    if faults:
        raise invalid_fields(
            [
                FieldViolation(one.field.removeprefix("accounts[0]."), one.description)
                for one in faults
            ]
        )


def unknown_account(account: str) -> Refusal:
    """Refuses an account that does not exist, or that can do more than the caller."""
    return Refusal(
        Code.NOT_FOUND,
        "UNKNOWN_ACCOUNT",
        "there is no such account, or it can do more than you",
        metadata={"account": account[:100]},
    )
