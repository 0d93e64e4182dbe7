"""How a chain is read from the database of presence: the statements, and their rows as links.

Whoever verifies offline reads just what the service reads. Executing is left to the caller.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from struct import error as StructError  # noqa: N812 - it is a class
from typing import Any

from proof.checkpoint import Checkpoint
from proof.daily_root import DailyRoot
from proof.encoding import NO_DIGEST, microseconds_of
from proof.entry import ABSENT, HashedDetails, HashedEntry, encode_entry
from proof.link import Link
from proof.receipt import Opening
from proof.verify import StoredEntry, StoredLink

LINKS_AT_ONCE = 500
ENTRIES_AT_ONCE = 5_000

SELECT_SITES = "SELECT site, epoch, seq FROM site_head WHERE seq > 0 ORDER BY site"
# A chain goes on over epochs, each of which a restore began, and `seq` rises through all of them.
# They are few, and found by a step in the index each.
SELECT_EPOCHS = """
WITH RECURSIVE found (epoch) AS (
    SELECT min(epoch) FROM link WHERE site = %(site)s
    UNION ALL
    SELECT (SELECT min(epoch) FROM link WHERE site = %(site)s AND epoch > found.epoch)
    FROM found WHERE found.epoch IS NOT NULL
)
SELECT epoch FROM found WHERE epoch IS NOT NULL ORDER BY epoch
"""
SELECT_KEPT_FROM = "SELECT day FROM kept_from WHERE site = %(site)s"
SELECT_LINKS = f"""
SELECT site, epoch, seq, recorded_time, previous_hash, root, entry_count, hash
FROM link WHERE site = %(site)s AND epoch = %(epoch)s AND seq BETWEEN %(first)s AND %(last)s
ORDER BY seq LIMIT {LINKS_AT_ONCE}
"""  # noqa: S608 - a constant
# By the time of recording, since the log is partitioned by it and summed up by ranges of it.
SELECT_ENTRIES = """
SELECT log.seq, log.position, log.recorded_time, log.agent, log.actor, coalesce(log.text, ''),
    agent.digest, actor.digest, sealed.digest, sealed.salt,
    log.kind, log.event_id, log.state, log.reason, log.activity, log.occurred_time, log.source,
    log.source_kind, log.source_sequence, log.contacts, log.marks,
    log.end_time, log.source_time, log.limit_time, log.refers_to_time,
    coalesce(log.refers_to_source, ''), coalesce(log.refers_to_event_id, ''),
    coalesce(log.loss_scope, 0), coalesce(log.queue, ''),
    coalesce(log.load_count, 0), coalesce(log.capacity_count, 0)
FROM state_log AS log
LEFT JOIN person AS agent ON agent.name = log.agent
LEFT JOIN person AS actor ON actor.name = log.actor
LEFT JOIN entry_text AS sealed
    ON (sealed.site, sealed.epoch, sealed.seq, sealed.position)
        = (log.site, log.epoch, log.seq, log.position)
WHERE log.site = %(site)s AND log.epoch = %(epoch)s AND log.seq BETWEEN %(first)s AND %(last)s
    AND log.recorded_time BETWEEN %(start)s AND %(end)s
