"""The use cases of queues as data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chassis.errors import FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from services.dispatch.app.ports import QueueStore
from services.dispatch.app.sites import SiteDirectory
from services.dispatch.domain.event import Place
from services.dispatch.domain.queue import Queue
from services.dispatch.domain.queue_checks import Fault, RequestedQueue, check_queues, queue_of
from services.dispatch.telemetry import DispatchTelemetry

# They travel in a trailer, whose usual limit is 8 KiB.
MOST_VIOLATIONS = 25


@dataclass(frozen=True, slots=True)
class Applied:
    """How many queues were new, different and as requested; `places` include the changes."""

    created_count: int
    updated_count: int
    unchanged_count: int
    places: tuple[Place, ...]


class Queues:
    """Applies and lists queues; what is not named stays as it is."""

    def __init__(
        self,
        store: QueueStore,
        sites: SiteDirectory,
        telemetry: DispatchTelemetry,
        *,
        committed: Callable[[str], None],
    ) -> None:
        self._store = store
        self._sites = sites
        self._telemetry = telemetry
        self._committed = committed

    async def apply(
        self, requested: Sequence[RequestedQueue], scope: Scope, *, validate_only: bool
    ) -> Applied:
        """Applies the rows, or only checks them; refuses with one violation a faulty row."""
        _refuse(check_queues(requested))
        queues = [queue_of(row) for row in requested]
        _refuse(await self._site_faults(queues, scope))
        known = await self._store.find_queues(queue.key for queue in queues)
        changed = [queue for queue in queues if known.get(queue.key) != queue]
        created = sum(not (it.key in known and known[it.key].applied) for it in changed)
        places: tuple[Place, ...] = ()
        if changed and not validate_only:
            places = await self._store.apply(changed)
            for place in places:
                self._committed(place.site)
            self._telemetry.queues_applied(len(changed))
        unchanged = len(queues) - len(changed)
        return Applied(created, len(changed) - created, unchanged, places)

    async def list_queues(self, site: str, after: str, limit: int, scope: Scope) -> list[Queue]:
        """Lists queues of a site whose ids come after one, by id."""
        await self._sites.require_site(site, scope)
        return await self._store.list_queues(site, after, limit)

    async def _site_faults(self, queues: Sequence[Queue], scope: Scope) -> list[Fault]:
        visible = {queue.key.site for queue in queues if scope.sees_site(f"sites/{queue.key.site}")}
        existing = await self._sites.existing(visible)
        return [
            Fault(f"queues[{index}].name", f"names sites/{queue.key.site}, which is none of yours")
            for index, queue in enumerate(queues)
            if queue.key.site not in existing
        ]


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
