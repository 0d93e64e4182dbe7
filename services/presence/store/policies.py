"""Policies in versions, and the precedence that they give a site's past."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from psycopg.types.json import Jsonb
from pydantic import TypeAdapter

from chassis.database import Connection, Database, lock_head
from services.presence.app.ports import PolicyChangedError
from services.presence.domain.entry import EPOCH
from services.presence.domain.policy import DEFAULT_POLICY, DEFAULT_VERSION, PresencePolicy
from services.presence.domain.precedence import Precedence, PrecedenceHistory, Rank
from services.presence.store.agent_states import CommitStates

_TICK = timedelta(microseconds=1)
_CONTENT = TypeAdapter(PresencePolicy)
_RANKS = TypeAdapter(tuple[Rank, ...])

_FIND = """
SELECT version, start_time, author, content FROM presence_policy
WHERE site = %s AND version = coalesce(%s::bigint, version) ORDER BY version DESC LIMIT 1
"""
_INSERT = """
INSERT INTO presence_policy (site, version, start_time, author, content)
VALUES (%s, %s, %s, %s, %s)
"""
_RULES = """
SELECT version, start_time, content -> 'precedence' FROM presence_policy
WHERE site = %s AND start_time <= coalesce(%s::timestamptz, 'infinity') ORDER BY version
"""


class SiteRules(NamedTuple):
    """The precedence of a site at every instant, and the version of the policy that says so."""

    version: int = DEFAULT_VERSION
    history: PrecedenceHistory = PrecedenceHistory()


async def read_rules(
    connection: Connection, site: str, known_at: datetime | None = None
) -> SiteRules:
    """Reads the precedence of a site, with an instant as it was known then."""
    cursor = await connection.execute(_RULES, (site, known_at), binary=True)
    rules = SiteRules()
    for version, start_time, content in await cursor.fetchall():
        precedence = Precedence(_RANKS.validate_python(content))
        history = rules.history
        if precedence != history.versions[-1]:
            history = PrecedenceHistory(
                (*history.start_times, start_time), (*history.versions, precedence)
            )
        rules = SiteRules(version, history)
    return rules


class PostgresPolicies:
    """The policies of all sites in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, site: str, version: int | None) -> PresencePolicy | None:
        """Finds a version as the port says."""
        if version == DEFAULT_VERSION:
            return DEFAULT_POLICY
        async with self._database.connection() as connection:
            found = await _find(connection, site, version)
        return DEFAULT_POLICY if found is None and version is None else found

    async def replace(self, site: str, policy: PresencePolicy, now: datetime) -> PresencePolicy:
        """Sets the next version as the port says.

        Holds the site's head: no commit judges by the former version while states are judged anew.
        """
        async with self._database.transaction() as connection:
            head = await lock_head(connection, site)
            former = await _find(connection, site, None) or DEFAULT_POLICY
            if former.version != policy.version:
                raise PolicyChangedError(former.version)
            start_time = max(now, (former.start_time or EPOCH) + _TICK)
            version = replace(policy, version=former.version + 1, start_time=start_time)
            await _insert(connection, site, version)
            rules = await read_rules(connection, site)
            states = CommitStates(connection, {}, rules.history)
            moved = await states.judge_anew(site)
            await states.write(site, head.seq, moved)
        return version


async def _find(connection: Connection, site: str, version: int | None) -> PresencePolicy | None:
    cursor = await connection.execute(_FIND, (site, version), binary=True)
    row = await cursor.fetchone()
    if row is None:
        return None
    version, start_time, author, content = row
    policy = _CONTENT.validate_python(content)
    return replace(policy, version=version, start_time=start_time, author=author)


async def _insert(connection: Connection, site: str, policy: PresencePolicy) -> None:
    # What the row says is not in the content: a name there could not be erased.
    bare = replace(policy, version=DEFAULT_VERSION, start_time=None, author="")
    content = Jsonb(_CONTENT.dump_python(bare, mode="json"))
    place = (site, policy.version, policy.start_time, policy.author)
    await connection.execute(_INSERT, (*place, content))
