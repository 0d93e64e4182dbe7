"""Applies sites, teams and agents, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from chassis.clock import Clock
from chassis.scope import Scope
from services.roster.app.faults import refuse_faults
from services.roster.app.ports import RosterStore, RosterUnit
from services.roster.domain.changes import Changes, decide_changes, keep_leads, split_messages
from services.roster.domain.checks import check_people, check_sizes
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
    """Creates and changes sites, teams and agents; what is not named stays as it is."""

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
        self, people: People, scope: Scope, *, validate_only: bool, keeping_leads: bool = False
    ) -> Applied:
        """Applies the rows, or only checks them; refuses with one violation a faulty row."""
        refuse_faults(check_sizes(people))
        async with self._store.begin() as unit:
            known = await unit.load_known(people)
            if keeping_leads:
                people = keep_leads(people, known)
            refuse_faults(check_people(people, known, scope.sees_site))
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
        for site, agents in changes.agents_by_site().items():
            for message in split_messages(agents):
                places[site] = await unit.tell(site, message, now)
        return tuple(places.values())
