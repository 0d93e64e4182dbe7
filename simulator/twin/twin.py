"""All desks of a setting together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from heapq import merge

from simulator.twin.desk import desks_of
from simulator.twin.happenings import Happening
from simulator.twin.people import Worker, workers_of
from simulator.twin.setting import Setting, Surge
from simulator.twin.shifts import PlannedShift, plan_shift


class UnknownQueue(LookupError):  # noqa: N818 - a fact, not a mistake
    """The setting has no such queue."""


class Twin:
    """A setting from the midnight of its first day on, in each place's zone, as far as asked.

    The same setting and first day always tell the same.
    """

    def __init__(self, setting: Setting, first_day: date) -> None:
        self.workers: tuple[Worker, ...] = workers_of(setting)
        self._seed = setting.seed
        desks = desks_of(self.workers, setting, first_day)
        self._desks = dict(zip(dict.fromkeys(w.queue.id for w in self.workers), desks, strict=True))

    def run(self, until: datetime) -> Sequence[Happening]:
        """Returns what happened up to and including an instant and was not returned yet, in the
        order of time.
        """
        told = (desk.run(until) for desk in self._desks.values())
        return list(merge(*told, key=lambda happening: happening.occurred_time))

    def plan_of(self, day: date) -> Sequence[PlannedShift]:
        """Returns the shifts that start on a day, by each place's calendar."""
        plan = (plan_shift(worker, day, self._seed) for worker in self.workers)
        return [shift for shift in plan if shift is not None]

    def surge(self, surge: Surge) -> None:
        """Lets a surge come over one queue. UnknownQueue if there is none of its name."""
        desk = self._desks.get(surge.queue)
        if desk is None:
            raise UnknownQueue(surge.queue)
        desk.surge(surge)

    def sign_in(self, site: str, within: timedelta) -> None:
        """Signs everybody of a site out who is on shift, and in again within a span."""
        for desk in self._desks.values():
            if desk.site == site:
                desk.sign_in(within)

    def signed_in_counts(self) -> Mapping[str, int]:
        """Returns how many are signed in, by site."""
        counts: Counter[str] = Counter()
        for desk in self._desks.values():
            counts[desk.site] += desk.signed_in_count
        return counts
