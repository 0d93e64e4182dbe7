"""The agents' states in the commit: read, moved by the pure function, and written back.

A replica keeps a copy of what it wrote or read of a site. It is valid only while the site's head is
where the copy was made, so that another replica's commit voids it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeAlias

import psycopg

from chassis.database import Connection
from services.presence.domain.agent_state import (
    NEVER_SEEN,
    AgentState,
    Look,
    advance,
    judged_anew,
    replay,
    replay_recent,
)
from services.presence.domain.entry import EPOCH, Entry, EntryOrder
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import Activity, State
from services.presence.store.arrays import (
    CONTACT_SEPARATOR,
    STATE_ARRAYS,
    rows_of,
    state_arrays,
    text_array,
)
from services.presence.store.entry_reader import SKEW
from services.presence.store.packing import unpack_tracks
from services.presence.store.rows import ENTRY_COLUMNS, entry_of

_COLUMNS = (
    "since_time, limit_time, load_count, capacity_count, state, activity, marks, reason, contacts,"
    " tracks, agent, site, seq"
)
_GIVEN = _COLUMNS.replace("contacts", "string_to_array(joined, %s)").replace(
    "site, seq", "%s, %s::bigint"
)
_ROWS = rows_of(
    _COLUMNS.replace("contacts", "joined").removesuffix(", site, seq"),
    f"{STATE_ARRAYS}, %s::text[]",
)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", "))
_HAS_MOVED = "has_moved = known.has_moved OR known.site <> excluded.site"
# An agent who moved may be written by two sites at once: who finds another's row begins again.
_UPSERT = f"""
INSERT INTO agent_state AS known ({_COLUMNS})
SELECT {_GIVEN} FROM ({_ROWS}) AS given
ORDER BY agent COLLATE "C"
ON CONFLICT (agent) DO UPDATE SET {_CHANGES}, {_HAS_MOVED}
WHERE known.site = excluded.site OR known.agent = ANY (%s::text[])
"""  # noqa: S608 - names of columns
# A busy track below the strongest has load and capacity, and no part in the look.
_LOAD = f"""
SELECT agent, site, state, reason, activity, marks, contacts,
    state = {State.BUSY.value} AND load_count < capacity_count, since_time, tracks
FROM agent_state WHERE agent = ANY (%s::text[]) ORDER BY agent FOR UPDATE
"""  # noqa: S608 - a constant
_LOAD_SITE = _LOAD.replace("agent = ANY (%s::text[])", "site = %s")
_HISTORY = f"""
SELECT {ENTRY_COLUMNS} FROM state_log
JOIN unnest(%s::text[], %s::timestamptz[]) AS wanted (its_agent, from_time)
    ON state_log.agent = its_agent AND state_log.occurred_time >= from_time
