"""What publishing and listing shifts need from the store."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from chassis.scope import Scope
from services.roster.app.ports import Page
from services.roster.domain.people import AgentName, Place, Site, SiteName
from services.roster.domain.shift_checks import Known
from services.roster.domain.shifts import Shift, ShiftName, Span, Version


class ShiftUnit(Protocol):
    """One transaction that publishes shifts of a site; there is one at a time and site."""

    async def load_known(self, shifts: Sequence[Shift], cancelled: Sequence[ShiftName]) -> Known:
        """Loads the agents, the newest versions and the neighbours of what a request names."""
        ...

    async def save(self, versions: Sequence[Version]) -> None:
        """Adds versions; none is ever changed."""
        ...

    async def tell(self, site: SiteName, versions: Sequence[Version]) -> Place:
        """Moves the site's head on and lays out the message that tells of the versions."""
        ...


class ShiftStore(Protocol):
    """Shifts, to publish."""

    def begin(self, site: SiteName) -> AbstractAsyncContextManager[ShiftUnit]:
        """Begins a transaction: committed at the block's end, rolled back if it raises."""
        ...


@dataclass(frozen=True, slots=True)
class WantedShifts:
    """Which shifts of a site are wanted: those that touch a span, of one agent or all, as published
    up to an instant or (None) up to now.
    """

    site: SiteName
    span: Span
    agent: AgentName | None
    known_time: datetime | None


class ShiftReader(Protocol):
    """Shifts, to read. Rows outside a scope are not there."""

    async def find_site(self, name: SiteName, scope: Scope) -> Site | None:
        """Returns a site, or None if there is none or the scope does not see it."""
        ...

    async def list_shifts(self, wanted: WantedShifts, scope: Scope, page: Page) -> list[Version]:
        """Lists versions by local start and name; `page.after` is the `place_of` the last one."""
        ...

    def replay_shift_changes(self, after: Place) -> AsyncIterator[tuple[Place, datetime, bytes]]:
        """Yields a site's commits after a place up to its present head: the place, when it was
        recorded, and the message, which is empty where no shift was changed.

        Refuses with OUT_OF_RANGE/CURSOR_EXPIRED where they are not kept any more.
        """
        ...


def place_of(version: Version) -> str:
    """Returns where a version stands in the order of a list."""
    return f"{version.shift.local_start.isoformat()} {version.shift.name}"
