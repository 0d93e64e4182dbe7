"""Proofs of life, leases and the samples of clocks in PostgreSQL.

Times are those of the database's clock alone: a proof brings its age, so that replicas whose clocks
differ agree.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from chassis.database import Connection, Database
from services.presence.app.source_ports import Client, KnownSources, ListedSource, Proof
from services.presence.domain.skew import MOST_SAMPLES, Samples
from services.presence.domain.state import SourceKind
from services.presence.store.arrays import EncodedArray, text_array

_GIVEN = """
WITH given AS MATERIALIZED (
    SELECT source, agent, site, source_kind, is_leased, length * interval '1 s' AS length,
        clock_timestamp() - first_age * interval '1 s' AS first_time,
        clock_timestamp() - last_age * interval '1 s' AS last_time
    FROM unnest(%s::text[], %s::text[], %s::text[], %s::smallint[], %s::boolean[], %s::float8[],
        %s::float8[], %s::float8[]) AS proof (source, agent, site, source_kind, is_leased,
        length, first_age, last_age)
    ORDER BY source COLLATE "C", agent COLLATE "C", site
)
"""
# A clock that was set back leaves proofs of the future behind, which the next one mends.
_MOVE = f"""{_GIVEN}
UPDATE source_lease AS known SET
    proof_time = least(greatest(known.proof_time, given.last_time), clock_timestamp()),
    silences = CASE WHEN given.first_time - known.proof_time > known.length
        AND known.lost_time IS NULL THEN known.silences || ARRAY[known.proof_time, given.first_time]
        ELSE known.silences END,
    lost_time = NULL,
    length = CASE WHEN given.is_leased THEN given.length ELSE known.length END,
    source_kind = given.source_kind
FROM given
WHERE known.source = given.source AND known.agent = given.agent AND known.site = given.site
"""  # noqa: S608 - a constant
# An agent's client that never sent a heartbeat is of no interest, and there may be many.
_ADD = f"""{_GIVEN}
INSERT INTO source_lease (source, agent, site, source_kind, length, proof_time, silences)
SELECT source, agent, site, source_kind, length, last_time, '{{}}' FROM given
WHERE is_leased OR agent = ''
ON CONFLICT DO NOTHING
"""  # noqa: S608 - a constant
_CLEAR_RESEND = """
DELETE FROM source_resend AS asked USING unnest(%s::text[], %s::text[]) AS told (source, agent)
WHERE asked.source = told.source AND asked.agent = told.agent
"""
_CONNECTIONS = "SELECT source, site FROM source_lease WHERE agent = '' AND site <> ''"
_LEASED = "SELECT DISTINCT source FROM source_lease WHERE length IS NOT NULL"
_RESEND = "SELECT source, agent FROM source_resend"

_READ_SAMPLES = """
SELECT known.source, known.agent, known.samples
FROM source_skew AS known JOIN unnest(%s::text[], %s::text[]) AS wanted (source, agent)
    ON known.source = wanted.source AND known.agent = wanted.agent
"""
# In the order of the key, so that replicas wait in turn.
_ADD_SAMPLES = f"""
INSERT INTO source_skew AS known (source, agent, samples, measured_time)
SELECT source, agent, taken::bigint[], clock_timestamp()
FROM unnest(%s::text[], %s::text[], %s::text[]) AS new (source, agent, taken)
ORDER BY source COLLATE "C", agent COLLATE "C"
ON CONFLICT (source, agent) DO UPDATE SET
    samples = (known.samples || excluded.samples)
        [greatest(1, cardinality(known.samples || excluded.samples) - {MOST_SAMPLES - 1}):],
    measured_time = excluded.measured_time
RETURNING source, agent, samples
"""  # noqa: S608 - a constant

_LIST = """
SELECT known.source, known.agent, known.source_kind, known.length, known.proof_time,
    known.lost_time IS NOT NULL, coalesce(skew.samples, '{}'), skew.measured_time
FROM source_lease AS known LEFT JOIN source_skew AS skew USING (source, agent)
WHERE known.site = %(site)s AND (%(source)s = '' OR known.source = %(source)s)
    AND (known.source, known.agent) > (%(after_source)s, %(after_agent)s)
    AND (known.agent = '' OR %(agents)s::text[] IS NULL OR known.agent = ANY (%(agents)s))
