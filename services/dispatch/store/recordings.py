"""Recordings and who opened them, in PostgreSQL."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from chassis.database import Connection, Database
from services.dispatch.app.ports import AccessOrder, KeptAccess, KeptRecording, RecordingAccess
from services.dispatch.domain.contact import Recording
from services.dispatch.domain.words import Consent

# Locked, so that no consent is taken back between the look and the opening.
_FIND = """
SELECT recording.reference, recording.record_time, contact.source, contact.consent
FROM contact JOIN recording ON recording.contact = contact.id
WHERE contact.id = %s AND recording.id = %s
FOR SHARE OF contact
"""
_WRITE = """
INSERT INTO recording_access (contact, recording, actor, purpose, access_time)
VALUES (%s, %s, %s, %s, %s)
"""
_LIST = """
SELECT recording, actor, purpose, access_time, number FROM recording_access
WHERE contact = %(contact)s AND (%(after_time)s::timestamptz IS NULL
    OR (access_time, number) < (%(after_time)s, %(after_number)s))
ORDER BY access_time DESC, number DESC LIMIT %(limit)s
"""


class PostgresRecordings:
    """Opens recordings, one transaction at a time."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["PostgresRecordingUnit"]:
        """Begins a transaction as the port says."""
        async with self._database.transaction() as connection:
            yield PostgresRecordingUnit(connection)

    async def list_accesses(
        self, contact: str, after: AccessOrder | None, limit: int
    ) -> list[KeptAccess]:
        """Lists accesses as the port says."""
        values = {
            "contact": contact,
            "after_time": after and after.access_time,
            "after_number": after and after.number,
            "limit": limit,
        }
        async with self._database.connection() as connection:
            cursor = await connection.execute(_LIST, values)
            rows = await cursor.fetchall()
        return [
            KeptAccess(RecordingAccess(contact, *row[:4]), AccessOrder(row[3], row[4]))
            for row in rows
        ]


class PostgresRecordingUnit:
    """One transaction about a recording."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def find_recording(self, contact: str, recording: str) -> KeptRecording | None:
        """Finds a recording as the port says, its contact locked against changes."""
        cursor = await self._connection.execute(_FIND, (contact, recording))
        row = await cursor.fetchone()
        if row is None:
            return None
        return KeptRecording(Recording(row[0], row[1]), row[2], Consent(row[3]))

    async def write_access(self, access: RecordingAccess) -> None:
        """Writes an access."""
        values = (
            access.contact,
            access.recording,
            access.actor,
            access.purpose,
            access.access_time,
        )
        await self._connection.execute(_WRITE, values)
