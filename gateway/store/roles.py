"""Roles in PostgreSQL."""

from collections.abc import Sequence

from chassis.database import Connection
from gateway.domain.roles import Role

_ROLES = """
SELECT r.id, r.display_name, r.permissions, r.seeded_permissions IS NOT NULL,
       (SELECT count(*) FROM account_role g WHERE g.role = r.id)
FROM role r
"""
_HOLDERS = """
SELECT CASE a.kind WHEN 'PERSON' THEN 'accounts/' ELSE 'serviceAccounts/' END || a.id
FROM account_role g JOIN account a ON a.id = g.account WHERE g.role = %s ORDER BY 1 LIMIT %s
"""


async def list_roles(connection: Connection) -> Sequence[Role]:
    """Returns all roles by id."""
    rows = await connection.execute(f"{_ROLES} ORDER BY r.id")
    return [
        Role(id_, label, frozenset(permissions), seeded, count)
        async for id_, label, permissions, seeded, count in rows
    ]


class RoleRows:
    """The part of a transaction that changes roles."""

    _connection: Connection

    async def find_role(self, role: str) -> Role | None:
        """Returns a role, or None if there is none."""
        return {one.id: one for one in await list_roles(self._connection)}.get(role)

    async def count_roles(self) -> int:
        """Counts all roles."""
        return len(await list_roles(self._connection))

    async def save_role(self, role: Role) -> None:
        """Writes what is new or different about a role."""
        await self._connection.execute(
            "INSERT INTO role (id, display_name, permissions) VALUES (%s, %s, %s)"
            " ON CONFLICT (id) DO UPDATE"
            " SET display_name = excluded.display_name, permissions = excluded.permissions",
            (role.id, role.display_name, sorted(role.permissions)),
        )

    async def delete_role(self, role: str) -> None:
        """Deletes a role that nobody has."""
        await self._connection.execute("DELETE FROM role WHERE id = %s", (role,))

    async def list_holders(self, role: str, limit: int) -> Sequence[str]:
        """Returns the names of accounts and service accounts that have a role, in order."""
        rows = await self._connection.execute(_HOLDERS, (role, limit))
        return [name async for (name,) in rows]
