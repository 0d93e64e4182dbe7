"""The statements of a commit."""

from collections.abc import Collection, Sequence
from datetime import datetime

from chassis.database import Connection
from services.presence.domain.chain import Link
from services.presence.domain.entry import EPOCH, Entry, ReportKey
from services.presence.store.arrays import (
    CONTACT_SEPARATOR,
    ENTRY_ARRAYS,
    day_array,
    entry_arrays,
    text_array,
)
from services.presence.store.tables import CURRENT_STATE

# In the order of the key, so that commits of two sites that share an agent cannot deadlock.
_INSERT_KEYS = """
INSERT INTO report_key (occurred_day, agent, source, event_id)
SELECT * FROM unnest(%s::date[], %s::text[], %s::text[], %s::text[]) AS key (day, a, s, e)
ORDER BY day, a COLLATE "C", s COLLATE "C", e COLLATE "C"
ON CONFLICT DO NOTHING
RETURNING occurred_day, agent, source, event_id
"""

_NAMES = [column.name for column in CURRENT_STATE.columns]
_ENTRY = ", ".join(_NAMES)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _NAMES if name != "agent")
# One statement, so that the columns cross the wire once. Within it, the last of an agent's entries
# is taken first: a row cannot be updated twice by one statement.
_INSERT_ENTRIES = f"""
WITH entry AS MATERIALIZED (
    SELECT {_ENTRY.replace("contacts", "string_to_array(joined, %s) AS contacts")}, ordinal
    FROM unnest({ENTRY_ARRAYS}) WITH ORDINALITY
        AS given ({_ENTRY.replace("contacts", "joined")}, ordinal)
), logged AS (
    INSERT INTO state_log (recorded_time, seq, epoch, position, site, {_ENTRY})
    SELECT %s, %s, %s, ordinal - 1, %s, {_ENTRY} FROM entry
)
INSERT INTO current_state AS known ({_ENTRY})
SELECT {_ENTRY} FROM entry WHERE ordinal = ANY (%s) ORDER BY agent COLLATE "C"
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


async def insert_keys(connection: Connection, keys: Collection[ReportKey]) -> Collection[ReportKey]:
    """Records keys, and returns those that were not recorded before."""
    days, *texts = zip(*keys, strict=True)
    columns = (day_array(days), *map(text_array, texts))
    cursor = await connection.execute(_INSERT_KEYS, columns, binary=True)
    if cursor.rowcount == len(keys):
        return keys
    return {ReportKey(*row) for row in await cursor.fetchall()}


async def insert_link(connection: Connection, link: Link, entries: Sequence[Entry]) -> None:
    """Writes a link and its entries, and moves the current states of their agents."""
    place = (link.recorded_time, link.seq, link.epoch, link.site)
    columns = entry_arrays(entries)
    values = (CONTACT_SEPARATOR, *columns, *place, _newest_of_each_agent(entries))
    await connection.execute(_INSERT_ENTRIES, values)
    site_place = (link.site, link.epoch, link.seq, link.recorded_time)
    await connection.execute(
        _INSERT_LINK,
        (*site_place, link.previous_hash, link.root, link.hash, link.entry_count),
    )


async def widen_coverage(connection: Connection, site: str, entries: Sequence[Entry]) -> None:
    """Makes the site's coverage include entries."""
    times = [entry.occurred_time for entry in entries]
    await connection.execute(_WIDEN_COVERAGE, (site, min(times), max(times)))


async def last_recorded_time(connection: Connection, site: str) -> datetime:
    """Returns when the last link of a site was recorded; without one, the start of 1970."""
    cursor = await connection.execute(_LAST_RECORDED, (site,))
    row = await cursor.fetchone()
    return EPOCH if row is None or row[0] is None else row[0]


def _newest_of_each_agent(entries: Sequence[Entry]) -> list[int]:
    """Returns the ordinals, from 1, of the entry of each agent that is last in her order."""
    newest: dict[str, int] = {}
    for ordinal, entry in enumerate(entries, 1):
        former = newest.get(entry.agent)
        if former is None or entry.order > entries[former - 1].order:
            newest[entry.agent] = ordinal
    return list(newest.values())
