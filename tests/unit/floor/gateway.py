"""The gateway as the floor meets it, in memory."""

from collections.abc import Collection, Sequence
from datetime import datetime

from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.shifts import PlannedShift


class FakeGateway:
    """Keeps what it is told; refuses as often as the test says."""

    def __init__(self) -> None:
        self.rosters = 0
        self.known_until: datetime | None = None
        self.plans: list[list[PlannedShift]] = []
        self.live: list[Happening] = []
        self.past: list[Happening] = []
        self.largest_call = 0
        self.beats: list[tuple[datetime, tuple[str, ...]]] = []
        self.lost: list[str] = []
        self.failures: list[Exception] = []

    async def apply_roster(self) -> None:
        self.rosters += 1

    async def last_told_time(self) -> datetime | None:
        return self.known_until

    async def publish(self, plan: Sequence[PlannedShift]) -> None:
        self.plans.append(list(plan))

    async def report(self, changes: Sequence[StateChange], *, is_past: bool) -> None:
        self._keep(changes, is_past=is_past)

    async def report_contacts(self, moments: Sequence[ContactMoment], *, is_past: bool) -> None:
        self._keep(moments, is_past=is_past)

    async def beat(self, sources: Collection[str], now: datetime) -> Sequence[str]:
        self.beats.append((now, tuple(sources)))
        lost, self.lost = self.lost, []
        return lost

    def _keep(self, happenings: Sequence[Happening], *, is_past: bool) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.largest_call = max(self.largest_call, len(happenings))
        (self.past if is_past else self.live).extend(happenings)
