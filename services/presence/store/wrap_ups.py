"""Reading wrap-ups."""

from datetime import datetime

from chassis.database import Database
from services.presence.domain.entry import Entry, LoggedEntry
from services.presence.domain.state import State
from services.presence.store.packing import unpack_tracks
from services.presence.store.rows import logged_entry_of
from services.presence.store.tables import STATE_LOG

_COLUMNS = ", ".join(STATE_LOG.columns.keys())
_STATE = "SELECT tracks FROM agent_state WHERE agent = %s AND state = %s"
_ENTRY = f"""
SELECT {_COLUMNS} FROM state_log
WHERE agent = %s AND occurred_time >= %s AND recorded_time >= %s AND event_id = %s LIMIT 1
"""  # noqa: S608 - names of columns


class PostgresWrapUps:
    """The wrap-ups in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find_wrap_up(self, agent: str) -> Entry | None:
        """Finds the wrap-up as the port says; of several tracks in wrap-up, the latest."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_STATE, (agent, State.WRAP_UP.value))
            row = await cursor.fetchone()
        tracks = [] if row is None else unpack_tracks(agent, row[0])[0]
        held = [entry for entry in tracks if entry.state is State.WRAP_UP]
        return max(held, key=lambda entry: entry.order, default=None)

    async def find_entry(self, agent: str, event_id: str, since: datetime) -> LoggedEntry | None:
        """Finds an entry as the port says."""
        values = (agent, since, since, event_id)
        async with self._database.connection() as connection:
            cursor = await connection.execute(_ENTRY, values, binary=True)
            row = await cursor.fetchone()
        return None if row is None else logged_entry_of(row)
