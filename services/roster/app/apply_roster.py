"""Applies sites, teams and agents, all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.clock import Clock
from chassis.errors import FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from services.roster.app.ports import RosterStore, RosterUnit
from services.roster.domain.changes import Changes, decide_changes, split_messages
from services.roster.domain.checks import Fault, check_people, check_sizes
from services.roster.domain.people import People, Place, SiteName, id_of
from services.roster.telemetry import RosterTelemetry

# They travel in a trailer, whose usual limit is 8 KiB.
MOST_VIOLATIONS = 25


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

    async def apply(self, people: People, scope: Scope, *, validate_only: bool) -> Applied:
        """Applies the rows, or only checks them; refuses with one violation a faulty row."""
        _refuse(check_sizes(people))
        async with self._store.begin() as unit:
            known = await unit.load_known(people)
            _refuse(check_people(people, known, scope.sees_site))
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


def _refuse(faults: Sequence[Fault]) -> None:
    if not faults:
        return
    violations = [FieldViolation(fault.field, fault.description) for fault in faults]
    refusal = invalid_fields(violations)
    raise Refusal(
        refusal.code,
        refusal.reason,
        refusal.message,
        metadata={"violation_count": str(len(violations))},
        violations=violations[:MOST_VIOLATIONS],
    )