ORDER BY known.source, known.agent LIMIT %(limit)s
"""


class PostgresSources:
    """What is known of sources, kept in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write_proofs(self, proofs: Sequence[Proof]) -> None:
        """Takes over proofs as the port says."""
        if not proofs:
            return
        columns = [
            text_array([proof.client.source for proof in proofs]),
            text_array([proof.client.agent for proof in proofs]),
            text_array([proof.site for proof in proofs]),
            [proof.source_kind.value for proof in proofs],
            [proof.is_leased for proof in proofs],
            [proof.length.total_seconds() if proof.length else None for proof in proofs],
            [proof.first_age.total_seconds() for proof in proofs],
            [proof.last_age.total_seconds() for proof in proofs],
        ]
        async with self._database.transaction() as connection:
            cursor = await connection.execute(_MOVE, columns)
            if cursor.rowcount < len(proofs):
                await connection.execute(_ADD, columns)

    async def clear_resend(self, clients: Collection[Client]) -> None:
        """Notes what was reported again."""
        async with self._database.transaction() as connection:
            await connection.execute(_CLEAR_RESEND, _columns(clients))

    async def read_known(self) -> KnownSources:
        """Reads what is known of sources."""
        async with self._database.connection() as connection:
            connections = await (await connection.execute(_CONNECTIONS)).fetchall()
            leased = await (await connection.execute(_LEASED)).fetchall()
            asked = await (await connection.execute(_RESEND)).fetchall()
        return KnownSources(
            _grouped(connections), frozenset(source for (source,) in leased), _grouped(asked)
        )

    async def read_samples(self, clients: Collection[Client]) -> Mapping[Client, Samples]:
        """Reads samples as the port says."""
        async with self._database.connection() as connection:
            cursor = await connection.execute(_READ_SAMPLES, _columns(clients))
            rows = await cursor.fetchall()
        return _samples_of(rows)

    async def add_samples(self, samples: Mapping[Client, Samples]) -> Mapping[Client, Samples]:
        """Adds samples as the port says."""
        # An array of arrays would have to be rectangular.
        taken = text_array([f"{{{','.join(map(str, each))}}}" for each in samples.values()])
        async with self._database.transaction() as connection:
            cursor = await connection.execute(_ADD_SAMPLES, (*_columns(samples), taken))
            rows = await cursor.fetchall()
        return _samples_of(rows)

    async def list_sources(
        self,
        site: str,
        source: str,
        agents: Collection[str] | None,
        after: Client,
        limit: int,
    ) -> tuple[datetime, Sequence[ListedSource]]:
        """Lists sources as the port says."""
        values = {
            "site": site,
            "source": source,
            "agents": None if agents is None else list(agents),
            "after_source": after.source,
            "after_agent": after.agent,
            "limit": limit,
        }
        async with self._database.connection() as connection:
            now = await read_now(connection)
            rows = await (await connection.execute(_LIST, values)).fetchall()
        return now, [_listed(*row) for row in rows]


async def read_now(connection: Connection) -> datetime:
    """Reads the database's clock."""
    row = await (await connection.execute("SELECT clock_timestamp()")).fetchone()
    assert row is not None  # noqa: S101 - a query without FROM has one row
    now: datetime = row[0]
    return now


def _columns(clients: Collection[Client]) -> tuple[EncodedArray, EncodedArray]:
    return (
        text_array([client.source for client in clients]),
        text_array([client.agent for client in clients]),
    )


def _samples_of(rows: Iterable[tuple[Any, ...]]) -> dict[Client, Samples]:
    return {Client(source, agent): tuple(samples) for source, agent, samples in rows}


def _grouped(pairs: Iterable[tuple[Any, ...]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for source, member in pairs:
        groups.setdefault(source, set()).add(member)
    return {source: frozenset(members) for source, members in groups.items()}


def _listed(source: str, agent: str, kind: int, *values: Any) -> ListedSource:
    length, proof_time, is_lost, samples, measured_time = values
    return ListedSource(
        Client(source, agent),
        SourceKind(kind),
        length,
        proof_time,
        is_lost,
        tuple(samples),
        measured_time,
    )
