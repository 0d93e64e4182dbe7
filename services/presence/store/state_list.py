"""Reading what agents are now."""

from collections.abc import Collection, Sequence
from datetime import datetime

from chassis.database import Database
from services.presence.app.read_states import StateNow
from services.presence.domain.agent_state import Look
from services.presence.domain.entry import Place
from services.presence.domain.state import Activity, State
from services.presence.store.site_reader import read_place

# Who has not reported at the site is unobserved there, whatever she was elsewhere.
_LIST = f"""
SELECT wanted.agent, coalesce(state, {State.UNOBSERVED:d}), coalesce(reason, ''),
    coalesce(activity, 0), coalesce(marks, 0), coalesce(contacts, '{{}}'), since_time,
    coalesce(load_count, 0), coalesce(capacity_count, 0)
FROM unnest(%s::text[]) AS wanted (agent)
LEFT JOIN agent_state ON agent_state.agent = wanted.agent AND agent_state.site = %s
WHERE coalesce(state, {State.UNOBSERVED:d}) = ANY (%s::smallint[]) OR %s
ORDER BY wanted.agent COLLATE "C" LIMIT %s
"""  # noqa: S608 - a number


class PostgresAgentStates:
    """The current states in PostgreSQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_states(
        self, site: str, agents: Sequence[str], states: Collection[State], limit: int
    ) -> tuple[Place, list[StateNow]]:
        """Lists states as the port says."""
        values = (list(agents), site, list(states), not states, limit)
        async with self._database.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            place = await read_place(connection, site)
            cursor = await connection.execute(_LIST, values, binary=True)
            rows = await cursor.fetchall()
        return place, [_state_of(*row) for row in rows]


def _state_of(
    agent: str,
    state: int,
    reason: str,
    activity: int,
    marks: int,
    contacts: Sequence[str],
    since_time: datetime | None,
    load_count: int,
    capacity_count: int,
) -> StateNow:
    has_left = state == State.BUSY and load_count < capacity_count
    look = Look(State(state), reason, Activity(activity), marks, tuple(contacts), has_left)
    return StateNow(agent, look, since_time, load_count, capacity_count)
