"""What the use cases and servicers need from store and roster."""

from collections.abc import AsyncIterator, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol

from chassis.calendar import ZoneDay
from chassis.scope import Scope
from services.dispatch.domain.contact import Contact, Recording
from services.dispatch.domain.event import Place
from services.dispatch.domain.fate import Fate
from services.dispatch.domain.figures import QueueFigures
from services.dispatch.domain.queue import Queue, QueueKey
from services.dispatch.domain.recording import Arrival
from services.dispatch.domain.report import Origin
from services.dispatch.domain.words import Consent, ContactState


@dataclass(frozen=True, slots=True)
class Span:
    """Time from `start_time`, inclusive, to `end_time`, exclusive; both UTC."""

    start_time: datetime
    end_time: datetime


@dataclass(frozen=True, slots=True)
class AgentPlace:
    """Where an agent belongs: the id of her site, and the name of her team, empty for none."""

    site: str
    team: str = ""


class Roster(Protocol):
    """The owner of agents and sites."""

    async def find_agent_places(self, agents: Sequence[str]) -> Mapping[str, AgentPlace]:
        """Returns where each agent belongs that exists, by agent name."""
        ...

    async def find_team_agents(self, teams: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Returns, by team, the site id of each of its agents by name; nothing of empty teams."""
        ...

    async def find_time_zones(self, sites: Sequence[str]) -> Mapping[str, str]:
        """Returns the time zone of each site that exists, by site id."""
        ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of events: their fates, the place that includes all, the queues that were new."""

    place: Place | None
    fates: tuple[Fate, ...]
    new_queue_count: int = 0


class ContactLog(Protocol):
    """The log of contacts, to write."""

    async def record(self, origin: Origin, arrivals: Sequence[Arrival]) -> Recorded:
        """Records events of one site durably; those that are recorded already change nothing."""
        ...

    async def forget(self, age: timedelta) -> int:
        """Deletes contacts of which nothing was recorded for so long; returns how many."""
        ...


class ContactOrder(NamedTuple):
    """The place of a contact in a list."""

    start_time: datetime
    id: str


@dataclass(frozen=True, slots=True)
class Page:
    """How much of a list of contacts is wanted: at most `limit` that come after a place in it."""

    after: ContactOrder | None
    limit: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which contacts of a site are wanted; what is None or empty does not matter."""

    queue: str = ""
    agent: str = ""
    state: ContactState | None = None


@dataclass(frozen=True, slots=True)
class KeptContact:
    """A contact with the commit of its last change."""

    contact: Contact
    place: Place


@dataclass(frozen=True, slots=True)
class Sight:
    """A scope with its teams spelt out: the site id of each agent of them, as of now."""

    scope: Scope
    team_agents: Mapping[str, str]

    def sees_leg(self, agent: str, site: str) -> bool:
        """Tells whether an agent's part in a contact that was reported at a site is visible: a team
        opens what is reported where the team is.
        """
        return self.scope.sees_agent(agent, f"sites/{site}") or self.team_agents.get(agent) == site


class ContactReader(Protocol):
    """Contacts, to read. Those outside of sight are not there, nor are legs outside of it."""

    async def find_contact(self, contact: str, sight: Sight) -> KeptContact | None:
        """Returns a contact by its id, or None."""
        ...

    async def list_of_site(
        self, site: str, span: Span, wanted: Filter, page: Page, sight: Sight
    ) -> list[KeptContact]:
        """Lists contacts that began in a span, by start and id."""
        ...

    async def list_of_agent(
        self, agent: str, span: Span, page: Page, sight: Sight
    ) -> list[KeptContact]:
        """Lists contacts in which an agent takes part in a span, by start and id."""
        ...

    def replay(self, after: Place) -> AsyncIterator[tuple[Place, bytes]]:
        """Yields the published messages after a place, in order, up to the present head.

        Raises Refusal OUT_OF_RANGE if they are no longer kept or of another epoch.
        """
        ...


@dataclass(frozen=True, slots=True)
class KeptRecording:
    """A recording with what decides on opening it."""

    recording: Recording
    source: str
    consent: Consent


class AccessOrder(NamedTuple):
    """The place of an access in the list of its contact's."""

    access_time: datetime
    number: int


@dataclass(frozen=True, slots=True)
class RecordingAccess:
    """That somebody opened a recording, what for and when."""

    contact: str
    recording: str
    actor: str
    purpose: str
    access_time: datetime


@dataclass(frozen=True, slots=True)
class KeptAccess:
    """An access with its place in the list."""

    access: RecordingAccess
    order: AccessOrder


class RecordingUnit(Protocol):
    """One transaction about a recording."""

    async def find_recording(self, contact: str, recording: str) -> KeptRecording | None:
        """Returns a recording of a visible contact, or None."""
        ...

    async def write_access(self, access: RecordingAccess) -> None:
        """Writes down that somebody opens a recording."""
        ...


class RecordingStore(Protocol):
    """Recordings and who opened them."""

    def begin(self) -> AbstractAsyncContextManager[RecordingUnit]:
        """Begins a transaction: committed at the block's end, rolled back if it raises."""
        ...

    async def list_accesses(
        self, contact: str, after: AccessOrder | None, limit: int
    ) -> list[KeptAccess]:
        """Lists who opened recordings of a contact, the latest first."""
        ...


class QueueStore(Protocol):
    """Queues as data."""

    async def find_queues(self, keys: Iterable[QueueKey]) -> Mapping[QueueKey, Queue]:
        """Returns those of the queues that are known."""
        ...

    async def apply(self, queues: Sequence[Queue]) -> tuple[Place, ...]:
        """Writes queues and tells of them; returns the place of each site that includes them."""
        ...

    async def list_queues(self, site: str, after: str, limit: int) -> list[Queue]:
        """Lists queues of a site whose ids come after one, by id."""
        ...


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """The figures of a site's queues on its day, by queue, at one place in its order."""

    place: Place
    day: ZoneDay
    figures: tuple[QueueFigures, ...]


class FiguresReader(Protocol):
    """How queues stand, counted from the contacts."""

    async def read_figures(
        self, day: ZoneDay, now: datetime, site: str, queues: Collection[str]
    ) -> SiteFigures:
        """Counts the queues of those ids, or all of the site if there is none, at one instant."""
        ...

    async def read_heads(self) -> list[Place]:
        """Returns where each site stands."""
        ...
