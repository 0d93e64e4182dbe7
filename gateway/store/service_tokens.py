"""Tokens of service accounts in PostgreSQL."""

from collections.abc import Sequence

from chassis.database import Connection
from gateway.domain.sessions import ServiceToken


class TokenRows:
    """The part of a transaction that changes tokens."""

    _connection: Connection

    async def list_tokens(self, account: str) -> Sequence[ServiceToken]:
        """Returns the tokens of a service account, the newest first."""
        rows = await self._connection.execute(
            "SELECT id, account, display_name, author, create_time, expire_time, last_used_time"
            " FROM service_token WHERE account = %s ORDER BY create_time DESC, id",
            (account,),
        )
        return [ServiceToken(*row) async for row in rows]

    async def add_token(self, token: ServiceToken, token_hash: bytes) -> None:
        """Keeps a token."""
        await self._connection.execute(
            "INSERT INTO service_token (id, account, display_name, author, create_time,"
            " expire_time, token_hash) VALUES (%s, %s, %s, %s, %s, %s, %s)",
            (
                token.id,
                token.account,
                token.display_name,
                token.author,
                token.create_time,
                token.expire_time,
                token_hash,
            ),
        )

    async def delete_token(self, account: str, token: str) -> bool:
        """Deletes a token; tells whether there was one."""
        deleted = await self._connection.execute(
            "DELETE FROM service_token WHERE account = %s AND id = %s", (account, token)
        )
        return bool(deleted.rowcount)
