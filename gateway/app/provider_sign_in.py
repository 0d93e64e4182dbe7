"""Signing in by another place: who is who there becomes an account here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.account_ports import AccountStore, AccountUnit
from gateway.app.manage_accounts import keeping_administrators, refuse_second_accounts
from gateway.app.sessions import Sessions, SignedIn
from gateway.domain.account_changes import AccountChanges, Giver, check_accounts, permissions_of
from gateway.domain.accounts import Account, Kind
from gateway.domain.providers import Provider, account_id_of, granted
from gateway.domain.sessions import Place


@dataclass(frozen=True, slots=True)
class Flow:
    """One sign-in under way: what ties its end to its beginning, and where the browser goes then.

    The state comes back with the browser, the nonce in what the provider signs, and the verifier
    proves to the provider that whoever ends it began it.
    """

    provider: str
    state: str
    nonce: str
    verifier: str
    return_path: str


class ProviderSignIn:
    """Signs in whom a provider vouches for."""

    def __init__(self, store: AccountStore, sessions: Sessions, clock: Clock) -> None:
        self._store = store
        self._sessions = sessions
        self._clock = clock

    async def account_of(self, provider: Provider, claims: Mapping[str, Any]) -> str:
        """Returns the id of the account that the claims mean, existing or not; empty for none."""
        async with self._store.begin() as unit:
            return await _account_of(unit, provider, claims)

    async def sign_in(
        self, provider: Provider, claims: Mapping[str, Any], place: Place
    ) -> SignedIn:
        """Opens a session for whom the claims mean: by the link made at the first sign-in, else as
        the provider's settings allow; refuses otherwise.
        """
        subject = str(claims["sub"])
        async with self._store.begin() as unit, keeping_administrators(unit):
            account = await self._find(unit, provider, claims)
            wanted = granted(provider, account, claims)
            if wanted is None:
                raise _not_linked("what the provider tells about you grants no role")
            wanted = await self._save(unit, account, wanted)
            if await unit.find_linked(provider.issuer, subject) is None:
                await unit.link(provider.issuer, subject, wanted.id, self._clock.now())
        self._sessions.forget(wanted.id)
        return await self._sessions.open_for(wanted, place)

    async def _find(
        self, unit: AccountUnit, provider: Provider, claims: Mapping[str, Any]
    ) -> Account:
        linked = await unit.find_linked(provider.issuer, str(claims["sub"]))
        id_ = await _account_of(unit, provider, claims)
        known = (await unit.load_accounts([id_])).get(id_)
        if known is None:
            if not id_ or not provider.create_accounts:
                raise _not_linked("there is no account for you")
            return Account(id_, _label(claims) or id_, frozenset(), frozenset())
        if known.kind is not Kind.PERSON or not (linked or provider.link_accounts):
            raise _not_linked("the account of that name is not linked to you")
        return known

    async def _save(self, unit: AccountUnit, former: Account, wanted: Account) -> Account:
        roles = await unit.load_roles()
        wanted = replace(wanted, permissions=permissions_of(wanted.roles, roles))
        known = await unit.load_accounts([wanted.id])
        # The settings give here, and they may give everything.
        giver = Giver(wanted.permissions | former.permissions, None)
        faults = check_accounts([wanted], known, roles, giver)
        if faults:
            field = faults[0].field.removeprefix("accounts[0].")
            raise _not_linked(f"your account would be faulty: {field} {faults[0].description}")
        await refuse_second_accounts(unit, [wanted], known)
        if known.get(wanted.id) != wanted:
            changed = (wanted,)
            changes = AccountChanges((), changed, 0) if known else AccountChanges(changed, (), 0)
            await unit.save(changes, self._clock.now())
        return wanted


async def _account_of(unit: AccountUnit, provider: Provider, claims: Mapping[str, Any]) -> str:
    linked = await unit.find_linked(provider.issuer, str(claims["sub"]))
    return linked or account_id_of(provider, claims)


def _label(claims: Mapping[str, Any]) -> str:
    name = claims.get("name")
    return name[:200] if isinstance(name, str) and name.isprintable() else ""


def _not_linked(why: str) -> Refusal:
    return Refusal(Code.PERMISSION_DENIED, "ACCOUNT_NOT_LINKED", f"{why}; ask who manages accounts")
