"""The use case of reading what agents are now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.read_timelines import Selection, select_agents
from services.presence.domain.agent_state import Look
from services.presence.domain.entry import FIRST_EPOCH, Place
from services.presence.domain.fate import Reason
from services.presence.domain.state import State


class StateNow(NamedTuple):
    """What an agent is since an instant, None for one who never reported; counts are 0 where no
    source tells.
    """

    agent: str
    look: Look
    since_time: datetime | None
    load_count: int
    capacity_count: int


class AgentStates(Protocol):
    """The current states, to read."""

    async def list_states(
        self, site: str, agents: Sequence[str], states: Collection[State], limit: int
    ) -> tuple[Place, list[StateNow]]:
        """Lists the states of agents in name order, and where the site's log stood then."""
        ...


@dataclass(frozen=True, slots=True)
class StatePage:
    """A part of a list; the next one begins after the last agent, if there are more."""

    place: Place
    states: tuple[StateNow, ...]
    has_more: bool


class ReadStates:
    """Reads the states of those whom the caller may see and who have not left."""

    def __init__(self, directory: AgentDirectory, store: AgentStates, clock: Clock) -> None:
        self._directory = directory
        self._store = store
        self._clock = clock

    async def __call__(
        self,
        wanted: Selection,
        states: Collection[State],
        scope: Scope,
        *,
        after: str,
        limit: int,
    ) -> StatePage:
        """Returns at most `limit` states, in name order, of agents after a name."""
        agents = select_agents(self._directory, wanted, scope)
        if not agents and not scope.sees_site(f"sites/{wanted.site}"):
            return StatePage(Place(wanted.site, FIRST_EPOCH, 0), (), has_more=False)
        has_left, now = self._directory.has_left, self._clock.now()
        following = [agent for agent in agents if agent > after and not has_left(agent, now)]
        place, found = await self._store.list_states(wanted.site, following, states, limit + 1)
        return StatePage(place, tuple(found[:limit]), len(found) > limit)

    def ensure_sees_somebody(self, site: str, scope: Scope) -> None:
        """Raises NOT_FOUND/UNKNOWN_SITE unless the caller may see the site or somebody of it.

        How fast a site's log grows tells of its people too.
        """
        if not self._directory.sees_somebody(site, scope):
            raise Refusal(
                Code.NOT_FOUND,
                Reason.UNKNOWN_SITE,
                f"There is no site {site}, or nothing of it is yours to see.",
                metadata={"site": site},
            )
