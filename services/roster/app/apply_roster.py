"""Applies sites, lines, teams, skills and agents, all or nothing."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from chassis.clock import Clock
from chassis.scope import Scope
from services.roster.app.faults import refuse_faults
from services.roster.app.ports import RosterStore, RosterUnit
from services.roster.domain.changes import Changes, decide_changes, split_messages
from services.roster.domain.checks import check_people, check_sizes
from services.roster.domain.merging import ALL_FIELDS, check_mask, merge
from services.roster.domain.people import People, Place, SiteName, id_of
from services.roster.telemetry import RosterTelemetry


@dataclass(frozen=True, slots=True)
class Applied:
    """How many rows were new, different and as requested already; `places` include the changes."""

    created_count: int
    updated_count: int
    unchanged_count: int
    places: tuple[Place, ...]


class ApplyRoster:
    """Creates and changes rows of the roster; what is not named stays as it is."""

    def __init__(
        self,
        store: RosterStore,
        *,
        clock: Clock,
        committed: Callable[[str], None],
        telemetry: RosterTelemetry,
    ) -> None:
        self._store = store
        self._clock = clock
        self._committed = committed
        self._telemetry = telemetry

    async def apply(
        self,
        people: People,
        scope: Scope,
        *,
        validate_only: bool,
        mask: AbstractSet[str] = ALL_FIELDS,
    ) -> Applied:
        """Applies the rows, or only checks them; refuses with one violation a faulty row.

        Of rows that exist, fields that are not in the mask stay as they are.
        """
        refuse_faults((*check_sizes(people), *check_mask(mask)))
        async with self._store.begin() as unit:
            known = await unit.load_known(people)
            if mask != ALL_FIELDS:
                people = merge(people, known, mask)
                # What rows keep names others, which are to be known as well.
                known = await unit.load_known(people)
            refuse_faults(
                check_people(people, known, scope.sees_site, may_change_all=scope.sites is None)
            )
            changes = decide_changes(people, known)
            places = () if validate_only else await self._save(unit, changes)
        for site in dict.fromkeys(place.site for place in places):
            self._committed(id_of(site))
        if not validate_only:
            self._telemetry.applied(
                created=len(changes.created),
                updated=len(changes.updated),
                unchanged=changes.unchanged_count,
            )
        return Applied(len(changes.created), len(changes.updated), changes.unchanged_count, places)

    async def _save(self, unit: RosterUnit, changes: Changes) -> tuple[Place, ...]:
        await unit.save(changes)
        now = self._clock.now()
        places: dict[SiteName, Place] = {}
        for site, rows in changes.told_by_site().items():
            for message in split_messages(rows):
                places[site] = await unit.tell(site, message, now)
        return tuple(places.values())
