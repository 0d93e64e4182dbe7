"""The use case of erasure: a person's names and texts go, and what was proven stays proven."""

import secrets
from collections.abc import Sequence
from uuid import UUID

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.record_ports import Erasure, ErasureStore
from services.presence.domain.fate import Reason
from services.presence.telemetry import RecordTelemetry


class EraseAgent:
    """Erases agents whom the caller may see."""

    def __init__(
        self,
        directory: AgentDirectory,
        store: ErasureStore,
        clock: Clock,
        telemetry: RecordTelemetry,
    ) -> None:
        self._directory = directory
        self._store = store
        self._clock = clock
        self._telemetry = telemetry

    async def __call__(
        self, names: Sequence[str], request_id: UUID, reason: str, scope: Scope
    ) -> Erasure:
        """Erases the agent who is named first, with her other names.

        Returns how far it came; `resume` completes it. Raises NOT_FOUND/UNKNOWN_AGENT if presence
        holds nothing of her, or the caller may not see her or an agent of her other names, and
        FAILED_PRECONDITION/REQUEST_ID_REUSED if the request was for somebody else.
        """
        taken = await self._store.find(request_id)
        if taken is None:
            await self._ensure_visible(names, scope)
            taken = await self._store.begin(self._request(names, request_id), reason)
        else:
            await self._ensure_same(taken, names)
        if not taken.is_completed:
            taken = await self._go_on(taken)
        return taken

    async def resume(self) -> None:
        """Goes on with what was interrupted or had to wait."""
        for erasure in await self._store.list_unfinished():
            await self._go_on(erasure)

    def _request(self, names: Sequence[str], request_id: UUID) -> Erasure:
        pseudonyms = tuple(map(_pseudonym_of, names))
        return Erasure(request_id, tuple(names), pseudonyms, self._clock.now(), is_completed=False)

    async def _go_on(self, erasure: Erasure) -> Erasure:
        completed = await self._store.go_on(erasure, self._clock.now())
        self._telemetry.person_erased(str(erasure.request_id), completed)
        return Erasure(
            erasure.request_id,
            () if completed else erasure.names,
            erasure.pseudonyms,
            erasure.requested_time,
            completed,
        )

    async def _ensure_visible(self, names: Sequence[str], scope: Scope) -> None:
        sites = await self._directory.find_sites(name for name in names if _is_agent(name))
        for name in names:
            # Who left the roster already belongs to no site, and neither does an account: they are
            # for those who see all sites.
            if name in sites and self._directory.sees(name, scope):
                continue
            if name in sites or scope.sites is not None:
                raise _unknown(name)
        if not await self._store.knows(names):
            raise _unknown(names[0])

    async def _ensure_same(self, taken: Erasure, names: Sequence[str]) -> None:
        """Refuses another person under a used id: her caller would take her for erased."""
        # What is completed has no names any more; whoever is still known was not erased by it.
        if taken.is_completed:
            is_other = await self._store.knows(names)
        else:
            is_other = taken.names != tuple(names)
        if is_other:
            raise Refusal(
                Code.FAILED_PRECONDITION,
                Reason.REQUEST_ID_REUSED,
                f"the request_id {taken.request_id} was used for another erasure; choose one.",
            )


def _is_agent(name: str) -> bool:
    return name.startswith("agents/")


def _unknown(name: str) -> Refusal:
    return Refusal(
        Code.NOT_FOUND,
        Reason.UNKNOWN_AGENT,
        f"presence holds nothing of {name}, or it is not yours to erase.",
        metadata={"agent": name},
    )


def _pseudonym_of(name: str) -> str:
    kind = name.partition("/")[0]
    return f"{kind}/erased-{secrets.token_hex(8)}"
