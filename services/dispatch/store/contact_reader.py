"""Reading contacts."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

from chassis.database import Database, read_head, read_outbox_after
from services.dispatch.app.ports import Filter, KeptContact, Page, Sight, Span
from services.dispatch.domain.event import FIRST_EPOCH, Place
from services.dispatch.store.contact_rows import CONTACT_COLUMNS, complete_contacts
from services.dispatch.store.scoping import VISIBLE, sight_values

_REPLAY_ROWS = 64

_FIND = f"SELECT {CONTACT_COLUMNS} FROM contact WHERE id = %(id)s AND {VISIBLE}"  # noqa: S608 - constants
_PAGE = """
    AND (%(after_time)s::timestamptz IS NULL
        OR (contact.start_time, contact.id) > (%(after_time)s, %(after_id)s))
ORDER BY contact.start_time, contact.id LIMIT %(limit)s
"""
_OF_SITE = f"""
SELECT {CONTACT_COLUMNS} FROM contact
WHERE contact.site = %(site)s
    AND contact.start_time >= %(start)s AND contact.start_time < %(end)s
    AND (%(state)s::smallint IS NULL OR contact.state = %(state)s)
    AND (%(queue)s = '' OR EXISTS (
        SELECT FROM queue_stay AS stay
        WHERE stay.contact = contact.id AND stay.queue = %(queue)s))
    AND (%(agent)s = '' OR EXISTS (
        SELECT FROM leg WHERE leg.contact = contact.id AND leg.agent = %(agent)s))
    AND {VISIBLE} {_PAGE}
"""  # noqa: S608 - constants
_OF_AGENT = f"""
SELECT {CONTACT_COLUMNS} FROM contact
WHERE contact.id IN (
    SELECT leg.contact FROM leg
    WHERE leg.agent = %(agent)s AND leg.start_time < %(end)s
        AND (leg.until_time IS NULL OR leg.until_time > %(start)s OR leg.start_time >= %(start)s))
    AND {VISIBLE} {_PAGE}
"""  # noqa: S608 - constants


class PostgresContactReader:
    """Contacts in PostgreSQL, to read."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_contact(self, contact: str, sight: Sight) -> KeptContact | None:
        """Finds a contact as the port says."""
        found = await self._list(_FIND, {"id": contact}, sight)
        return found[0] if found else None

    async def list_of_site(
        self, site: str, span: Span, wanted: Filter, page: Page, sight: Sight
    ) -> list[KeptContact]:
        """Lists contacts of a site as the port says."""
        values = {
            "site": site,
            "state": wanted.state and wanted.state.value,
            "queue": wanted.queue,
            "agent": wanted.agent,
        }
        return await self._list(_OF_SITE, {**values, **_within(span, page)}, sight)

    async def list_of_agent(
        self, agent: str, span: Span, page: Page, sight: Sight
    ) -> list[KeptContact]:
        """Lists contacts of an agent as the port says."""
        return await self._list(_OF_AGENT, {"agent": agent, **_within(span, page)}, sight)

    async def replay(self, after: Place) -> AsyncIterator[tuple[Place, bytes]]:
        """Yields messages as the port says; each part is read on its own, so none holds a lock."""
        async with self._database.connection() as connection:
            head = await read_head(connection, after.site)
        last = (
            Place(after.site, head.epoch, head.seq) if head else Place(after.site, FIRST_EPOCH, 0)
        )
        more = True
        while more:
            async with self._database.connection() as connection:
                rows = await read_outbox_after(connection, *after, limit=_REPLAY_ROWS)
            for row in rows:
                after = Place(row.site, row.epoch, row.seq)
                yield after, row.payload
            more = bool(rows) and after < last

    async def _list(self, query: str, values: dict[str, Any], sight: Sight) -> list[KeptContact]:
        values |= sight_values(sight)
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor = await connection.execute(query, values, binary=True)
            found = await complete_contacts(connection, await cursor.fetchall())
        return [_as_seen(kept, sight) for kept in found]


def _as_seen(kept: KeptContact, sight: Sight) -> KeptContact:
    contact = kept.contact
    legs = tuple(leg for leg in contact.legs if sight.sees_leg(leg.agent, contact.key.site))
    if len(legs) == len(contact.legs):
        return kept
    return replace(kept, contact=replace(contact, legs=legs))


def _within(span: Span, page: Page) -> dict[str, Any]:
    after = page.after
    return {
        "start": span.start_time,
        "end": span.end_time,
        "after_time": after and after.start_time,
        "after_id": after.id if after else "",
        "limit": page.limit,
    }
