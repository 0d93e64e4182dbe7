"""The names of people: what stands for them in hashed bytes, made when a name first appears.

A digest is SHA-256 over a random salt and the name. Whoever erases the salt and the name leaves
digests that nobody can link to anybody.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from chassis.database import Connection, Database
from proof.encoding import SALT_BYTES, salted_digest
from services.presence.domain.entry import Entry

_COUNT_ERASURES = "SELECT count(*) FROM erasure"
# In the order of names, so that two who meet the same new names cannot deadlock.
_INSERT = """
INSERT INTO person (name, salt, digest)
SELECT * FROM unnest(%s::text[], %s::bytea[], %s::bytea[]) AS new (name, salt, digest)
ORDER BY name COLLATE "C"
ON CONFLICT DO NOTHING
"""
_SELECT = "SELECT name, digest FROM person WHERE name = ANY (%s::text[])"
_INSERT_SEALS = """
INSERT INTO entry_text (site, epoch, seq, position, salt, digest)
SELECT %s, %s, %s, * FROM unnest(%s::integer[], %s::bytea[], %s::bytea[])
"""


class StaleDigestsError(Exception):
    """Somebody was erased since the digests were read; nothing was recorded."""


@dataclass(slots=True)
class KnownNames:
    """Digests by name, as they were when so many erasures had been asked for."""

    erasures: int
    digests: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seal:
    """What stands for the text of an entry in its hashed bytes."""

    salt: bytes
    digest: bytes


class NameDigests:
    """The digests of names, kept in memory until somebody is erased."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: KnownNames | None = None

    async def know(self, names: Iterable[str]) -> KnownNames:
        """Returns digests that include those of the names; new names get theirs, durably."""
        known = self._known
        if known is None or any(name not in known.digests for name in names):
            known = self._known = await self._learn(known, set(names))
        return known

    def forget(self) -> None:
        """Forgets every digest, since one of them may be of an erased name."""
        self._known = None

    async def _learn(self, known: KnownNames | None, names: set[str]) -> KnownNames:
        async with self._database.transaction() as connection:
            if known is None:
                known = KnownNames(await count_erasures(connection))
            missing = sorted(names - known.digests.keys())
            salts = [secrets.token_bytes(SALT_BYTES) for _ in missing]
            digests = list(map(salted_digest, salts, missing))
            await connection.execute(_INSERT, (missing, salts, digests))
            cursor = await connection.execute(_SELECT, (missing,), binary=True)
            known.digests.update(await cursor.fetchall())
        return known


async def count_erasures(connection: Connection) -> int:
    """Returns how many erasures were ever asked for."""
    cursor = await connection.execute(_COUNT_ERASURES)
    row = await cursor.fetchone()
    return row[0] if row else 0


def seal_texts(entries: Sequence[Entry]) -> dict[int, Seal]:
    """Returns a seal for the text of each entry that has one, by position."""
    return {
        position: _seal(entry.details.text)
        for position, entry in enumerate(entries)
        if entry.details.text
    }


async def insert_seals(
    connection: Connection, place: tuple[str, int, int], seals: Mapping[int, Seal]
) -> None:
    """Stores the seals of a link's texts; the place is site, epoch and seq."""
    if seals:
        salts = [seal.salt for seal in seals.values()]
        digests = [seal.digest for seal in seals.values()]
        await connection.execute(_INSERT_SEALS, (*place, list(seals), salts, digests))


def _seal(text: str) -> Seal:
    salt = secrets.token_bytes(SALT_BYTES)
    return Seal(salt, salted_digest(salt, text))