WHERE state_log.recorded_time >= %s
"""  # noqa: S608 - names of columns
# How much before the newest entry nearly always tells since when an agent is what she is.
_RECENT = timedelta(days=1)


Cursor: TypeAlias = psycopg.AsyncCursor[Any]


class StaleCopyError(Exception):
    """Another site wrote an agent of whom this replica had a copy; nothing was recorded."""


@dataclass(slots=True)
class SiteCopy:
    """States of agents as they were when their site's head stood at `epoch` and `seq`.

    `version` is that of the policy by which they were judged.
    """

    epoch: int = 0
    seq: int = 0
    version: int = 0
    states: dict[str, AgentState] = field(default_factory=dict)


class CommitStates:
    """The states of a commit's agents, moved link by link."""

    def __init__(
        self,
        connection: Connection,
        states: dict[str, AgentState],
        rules: PrecedenceHistory,
    ) -> None:
        self._connection = connection
        self._states = states
        self._rules = rules
        self._own: list[Entry] = []
        self._elsewhere: list[str] = []
        self._writes: list[tuple[Cursor, int]] = []

    async def load(self, site: str, entries: Iterable[Entry]) -> None:
        """Reads and locks the states that the copy lacks."""
        agents = {entry.agent for entry in entries} - {""}
        missing = [agent for agent in agents if agent not in self._states]
        if not missing:
            return
        self._states |= dict.fromkeys(missing, NEVER_SEEN)
        cursor = await self._connection.execute(_LOAD, (missing,), binary=True)
        for agent, its_site, *values in await cursor.fetchall():
            self._states[agent] = _state_of(agent, values)
            if its_site != site:
                self._elsewhere.append(agent)

    async def move(self, entries: Sequence[Entry]) -> dict[str, AgentState]:
        """Returns the state of each agent of the next link after it."""
        self._own += entries
        moved: dict[str, AgentState] = {}
        late: set[str] = set()
        for agent, own in _by_agent(entries).items():
            state = self._advance(agent, own)
            if state is None:
                late.add(agent)
            else:
                moved[agent] = self._states[agent] = state
        if late:
            again = await self._replay(late)
            moved |= again
            self._states |= again
        return moved

    async def judge_anew(self, site: str) -> dict[str, AgentState]:
        """Returns the states of a site's agents that the newest precedence changes."""
        cursor = await self._connection.execute(_LOAD_SITE, (site,), binary=True)
        former = {agent: _state_of(agent, row) for agent, _, *row in await cursor.fetchall()}
        start_time, precedence = self._rules.start_times[-1], self._rules.versions[-1]
        # A source whose clock is ahead has said something of the time after the start already.
        ahead = {agent for agent, state in former.items() if state.newest[0] >= start_time}
        states = {
            agent: judged_anew(state, precedence, start_time)
            for agent, state in former.items()
            if agent not in ahead
        }
        self._states |= former
        states |= await self._replay(ahead)
        return {agent: state for agent, state in states.items() if state != former[agent]}

    async def write(self, site: str, seq: int, moved: Mapping[str, AgentState]) -> None:
        """Writes states after a link; `ensure_written` tells whether it could."""
        if not moved:
            return
        columns = (*state_arrays(list(moved.values())), text_array(list(moved)))
        place = (CONTACT_SEPARATOR, site, seq)
        cursor = await self._connection.execute(_UPSERT, (*place, *columns, self._elsewhere))
        self._writes.append((cursor, len(moved)))

    def ensure_written(self) -> None:
        """Raises StaleCopyError unless every state was written."""
        if any(cursor.rowcount != count for cursor, count in self._writes):
            raise StaleCopyError

    def _advance(self, agent: str, entries: list[Entry]) -> AgentState | None:
        """Returns the state after entries of an agent, or None if only her log can tell it."""
        if len(entries) > 1:
            entries.sort(key=_order)
        state = self._states[agent]
        for entry in entries:
            moved = advance(state, entry, self._rules)
            if moved is None:
                return None
            state = moved
        return state

    async def _replay(self, agents: set[str]) -> dict[str, AgentState]:
        """Returns states by the log: by its recent part if that tells them, else by all of it."""
        own: dict[str, list[Entry]] = {agent: [] for agent in agents}
        for entry in self._own:
            if entry.agent in agents:
                own[entry.agent].append(entry)
        from_times = {agent: _recent_of(self._states[agent]) for agent in agents}
        recent = await self._read(from_times)
        states: dict[str, AgentState] = {}
        for agent, from_time in from_times.items():
            given = recent[agent] + own[agent]
            state = replay_recent(self._states[agent], given, from_time, self._rules)
            if state is not None:
                states[agent] = state
        whole = await self._read(dict.fromkeys(agents - states.keys(), EPOCH))
        for agent, entries in whole.items():
            known = self._states[agent]
            # What retention has dropped of the log, her tracks may still say.
            by_order = {entry.order: entry for entry in (*known.tracks, *entries, *own[agent])}
            states[agent] = replay(by_order.values(), self._rules)
        return states

    async def _read(self, from_times: Mapping[str, datetime]) -> dict[str, list[Entry]]:
        """Reads the entries of agents from an instant each."""
        found: dict[str, list[Entry]] = {agent: [] for agent in from_times}
        if found:
            values = (list(from_times), list(from_times.values()))
            oldest = min(from_times.values()) - SKEW
            cursor = await self._connection.execute(_HISTORY, (*values, oldest), binary=True)
            for row in await cursor.fetchall():
                entry = entry_of(row)
                found[entry.agent].append(entry)
        return found


def _by_agent(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Returns the entries of each agent; what names none is nobody's."""
    own: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.agent:
            own.setdefault(entry.agent, []).append(entry)
    return own


def _recent_of(state: AgentState) -> datetime:
    return max(state.newest.occurred_time, EPOCH + _RECENT) - _RECENT


def _order(entry: Entry) -> EntryOrder:
    return entry.order


def _state_of(agent: str, values: Sequence[Any]) -> AgentState:
    state, reason, activity, marks, contacts, has_left, since_time, packed = values
    look = Look(State(state), reason, Activity(activity), marks, tuple(contacts), has_left)
    tracks, newest = unpack_tracks(agent, packed)
    return AgentState(look, since_time, tracks, newest)
