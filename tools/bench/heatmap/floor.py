"""The floors: the same rows, read by bare psycopg."""

import psycopg

from tools.bench.heatmap.day import DAY, SITE

_PACKED = "SELECT agent, reasons, packed FROM agent_day WHERE site = %s AND day = %s ORDER BY agent"
_HEAD = "SELECT epoch, seq FROM site_head WHERE site = %s"
_RAW = (
    "COPY (SELECT agent, occurred_time, state, reason, activity, marks FROM state_log"
    " WHERE site = %s ORDER BY agent, occurred_time) TO STDOUT (FORMAT BINARY)"
)


def fetch_packed_rows(url: str) -> int:
    """Fetches the packed days; returns how many."""
    with psycopg.connect(url) as connection:
        cursor = connection.cursor(binary=True)
        return len(cursor.execute(_PACKED, (SITE, DAY.date())).fetchall())


def fetch_head(url: str) -> object:
    """Looks up where the site stands."""
    with psycopg.connect(url) as connection:
        return connection.execute(_HEAD, (SITE,)).fetchone()


def copy_raw_rows(url: str) -> int:
    """Reads the entries of the day as rows; returns how many bytes."""
    with psycopg.connect(url) as connection, connection.cursor().copy(_RAW, (SITE,)) as copy:
        return sum(len(block) for block in copy)
