"""The floors: the same rows, read by bare psycopg."""

import psycopg

from tools.bench.heatmap.day import DAY

_PACKED = "SELECT agent, reasons, packed FROM agent_day WHERE site = %s AND day = %s ORDER BY agent"
_HEAD = "SELECT epoch, seq FROM site_head WHERE site = %s"
_RAW = (
    "COPY (SELECT agent, occurred_time, state, reason, activity, marks FROM state_log"
    " WHERE site = %s ORDER BY agent, occurred_time) TO STDOUT (FORMAT BINARY)"
)


class Floor:
    """One connection that reads and does nothing else."""

    def __init__(self, url: str, site: str) -> None:
        self._site = site
        self._connection = psycopg.connect(url, autocommit=True)

    def packed_rows(self) -> int:
        """Fetches the packed days; returns how many."""
        cursor = self._connection.cursor(binary=True)
        return len(cursor.execute(_PACKED, (self._site, DAY.date())).fetchall())

    def head(self) -> object:
        """Looks up where the site stands."""
        return self._connection.execute(_HEAD, (self._site,)).fetchone()

    def raw_rows(self) -> int:
        """Reads the entries of the day as rows; returns how many bytes."""
        with self._connection.cursor().copy(_RAW, (self._site,)) as copy:
            return sum(len(block) for block in copy)
