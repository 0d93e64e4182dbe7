"""Publishes shifts of a site, all or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from chassis.clock import Clock
from services.roster.app.faults import refuse_faults
from services.roster.app.shift_ports import ShiftStore
from services.roster.domain.people import Place, Site, id_of
from services.roster.domain.publishing import Publication, decide_publication, split_versions
from services.roster.domain.shift_checks import check_against, check_form, check_shift_counts
from services.roster.domain.shifts import Shift, ShiftName
from services.roster.telemetry import RosterTelemetry


@dataclass(frozen=True, slots=True)
class Published:
    """What a request came to; without a time and a place, nothing was published."""

    publication: Publication
    publish_time: datetime | None
    place: Place | None


class ApplyShifts:
    """Publishes new and amended shifts and takes others back; what is not named stays as it is."""

    def __init__(
        self,
        store: ShiftStore,
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
        site: Site,
        shifts: Sequence[Shift],
        cancelled: Sequence[ShiftName],
        *,
        publisher: str,
        validate_only: bool,
    ) -> Published:
        """Publishes, or only checks; refuses with one violation a faulty row."""
        shifts = [replace(shift, time_zone=shift.time_zone or site.time_zone) for shift in shifts]
        refuse_faults(check_shift_counts(shifts, cancelled))
        refuse_faults(check_form(shifts, cancelled))
        async with self._store.begin(site.name) as unit:
            known = await unit.load_known(shifts, cancelled)
            refuse_faults(check_against(site.name, shifts, cancelled, known))
            publication = decide_publication(shifts, set(cancelled), known.versions)
            if validate_only or not publication.shifts:
                return Published(publication, None, None)
            now = self._clock.now()
            versions = publication.versions(site.name, known.versions, now, publisher)
            await unit.save(versions)
            places = [await unit.tell(site.name, part) for part in split_versions(versions)]
        self._committed(id_of(site.name))
        self._telemetry.published(
            created=len(publication.created),
            amended=len(publication.amended),
            cancelled=len(publication.cancelled),
        )
        return Published(publication, now, places[-1])
