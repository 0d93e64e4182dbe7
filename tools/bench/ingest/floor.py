"""The floor: the simplest program that stores the same changes durably."""

import time
from collections.abc import Sequence

import psycopg
from psycopg import sql

from tools.bench.ingest.changes import Change

_COLUMNS = (
    "agent text, event_id text, state smallint, occurred_time timestamptz, source text,"
    " contacts text[]"
)
_TYPES = ("text", "text", "int2", "timestamptz", "text", "text[]")
_UPSERT = """
INSERT INTO floor_current AS known SELECT * FROM floor_staging ORDER BY agent
ON CONFLICT (agent) DO UPDATE SET event_id = excluded.event_id, state = excluded.state,
    occurred_time = excluded.occurred_time, source = excluded.source, contacts = excluded.contacts
WHERE excluded.occurred_time > known.occurred_time
"""


def measure_batches_in_sql(url: str, batches: Sequence[Sequence[Change]]) -> list[float]:
    """Returns the seconds that each batch took."""
    with psycopg.connect(url) as connection:
        _make_tables(connection)
        return [_write(connection, batch) for batch in batches]


def measure_commits_in_sql(url: str, count: int) -> list[float]:
    """Returns the seconds that each commit of a single row took."""
    seconds = []
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS floor_single (number integer, text text)")
        connection.commit()
        for number in range(count):
            start = time.perf_counter()
            connection.execute("INSERT INTO floor_single VALUES (%s, %s)", (number, "lone"))
            connection.commit()
            seconds.append(time.perf_counter() - start)
    return seconds


def _make_tables(connection: psycopg.Connection) -> None:
    for prefix, name in (("", "floor_log"), ("", "floor_current"), ("TEMPORARY", "floor_staging")):
        statement = sql.SQL("CREATE {} TABLE {} ({})").format(
            sql.SQL(prefix), sql.Identifier(name), sql.SQL(_COLUMNS)
        )
        connection.execute(statement)
    connection.execute("CREATE INDEX ON floor_log (agent, occurred_time)")
    connection.execute("CREATE UNIQUE INDEX ON floor_current (agent)")
    connection.commit()


def _write(connection: psycopg.Connection, batch: Sequence[Change]) -> float:
    rows = [
        (c.agent, c.event_id, c.state, c.occurred_time, "bench", list(c.contacts)) for c in batch
    ]
    start = time.perf_counter()
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY floor_staging FROM STDIN (FORMAT BINARY)") as copy,
    ):
        copy.set_types(_TYPES)
        for row in rows:
            copy.write_row(row)
    connection.execute("INSERT INTO floor_log SELECT * FROM floor_staging")
    connection.execute(_UPSERT)
    connection.execute("TRUNCATE floor_staging")
    connection.commit()
    return time.perf_counter() - start