ORDER BY log.seq, log.position
"""
# Whoever may insert anything need not insert it into a link. Timelines are folded from these too.
SELECT_STRAYS = """
SELECT log.seq, log.position, log.agent, log.event_id, log.occurred_time FROM state_log AS log
WHERE (log.site = %(site)s OR log.site NOT IN (SELECT site FROM site_head)) AND NOT EXISTS (
    SELECT 1 FROM link
    WHERE (link.site, link.epoch, link.seq) = (log.site, log.epoch, log.seq)
        AND link.recorded_time = log.recorded_time
        AND link.seq <= %(last)s
)
ORDER BY log.seq, log.position LIMIT 100
"""
SELECT_NAMES = "SELECT digest, name, salt FROM person WHERE name = ANY (%(names)s)"
# Whom presence was asked to erase: nothing else explains a salt that is gone.
SELECT_PSEUDONYMS = "SELECT DISTINCT unnest(pseudonyms) FROM erasure ORDER BY 1"
_CHECKPOINT = "site, epoch, seq, link_hash, recorded_time, key_id, signature"
SELECT_CHECKPOINTS = f"""
SELECT {_CHECKPOINT} FROM checkpoint
WHERE site = %(site)s AND seq BETWEEN %(first)s AND %(last)s ORDER BY seq LIMIT %(limit)s
"""  # noqa: S608 - constants
_ROOT = (
    "site, day, epoch, first_seq, last_seq, entry_count, last_hash, links_root, previous_hash,"
    " leaves_hash, key_id, signature"
)
SELECT_ROOTS = f"""
SELECT {_ROOT} FROM daily_root
WHERE site = %(site)s AND day > %(after)s ORDER BY day LIMIT %(limit)s
"""  # noqa: S608 - constants

Row = Sequence[Any]


def with_few_entries(links: Sequence[Row]) -> Sequence[Row]:
    """Returns as many of the links, at least one, as hold no more entries than are read at once."""
    entries = 0
    for index, row in enumerate(links):
        entries += row[6]
        if entries > ENTRIES_AT_ONCE and index:
            return links[:index]
    return links


def stored_links(
    links: Iterable[Row], entries: Iterable[Row], names: Iterable[Row]
) -> tuple[list[StoredLink], list[Opening]]:
    """Returns links with their entries, and what opens the digests in them."""
    by_seq: dict[int, list[StoredEntry]] = {}
    openings = [opening_of(row) for row in names]
    for row in entries:
        by_seq.setdefault(row[0], []).append(_stored_entry(row))
        if row[8] is not None:
            openings.append(Opening(row[8], row[5], row[9] or b""))
    made = [StoredLink(link_of(row), row[7], tuple(by_seq.get(row[2], ()))) for row in links]
    return made, openings


def names_in(entries: Iterable[Row]) -> list[str]:
    """Returns the names in rows of entries."""
    return sorted({name for row in entries for name in row[3:5]} - {""})


def link_of(row: Row) -> Link:
    """Returns the link of a row."""
    return Link(*row[:7])


def opening_of(row: Row) -> Opening:
    """Returns what opens the digest of a name."""
    return Opening(row[0], row[1], row[2] or b"")


def checkpoint_of(row: Row) -> Checkpoint:
    """Returns the checkpoint of a row."""
    return Checkpoint(*row)


def root_of_row(row: Row) -> DailyRoot:
    """Returns the daily root of a row."""
    return DailyRoot(*row)


def _stored_entry(row: Row) -> StoredEntry:
    _, position, recorded_time, agent, *_ = row
    try:
        raw = encode_entry(_hashed_entry(row))
    except (IndexError, OverflowError, StructError):
        raw = b""  # numbers that no entry has: whoever altered them is found out by this
    return StoredEntry(position, agent, raw, recorded_time)


def _hashed_entry(row: Row) -> HashedEntry:
    digests = [NO_DIGEST if digest is None else digest for digest in row[6:9]]
    return HashedEntry(
        kind=row[10],
        agent_digest=digests[0],
        event_id=row[11],
        state=row[12],
        reason=row[13],
        activity=row[14],
        occurred_time_us=microseconds_of(row[15]),
        source=row[16],
        source_kind=row[17],
        source_sequence=row[18],
        actor_digest=digests[1],
        contacts=tuple(row[19]),
        marks=row[20],
        details=_hashed_details(row, digests[2]),
    )


def _hashed_details(row: Row, text_digest: bytes) -> HashedDetails:
    return HashedDetails(
        end_time_us=_maybe_us(row[21]),
        source_time_us=_maybe_us(row[22]),
        limit_time_us=_maybe_us(row[23]),
        refers_to_time_us=_maybe_us(row[24]),
        refers_to_source=row[25],
        refers_to_event_id=row[26],
        loss_scope=row[27],
        queue=row[28],
        load_count=row[29],
        capacity_count=row[30],
        text_digest=text_digest,
    )


def _maybe_us(instant: datetime | None) -> int:
    return ABSENT if instant is None else microseconds_of(instant)
