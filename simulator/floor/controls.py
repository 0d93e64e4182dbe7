"""Makes things happen on the floor, within reason."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from simulator.floor.incidents import Incident, Incidents, Kind
from simulator.floor.roster import queue_name, site_name
from simulator.floor.sources import Sources
from simulator.twin.people import Worker
from simulator.twin.setting import Place, Surge
from simulator.twin.twin import Twin

SIGN_IN_LENGTH = timedelta(minutes=1)
LEAST_FACTOR, GREATEST_FACTOR = 2, 10
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(minutes=60)
_STARTING = Refusal(
    Code.UNAVAILABLE,
    "FLOOR_STARTING",
    "the floor is about to begin; try again in a moment",
    retry_after=timedelta(seconds=2),
)


@dataclass(frozen=True, slots=True)
class SiteOfFloor:
    """A site as it is now, with what can be played upon."""

    place: Place
    agent_count: int
    signed_in_count: int
    sources: Sequence[str]


@dataclass(frozen=True, slots=True)
class FloorNow:
    """The floor as somebody sees it at an instant."""

    sites: Sequence[SiteOfFloor]
    incidents: Sequence[Incident]
    now: datetime


class Controls:
    """What people may make happen. Whoever sees a part of the sites plays there alone."""

    def __init__(
        self,
        playing: Callable[[], Twin | None],
        workers: Sequence[Worker],
        sources: Sources,
        incidents: Incidents,
        clock: Clock,
    ) -> None:
        self._playing = playing
        self._agent_counts = Counter(worker.place for worker in workers)
        self._sources = sources
        self._incidents = incidents
        self._clock = clock

    def read(self, scope: Scope) -> FloorNow:
        """Returns the floor as the caller sees it; before it has begun, nobody is signed in."""
        twin, now = self._playing(), self._clock.now()
        signed_in = {} if twin is None else twin.signed_in_counts()
        places = self._seen(scope)
        sites = {site_name(place) for place in places}
        return FloorNow(
            [
                SiteOfFloor(
                    place,
                    self._agent_counts[place],
                    signed_in.get(place.site, 0),
                    self._sources.at(place.site),
                )
                for place in places
            ],
            [it for it in self._incidents.going_on(now) if it.site in sites],
            now,
        )

    def start_surge(self, queue: str, factor: int, length: timedelta, scope: Scope) -> None:
        """Starts a surge at a queue."""
        if not LEAST_FACTOR <= factor <= GREATEST_FACTOR:
            raise invalid_fields(
                [FieldViolation("factor", f"must be {LEAST_FACTOR} to {GREATEST_FACTOR}")]
            )
        found = {
            queue_name(place, it): (place, it) for place in self._seen(scope) for it in place.queues
        }
        if queue not in found:
            raise _unknown("queue", "UNKNOWN_QUEUE", queue)
        twin, (place, its) = self._twin(), found[queue]
        surge = self._start(Kind.SURGE, place, queue, length, factor)
        twin.surge(Surge(its.id, surge.start_time, length, factor))

    def start_outage(self, source: str, length: timedelta, scope: Scope) -> None:
        """Starts an outage of a source."""
        found = {
            name: place for place in self._seen(scope) for name in self._sources.at(place.site)
        }
        if source not in found:
            raise _unknown("source", "UNKNOWN_SOURCE", source)
        self._twin()
        self._start(Kind.OUTAGE, found[source], source, length)

    def start_sign_in(self, site: str, scope: Scope) -> None:
        """Starts a mass sign-in at a site."""
        found = {site_name(place): place for place in self._seen(scope)}
        if site not in found:
            raise _unknown("site", "UNKNOWN_SITE", site)
        twin = self._twin()
        self._start(Kind.SIGN_IN, found[site], "", SIGN_IN_LENGTH)
        twin.sign_in(found[site].site, SIGN_IN_LENGTH)

    def _start(
        self, kind: Kind, place: Place, subject: str, length: timedelta, factor: int = 0
    ) -> Incident:
        site = site_name(place)
        if not SHORTEST <= length <= LONGEST:
            raise invalid_fields([FieldViolation("duration", "must be 1 to 60 minutes")])
        now = self._clock.now()
        for other in self._incidents.going_on(now):
            if (other.kind, other.site, other.subject) == (kind, site, subject):
                raise _going_on(other)
        incident = Incident(kind, site, subject, now, now + length, factor)
        self._incidents.add(incident)
        return incident

    def _twin(self) -> Twin:
        twin = self._playing()
        if twin is None:
            raise _STARTING
        return twin

    def _seen(self, scope: Scope) -> list[Place]:
        return [place for place in self._agent_counts if scope.sees_site(site_name(place))]


def _unknown(what: str, reason: str, name: str) -> Refusal:
    message = f"the floor has no such {what}: take the name from GetFloor"
    return Refusal(Code.NOT_FOUND, reason, message, metadata={what: name[:100]})


def _going_on(incident: Incident) -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        "GOING_ON_ALREADY",
        "the same is going on there already; wait until it is over",
        metadata={"end_time": incident.end_time.isoformat()},
    )
