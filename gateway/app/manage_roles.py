"""Keeping roles, in the name of a caller who may all that they permit."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from gateway.app.account_ports import AccountStore, AccountUnit
from gateway.app.manage_accounts import keeping_administrators
from gateway.app.sessions import Sessions
from gateway.domain.roles import (
    ADMINISTRATOR,
    GRANTS_ROLES,
    MOST_ROLES,
    Role,
    find_role_fault,
)

_HOLDERS_NAMED = 10


class ManageRoles:
    """Creates, changes and deletes roles. Nobody grants what she may not do herself."""

    def __init__(
        self, store: AccountStore, sessions: Sessions, permissions: AbstractSet[str]
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._permissions = permissions

    async def list(self) -> Sequence[Role]:
        """Returns all roles by id."""
        return await self._store.list_roles()

    async def get(self, role: str) -> Role:
        """Returns a role."""
        async with self._store.begin() as unit:
            return await _find(unit, role)

    async def create(self, role: Role, identity: Identity) -> Role:
        """Creates a role."""
        self._check(role, identity)
        async with self._store.begin() as unit:
            if await unit.find_role(role.id) is not None:
                raise Refusal(Code.ALREADY_EXISTS, "ROLE_EXISTS", f"there is a {role.name} already")
            if await unit.count_roles() >= MOST_ROLES:
                raise invalid_fields([FieldViolation("role", f"there are {MOST_ROLES} already")])
            await unit.save_role(role)
        return role

    async def update(
        self,
        role: str,
        display_name: str | None,
        permissions: frozenset[str] | None,
        etag: str,
        identity: Identity,
    ) -> Role:
        """Changes what is given of a role."""
        async with self._store.begin() as unit, keeping_administrators(unit):
            former = await _find(unit, role)
            if etag not in ("", former.etag):
                raise Refusal(Code.ABORTED, "STALE_ETAG", f"{former.name} was changed meanwhile")
            wanted = replace(
                former,
                display_name=former.display_name if display_name is None else display_name,
                permissions=former.permissions if permissions is None else permissions,
            )
            _check_grant(former.permissions, identity)
            self._check(wanted, identity)
            if role == ADMINISTRATOR and GRANTS_ROLES not in wanted.permissions:
                raise _protected(f"{former.name} keeps {GRANTS_ROLES}")
            await unit.save_role(wanted)
        self._sessions.forget_all()
        return wanted

    async def delete(self, role: str, identity: Identity) -> None:
        """Deletes a role that nobody has."""
        async with self._store.begin() as unit:
            former = await _find(unit, role)
            _check_grant(former.permissions, identity)
            if former.seeded:
                raise _protected(f"{former.name} comes with Muster")
            holders = await unit.list_holders(role, _HOLDERS_NAMED)
            if holders:
                raise Refusal(
                    Code.FAILED_PRECONDITION,
                    "ROLE_IN_USE",
                    f"{former.account_count} accounts have {former.name}",
                    metadata={
                        "accounts": ", ".join(holders),
                        "account_count": str(former.account_count),
                    },
                )
            await unit.delete_role(role)

    def _check(self, role: Role, identity: Identity) -> None:
        faults = [
            FieldViolation(field, description)
            for field, description in find_role_fault(role, self._permissions)
        ]
        if faults:
            raise invalid_fields(faults)
        _check_grant(role.permissions, identity)


async def _find(unit: AccountUnit, role: str) -> Role:
    found = await unit.find_role(role)
    if found is None:
        raise Refusal(
            Code.NOT_FOUND, "UNKNOWN_ROLE", "there is no such role", metadata={"role": role[:100]}
        )
    return found


def _check_grant(permissions: AbstractSet[str], identity: Identity) -> None:
    beyond = sorted(permissions - identity.permissions)
    if beyond:
        raise Refusal(
            Code.PERMISSION_DENIED,
            "NOT_YOURS_TO_GRANT",
            f"the role permits what you may not do yourself, such as {beyond[0]}",
            metadata={"permission": beyond[0]},
        )


def _protected(why: str) -> Refusal:
    return Refusal(Code.FAILED_PRECONDITION, "ROLE_PROTECTED", why)
