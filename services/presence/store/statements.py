"""The statements of a commit."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import psycopg

from chassis.database import Connection
from proof.link import Link
from services.presence.domain.entry import EPOCH, NO_DETAILS, Entry, ReportKey
from services.presence.domain.policy import DEFAULT_VERSION
from services.presence.domain.state import State
from services.presence.store.arrays import (
    CONTACT_SEPARATOR,
    DETAIL_ARRAYS,
    ENTRY_ARRAYS,
    day_array,
    detail_arrays,
    entry_arrays,
    position_array,
    rows_of,
    text_array,
)
from services.presence.store.tables import STATE_LOG

# In the order of the key, so that commits of two sites that share an agent cannot deadlock.
_INSERT_KEYS = f"""
INSERT INTO report_key (occurred_day, agent, source, event_id)
SELECT * FROM ({rows_of("day, a, s, e", "%s::date[], %s::text[], %s::text[], %s::text[]")}) AS key
ORDER BY day, a COLLATE "C", s COLLATE "C", e COLLATE "C"
"""  # noqa: S608 - constants
_INSERT_NEW_KEYS = f"""{_INSERT_KEYS}
ON CONFLICT DO NOTHING
RETURNING occurred_day, agent, source, event_id
"""

_NAMES = STATE_LOG.columns.keys()[5:]
_DETAILS = ", ".join(_NAMES[-DETAIL_ARRAYS.count("%s") :])
_ENTRY = ", ".join(_NAMES[: -DETAIL_ARRAYS.count("%s")])


def _insert_entries(columns: str, arrays: str) -> str:
    made = columns.replace("contacts", "string_to_array(joined, %s)")
    given = columns.replace("contacts", "joined")
    return f"""
        INSERT INTO state_log (recorded_time, seq, epoch, site, position, {columns})
        SELECT %s, %s, %s, %s, position, {made}
        FROM ({rows_of(f"position, {given}", f"%s::integer[], {arrays}")}) AS given
    """  # noqa: S608 - names of columns


# One statement for all entries of a link, so that a column crosses the wire once; most links have
# no details, and then their columns do not cross it at all.
_INSERT_ENTRIES = _insert_entries(_ENTRY, ENTRY_ARRAYS)
_INSERT_DETAILED = _insert_entries(f"{_ENTRY}, {_DETAILS}", f"{ENTRY_ARRAYS}, {DETAIL_ARRAYS}")

_INSERT_LINK = """
INSERT INTO link (site, epoch, seq, recorded_time, previous_hash, root, hash, entry_count)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""
_WIDEN_COVERAGE = """
INSERT INTO site_coverage AS known (site, first_occurred_time, last_occurred_time)
VALUES (%s, %s, %s)
ON CONFLICT (site) DO UPDATE SET
    first_occurred_time = least(known.first_occurred_time, excluded.first_occurred_time),
    last_occurred_time = greatest(known.last_occurred_time, excluded.last_occurred_time)
"""
_STANDING = """
SELECT recorded_time, (SELECT count(*) FROM erasure),
    (SELECT max(version) FROM presence_policy AS policy WHERE policy.site = site_head.site)
FROM site_head WHERE site = %s
"""


class Standing(NamedTuple):
    """What a commit begins with, read under the lock of the site's head."""

    fresh: Collection[ReportKey]
    """The keys that were not recorded before."""
    last_time: datetime
    """The site's last recording."""
    erasures: int
    """How many erasures were ever asked for."""
    policy_version: int
    """The version of the policy in force."""


async def insert_keys(connection: Connection, site: str, keys: Collection[ReportKey]) -> Standing:
    """Records keys; returns how they and the site stand.

    A site of which nothing was recorded yet was last recorded at the start of 1970.
    """
    days, *texts = zip(*keys, strict=True)
    columns = (day_array(days), *map(text_array, texts))
    fresh: Collection[ReportKey] = keys
    last = connection.cursor()
    try:
        async with connection.pipeline():
            await last.execute(_STANDING, (site,))
            await connection.execute("SAVEPOINT keys")
            # Nearly always all are new, and then it costs half of what ON CONFLICT does.
            await connection.execute(_INSERT_KEYS, columns)
    except psycopg.errors.UniqueViolation:
        await connection.execute("ROLLBACK TO SAVEPOINT keys")
        cursor = await connection.execute(_INSERT_NEW_KEYS, columns, binary=True)
        fresh = {ReportKey(*row) for row in await cursor.fetchall()}
    row = await last.fetchone()
    last_time, erasures, version = row or (None, 0, None)
    return Standing(fresh, last_time or EPOCH, erasures, version or DEFAULT_VERSION)


async def insert_link(connection: Connection, link: Link, entries: Sequence[Entry]) -> None:
    """Writes a link and its entries."""
    detailed = any(entry.details is not NO_DETAILS for entry in entries)
    columns = [position_array(len(entries)), *entry_arrays(entries)]
    if detailed:
        columns += detail_arrays(entries)
    place = (link.recorded_time, link.seq, link.epoch, link.site)
    await connection.execute(
        _INSERT_DETAILED if detailed else _INSERT_ENTRIES, (*place, CONTACT_SEPARATOR, *columns)
    )
    await connection.execute(
        _INSERT_LINK,
        (
            *(link.site, link.epoch, link.seq, link.recorded_time),
            *(link.previous_hash, link.root, link.hash, link.entry_count),
        ),
    )


async def widen_coverage(connection: Connection, site: str, entries: Sequence[Entry]) -> None:
    """Makes the site's coverage include entries that say more than that nobody knows.

    A file's last call may end after midnight: that alone makes no day worth opening.
    """
    times = [entry.occurred_time for entry in entries if entry.state is not State.UNOBSERVED]
    if times:
        await connection.execute(_WIDEN_COVERAGE, (site, min(times), max(times)))
