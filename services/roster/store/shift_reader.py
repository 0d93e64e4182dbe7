"""Reads shifts as they are or were published, each only for whom it is visible."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from chassis.database import Database
from chassis.scope import Scope
from services.roster.app.ports import Page
from services.roster.app.shift_ports import WantedShifts, place_of
from services.roster.domain.people import Place, Site, SiteName
from services.roster.domain.shift_checks import LONGEST_SHIFT
from services.roster.domain.shifts import Span, Version
from services.roster.store.order import replay
from services.roster.store.reader import SqlPeopleReader
from services.roster.store.rows import VERSION_COLUMNS, version_of
from services.roster.store.scoping import scope_arguments

# The newest version that was published up to the instant, unless that one takes the shift back. Of
# the newest ones alone the local time decides: an amendment may have moved the shift.
IS_PUBLISHED = """(
    v.publish_time <= %(known)s AND NOT v.cancelled AND NOT EXISTS (
        SELECT FROM shift_version later WHERE later.name = v.name AND later.version > v.version
        AND later.publish_time <= %(known)s))"""
# A shift stays with the site for which it was published; a team opens those of the team's site.
_LIST = f"""
SELECT {VERSION_COLUMNS} FROM shift_version v
WHERE v.site = %(site)s AND v.local_start BETWEEN %(from)s AND %(to)s
    AND (v.local_start, v.name) > (%(after_start)s, %(after_name)s)
    AND {IS_PUBLISHED}
    AND (%(agent)s::text IS NULL OR v.agent = %(agent)s)
    AND (%(sites)s::text[] IS NULL OR v.site = ANY (%(sites)s) OR v.agent = ANY (%(agents)s)
        OR EXISTS (
            SELECT FROM agent
            WHERE agent.name = v.agent AND agent.site = v.site AND agent.team = ANY (%(teams)s)))
ORDER BY v.local_start, v.name LIMIT %(limit)s
"""  # noqa: S608 (constants)
FOR_EVER = datetime.max.replace(tzinfo=UTC)
# No zone is further from UTC, and its clock skips no more than hours.
_FURTHEST_OFFSET = timedelta(hours=18)


class SqlShiftReader:
    """Shifts in PostgreSQL, to read."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._people = SqlPeopleReader(database)

    async def find_site(self, name: SiteName, scope: Scope) -> Site | None:
        """Returns a site, or None if there is none or the scope does not see it."""
        return await self._people.find_site(name, scope)

    async def list_shifts(self, wanted: WantedShifts, scope: Scope, page: Page) -> list[Version]:
        """Lists versions by local start and name."""
        found: list[Version] = []
        after = page.after
        while True:
            rows = await self._select(wanted, scope, after, page.limit)
            found += [row for row in rows if row.shift.span().overlaps(wanted.span)]
            if len(rows) < page.limit or len(found) >= page.limit:
                return found[: page.limit]
            # Local times are compared widely, so that some rows lie beside the span after all.
            after = place_of(rows[-1])

    async def replay_shift_changes(
        self, after: Place
    ) -> AsyncIterator[tuple[Place, datetime, bytes]]:
        """Yields a site's commits after a place; those that told of no shifts without payload."""
        async for row in replay(self._database, after):
            payload = row.payload if ".shifts_changed." in row.subject else b""
            yield Place(after.site, row.epoch, row.seq), row.recorded_time, payload

    async def _select(
        self, wanted: WantedShifts, scope: Scope, after: str, limit: int
    ) -> list[Version]:
        start, _, name = after.partition(" ") if after else ("0001-01-01", "", "")
        first, last = local_bounds(wanted.span)
        arguments = {
            "site": wanted.site,
            "agent": wanted.agent,
            "from": first,
            "to": last,
            "after_start": datetime.fromisoformat(start),
            "after_name": name,
            "known": wanted.known_time or FOR_EVER,
            **scope_arguments(scope),
            "limit": limit,
        }
        async with self._database.connection() as connection:
            rows = await connection.execute(_LIST, arguments)
            return [version_of(row) async for row in rows]


def local_bounds(span: Span) -> tuple[datetime, datetime]:
    """Returns between which local starts all shifts lie that touch a span, in whatever zone."""
    first = _local(span.start_time) - LONGEST_SHIFT - _FURTHEST_OFFSET
    return first, _local(span.end_time) + _FURTHEST_OFFSET


def _local(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None)
