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
        holds nothing of her, or the caller may not see her.
        """
        taken = await self._store.find(request_id)
        if taken is None:
            await self._ensure_visible(names, scope)
            taken = await self._store.begin(self._request(names, request_id), reason)
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
        agent = names[0]
        site = (await self._directory.find_sites([agent])).get(agent)
        # Whoever left the roster already belongs to no site, and is seen by who sees all of them.
        visible = scope.sites is None if site is None else scope.sees_agent(agent, f"sites/{site}")
        if not visible or not await self._store.knows(names):
            raise Refusal(
                Code.NOT_FOUND,
                Reason.UNKNOWN_AGENT,
                f"presence holds nothing of {agent}, or she is not yours to see.",
                metadata={"agent": agent},
            )


def _pseudonym_of(name: str) -> str:
    kind = name.partition("/")[0]
    return f"{kind}/erased-{secrets.token_hex(8)}"
