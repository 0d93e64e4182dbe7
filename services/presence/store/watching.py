"""What the watch reads and writes in PostgreSQL, by the clock of the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, LiteralString

from chassis.database import Connection, Database
from services.presence.app.source_ports import Client, DueLimit, Observed
from services.presence.domain.entry import Entry
from services.presence.domain.lease import PROOF_DELAY, Lease, Silence
from services.presence.domain.outage import LONGEST_PAUSE, Outage
from services.presence.domain.state import EntryKind, SourceKind
from services.presence.store.arrays import EncodedArray, instant_array, text_array
from services.presence.store.packing import unpack_tracks
from services.presence.store.source_leases import read_now

_MOST_LIMITS = 2_000

_TOUCH = """
UPDATE watch_mark SET mark_time = clock_timestamp()
WHERE mark_time BETWEEN clock_timestamp() - %s AND clock_timestamp()
"""
_FIRST_MARKS = """
INSERT INTO watch_mark (site, mark_time)
SELECT site, clock_timestamp() FROM unnest(%s::text[]) AS held (site) ORDER BY site
ON CONFLICT DO NOTHING
"""
_MARKS = "SELECT site, mark_time FROM watch_mark WHERE site = ANY (%s)"
_RESTLESS = """
SELECT DISTINCT known.site
FROM source_lease AS known
    JOIN unnest(%s::text[], %s::interval[]) AS held (site, grace) ON known.site = held.site
WHERE known.silences <> '{}' OR (
    known.lost_time IS NULL AND clock_timestamp() - known.proof_time > known.length + held.grace
)
"""
_LIMITS = """
SELECT agent, site, tracks FROM agent_state
WHERE site = ANY (%s) AND limit_time <= %s ORDER BY limit_time LIMIT %s
"""
_TRACKS = "SELECT agent, tracks FROM agent_state WHERE site = %s"
_LEASES = """
SELECT source, source_kind, agent, length, proof_time, silences, lost_time IS NOT NULL
FROM source_lease WHERE site = %s AND length IS NOT NULL
"""
# Whatever a proof has changed meanwhile is judged next.
_SETTLE_BROKEN = """
UPDATE source_lease AS known SET silences = known.silences[2 * judged.silence_count + 1 :]
FROM unnest(%s::text[], %s::text[], %s::integer[]) AS judged (source, agent, silence_count)
WHERE known.site = %s AND known.source = judged.source AND known.agent = judged.agent
"""
_SETTLE_OVER = """
UPDATE source_lease AS known SET lost_time = clock_timestamp()
FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS judged (source, agent, proof_time)
WHERE known.site = %s AND known.source = judged.source AND known.agent = judged.agent
    AND known.proof_time = judged.proof_time
"""
_ASK = """
INSERT INTO source_resend (source, agent) SELECT * FROM unnest(%s::text[], %s::text[])
ON CONFLICT DO NOTHING
"""
_RENEW = """
UPDATE source_lease SET proof_time = clock_timestamp(), silences = silences[
    : (SELECT count(*) FROM unnest(silences) AS edge WHERE edge <= %(until)s) / 2 * 2]
WHERE length IS NOT NULL AND lost_time IS NULL AND site = %(site)s
"""
_RENEW_MARK = "UPDATE watch_mark SET mark_time = clock_timestamp() WHERE site = %(site)s"
_RENEW_ALL = """
UPDATE source_lease SET proof_time = clock_timestamp(), silences = '{}'
WHERE length IS NOT NULL AND lost_time IS NULL
"""
_RENEW_ALL_MARKS = "UPDATE watch_mark SET mark_time = clock_timestamp()"


class PostgresWatch:
    """The watch's view of PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_sites(self) -> Collection[str]:
        """Lists the sites that have entries."""
        async with self._database.connection() as connection:
            rows = await (await connection.execute("SELECT site FROM site_head")).fetchall()
        return [site for (site,) in rows]

    async def touch_marks(self) -> datetime:
        """Marks that presence is there, as the port says."""
        async with self._database.transaction() as connection:
            await connection.execute(_TOUCH, (LONGEST_PAUSE,))
            return await read_now(connection)

    async def observe(self, graces: Mapping[str, timedelta]) -> Observed:
        """Reads what there is to do as the port says."""
        sites = list(graces)
        given = [grace + PROOF_DELAY for grace in graces.values()]
        async with self._database.transaction() as connection:
            await connection.execute(_FIRST_MARKS, (sites,))
            now = await read_now(connection)
            marks = await _rows(connection, _MARKS, (sites,))
            restless = await _rows(connection, _RESTLESS, (sites, given))
            due = await _rows(connection, _LIMITS, (sites, now, _MOST_LIMITS))
        return Observed(
            now,
            dict(marks),
            frozenset(site for (site,) in restless),
            [
                DueLimit(site, entry)
                for agent, site, packed in due
                for entry in unpack_tracks(agent, packed)[0]
                if _is_due(entry, now)
            ],
        )

    async def read_leases(self, site: str) -> Sequence[Lease]:
        """Reads all leases of a site."""
        async with self._database.connection() as connection:
            rows = await _rows(connection, _LEASES, (site,))
        return [_lease_of(*row) for row in rows]

    async def settle(self, site: str, broken: Sequence[Lease], over: Sequence[Lease]) -> None:
        """Notes what is judged, as the port says."""
        counts = [len(lease.silences) for lease in broken]
        proofs = instant_array([lease.proof_time for lease in over])
        async with self._database.transaction() as connection:
            if broken:
                await connection.execute(_SETTLE_BROKEN, (*_columns(broken), counts, site))
            if over:
                await connection.execute(_SETTLE_OVER, (*_columns(over), proofs, site))

    async def ask_again(self, clients: Collection[Client]) -> None:
        """Notes whose states are to be reported again."""
        if clients:
            async with self._database.transaction() as connection:
                await connection.execute(_ASK, _columns(clients))

    async def renew(self, site: str, outage: Outage) -> None:
        """Lets leases begin anew as the port says."""
        values = {"site": site, "until": outage.start_time}
        async with self._database.transaction() as connection:
            await connection.execute(_RENEW, values)
            await connection.execute(_RENEW_MARK, values)

    async def renew_all(self) -> None:
        """Lets all leases begin anew as the port says."""
        async with self._database.transaction() as connection:
            await connection.execute(_RENEW_ALL)
            await connection.execute(_RENEW_ALL_MARKS)

    async def read_tracks(self, site: str) -> Sequence[Entry]:
        """Reads the current entries of a site's agents."""
        async with self._database.connection() as connection:
            rows = await _rows(connection, _TRACKS, (site,))
        return [entry for agent, packed in rows for entry in unpack_tracks(agent, packed)[0]]


async def _rows(
    connection: Connection, query: LiteralString, values: Sequence[object]
) -> list[tuple[Any, ...]]:
    return await (await connection.execute(query, values)).fetchall()


def _is_due(entry: Entry, now: datetime) -> bool:
    limit_time = entry.details.limit_time
    return entry.kind is EntryKind.CHANGE and limit_time is not None and limit_time <= now


def _columns(each: Collection[Lease] | Collection[Client]) -> tuple[EncodedArray, EncodedArray]:
    return text_array([one.source for one in each]), text_array([one.agent for one in each])


def _lease_of(
    source: str, kind: int, agent: str, length: timedelta, proof_time: datetime, *rest: Any
) -> Lease:
    edges, is_lost = rest
    silences = tuple(map(Silence, edges[::2], edges[1::2]))
    return Lease(source, SourceKind(kind), agent, length, proof_time, silences, is_lost)
