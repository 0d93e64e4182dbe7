"""Reading one agent's log."""

from datetime import datetime

from chassis.database import Database
from services.presence.app.ports import Span
from services.presence.domain.entry import EntryOrder, LoggedEntry
from services.presence.store.entry_reader import SKEW
from services.presence.store.rows import logged_entry_of
from services.presence.store.tables import STATE_LOG

_COLUMNS = ", ".join(STATE_LOG.columns.keys())
_ORDER = "occurred_time, source_sequence, event_id, source"
_DOWN = "occurred_time DESC, source_sequence DESC, event_id DESC, source DESC"
_OF_SPAN = f"""
SELECT {_COLUMNS} FROM state_log
WHERE agent = %(agent)s AND occurred_time >= %(start)s AND occurred_time < %(end)s
    AND recorded_time >= %(recorded_from)s
"""  # noqa: S608 - names of columns
_AFTER = f" AND ({_ORDER}) > (%(time)s, %(sequence)s, %(event_id)s, %(source)s)"
_PAGE = f" ORDER BY {_ORDER} LIMIT %(limit)s"
_OPENING = f"""
SELECT {_COLUMNS} FROM state_log WHERE agent = %s AND occurred_time < %s
ORDER BY {_DOWN} LIMIT 1
"""  # noqa: S608 - names of columns


class PostgresLogReader:
    """The log of one agent in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_entries(
        self, agent: str, span: Span, after: EntryOrder | None, limit: int
    ) -> list[LoggedEntry]:
        """Lists a page as the port says."""
        values: dict[str, object] = {
            "agent": agent,
            "start": span.start_time,
            "end": span.end_time,
            "recorded_from": span.start_time - SKEW,
            "limit": limit,
        }
        if after is not None:
            values |= {
                "time": after.occurred_time,
                "sequence": after.source_sequence,
                "event_id": after.event_id,
                "source": after.source,
            }
        query = _OF_SPAN + (_AFTER if after is not None else "") + _PAGE
        async with self._database.connection() as connection:
            cursor = await connection.execute(query, values, binary=True)
            return [logged_entry_of(row) for row in await cursor.fetchall()]

    async def find_opening(self, agent: str, before: datetime) -> LoggedEntry | None:
        """Finds the entry before a span as the port says."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_OPENING, (agent, before), binary=True)
            row = await cursor.fetchone()
        return None if row is None else logged_entry_of(row)
