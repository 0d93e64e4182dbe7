"""What counting planned people needs from the store."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Protocol

from chassis.scope import Scope
from services.roster.app.ports import AgentFilter
from services.roster.domain.headcount import Grid, PlannedShift
from services.roster.domain.people import SiteName


class Grouping(Enum):
    """What people are counted by."""

    NONE = "NONE"
    TEAM = "TEAM"
    LINE = "LINE"


@dataclass(frozen=True, slots=True)
class WantedHeadcount:
    """Whom of a site to count, how and when, as published up to an instant or (None) up to now."""

    site: SiteName
    grid: Grid
    grouping: Grouping
    filter: AgentFilter
    known_time: datetime | None


class HeadcountReader(Protocol):
    """Planned shifts, to count. Rows outside a scope are not there."""

    async def list_planned(self, wanted: WantedHeadcount, scope: Scope) -> list[PlannedShift]:
        """Returns the shifts that may touch the span, with the group of each."""
        ...
