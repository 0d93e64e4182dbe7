"""Reads which shifts count where for the planned headcount, each only for whom it is visible."""

from collections.abc import Mapping

from chassis.database import Database
from chassis.scope import Scope
from services.roster.app.headcount_ports import Grouping, WantedHeadcount
from services.roster.domain.headcount import PlannedShift
from services.roster.store.filtering import MATCHES_FILTER, filter_arguments
from services.roster.store.rows import VERSION_COLUMNS, version_of
from services.roster.store.scoping import scope_arguments
from services.roster.store.shift_reader import FOR_EVER, IS_PUBLISHED, local_bounds

# An agent who moved keeps her shifts at her former site, but none of its teams.
_LIST = f"""
SELECT {{group}}, {VERSION_COLUMNS} FROM shift_version v
JOIN agent ON agent.name = v.agent
LEFT JOIN team ON team.name = agent.team AND team.site = v.site
WHERE v.site = %(site)s AND v.local_start BETWEEN %(from)s AND %(to)s AND {IS_PUBLISHED}
    AND (agent.end_date IS NULL OR v.local_start < agent.end_date) AND {MATCHES_FILTER}
    AND (%(sites)s::text[] IS NULL OR v.site = ANY (%(sites)s) OR v.agent = ANY (%(agents)s)
        OR agent.team = ANY (%(teams)s))
"""  # noqa: S608 (constants)
_GROUPS: Mapping[Grouping, str] = {
    Grouping.NONE: "''",
    Grouping.TEAM: "coalesce(team.name, '')",
    Grouping.LINE: "coalesce(team.line, '')",
}
_STATEMENTS = {grouping: _LIST.format(group=group) for grouping, group in _GROUPS.items()}


class SqlHeadcountReader:
    """Planned shifts in PostgreSQL, to count."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def list_planned(self, wanted: WantedHeadcount, scope: Scope) -> list[PlannedShift]:
        """Returns the shifts that may touch the span, with the group of each."""
        first, last = local_bounds(wanted.grid.span)
        arguments = {
            "site": wanted.site,
            "from": first,
            "to": last,
            "known": wanted.known_time or FOR_EVER,
            **scope_arguments(scope),
            **filter_arguments(wanted.filter),
        }
        async with self._database.connection() as connection:
            rows = await connection.execute(_STATEMENTS[wanted.grouping], arguments)
            return [PlannedShift(row[0], version_of(row[1:]).shift) async for row in rows]
