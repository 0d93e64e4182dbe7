"""The use case of extending a wrap-up."""

from dataclasses import dataclass
from datetime import timedelta

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.presence.app.committer import Committer
from services.presence.app.directory import AgentDirectory
from services.presence.app.source_ports import WrapUpStore
from services.presence.domain.entry import LoggedEntry
from services.presence.domain.fate import Reason
from services.presence.domain.limit import Extension, extended_entry

_REPEATED_WITHIN = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Extend:
    """What is asked: whose wrap-up, how, and under which id a repeat is known."""

    agent: str
    extension: Extension
    request_id: str


class ExtendWrapUp:
    """Moves the limit of the wrap-up of an agent whom the caller may see."""

    def __init__(
        self, directory: AgentDirectory, store: WrapUpStore, committer: Committer, clock: Clock
    ) -> None:
        self._directory = directory
        self._store = store
        self._committer = committer
        self._clock = clock

    async def __call__(self, asked: Extend, scope: Scope) -> LoggedEntry:
        """Returns the entry that moves the limit, as it was recorded.

        Raises NOT_FOUND/UNKNOWN_AGENT also for an agent whom the caller may not see, and
        FAILED_PRECONDITION/NOT_IN_WRAP_UP.
        """
        site = await self._directory.find_visible_site(asked.agent, scope)
        now = self._clock.now()
        event_id = f"extend:{asked.request_id}"
        since = now - _REPEATED_WITHIN
        known = await self._store.find_entry(asked.agent, event_id, since)
        if known is not None:
            return known
        wrap_up = await self._store.find_wrap_up(asked.agent)
        if wrap_up is None:
            raise _not_in_wrap_up(asked.agent)
        entry = extended_entry(wrap_up, asked.extension, event_id, now)
        await self._committer.commit(site, [entry])
        recorded = await self._store.find_entry(asked.agent, event_id, since)
        if recorded is None:
            raise _not_in_wrap_up(asked.agent)
        return recorded


def _not_in_wrap_up(agent: str) -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        Reason.NOT_IN_WRAP_UP,
        f"{agent} is not in wrap-up; there is nothing to extend.",
        metadata={"agent": agent},
    )
