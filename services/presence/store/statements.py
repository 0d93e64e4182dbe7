"""The statements of a commit."""

from collections.abc import Collection, Sequence
from datetime import datetime

import psycopg

from chassis.database import Connection
from services.presence.domain.chain import Link
from services.presence.domain.entry import EPOCH, Entry, ReportKey
from services.presence.domain.state import State
from services.presence.store.arrays import (
    CONTACT_SEPARATOR,
    ENTRY_ARRAYS,
    day_array,
    entry_arrays,
    position_array,
    text_array,
    truth_array,
)
from services.presence.store.tables import CURRENT_STATE

# In the order of the key, so that commits of two sites that share an agent cannot deadlock.
_INSERT_KEYS = """
INSERT INTO report_key (occurred_day, agent, source, event_id)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::text[]) AS key (day, a, s, e)
ORDER BY day, a COLLATE "C", s COLLATE "C", e COLLATE "C"
"""
_INSERT_NEW_KEYS = f"""{_INSERT_KEYS}
ON CONFLICT DO NOTHING
RETURNING occurred_day, agent, source, event_id
"""

_NAMES = [column.name for column in CURRENT_STATE.columns]
_ENTRY = ", ".join(_NAMES)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _NAMES if name != "agent")
# One statement, so that the columns cross the wire once. Of the entries of one agent only the
# newest moves her current state: a statement cannot update a row twice.
_INSERT_ENTRIES = f"""
WITH entry AS MATERIALIZED (
    SELECT {_ENTRY.replace("contacts", "string_to_array(joined, %s) AS contacts")},
        position, newest
    FROM unnest({ENTRY_ARRAYS}, %s::integer[], %s::boolean[])
        AS given ({_ENTRY.replace("contacts", "joined")}, position, newest)
), logged AS (
    INSERT INTO state_log (recorded_time, seq, epoch, position, site, {_ENTRY})
    SELECT %s, %s, %s, position, %s, {_ENTRY} FROM entry
)
INSERT INTO current_state AS known ({_ENTRY})
SELECT {_ENTRY} FROM entry WHERE newest ORDER BY agent COLLATE "C"
ON CONFLICT (agent) DO UPDATE SET {_CHANGES}
WHERE (excluded.occurred_time, excluded.source_sequence, excluded.event_id, excluded.source)
    > (known.occurred_time, known.source_sequence, known.event_id, known.source)
"""  # noqa: S608 - names of columns

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
_LAST_RECORDED = "SELECT recorded_time FROM site_head WHERE site = %s"


async def insert_keys(
    connection: Connection, site: str, keys: Collection[ReportKey]
) -> tuple[Collection[ReportKey], datetime]:
    """Records keys; returns those that were not recorded before, and the site's last recording.

    A site of which nothing was recorded yet was last recorded at the start of 1970.
    """
    days, *texts = zip(*keys, strict=True)
    columns = (day_array(days), *map(text_array, texts))
    fresh: Collection[ReportKey] = keys
    last = connection.cursor()
    try:
        async with connection.pipeline():
            await last.execute(_LAST_RECORDED, (site,))
            await connection.execute("SAVEPOINT keys")
            # Nearly always all are new, and then it costs half of what ON CONFLICT does.
            await connection.execute(_INSERT_KEYS, columns)
    except psycopg.errors.UniqueViolation:
        await connection.execute("ROLLBACK TO SAVEPOINT keys")
        cursor = await connection.execute(_INSERT_NEW_KEYS, columns, binary=True)
        fresh = {ReportKey(*row) for row in await cursor.fetchall()}
    row = await last.fetchone()
    return fresh, EPOCH if row is None or row[0] is None else row[0]


async def insert_link(connection: Connection, link: Link, entries: Sequence[Entry]) -> None:
    """Writes a link and its entries, and moves the current states of their agents."""
    place = (link.recorded_time, link.seq, link.epoch, link.site)
    positions, newest = position_array(len(entries)), truth_array(_are_newest(entries))
    columns = (*entry_arrays(entries), positions, newest)
    await connection.execute(_INSERT_ENTRIES, (CONTACT_SEPARATOR, *columns, *place))
    site_place = (link.site, link.epoch, link.seq, link.recorded_time)
    await connection.execute(
        _INSERT_LINK,
        (*site_place, link.previous_hash, link.root, link.hash, link.entry_count),
    )


async def widen_coverage(connection: Connection, site: str, entries: Sequence[Entry]) -> None:
    """Makes the site's coverage include entries that say more than that nobody knows.

    A file's last call may end after midnight: that alone makes no day worth opening.
    """
    times = [entry.occurred_time for entry in entries if entry.state is not State.UNOBSERVED]
    if times:
        await connection.execute(_WIDEN_COVERAGE, (site, min(times), max(times)))


def _are_newest(entries: Sequence[Entry]) -> list[bool]:
    """Tells of each entry whether it is the last of its agent's in her order."""
    newest: dict[str, Entry] = {}
    for entry in entries:
        former = newest.setdefault(entry.agent, entry)
        if former is not entry and entry.order > former.order:
            newest[entry.agent] = entry
    return [newest[entry.agent] is entry for entry in entries]
