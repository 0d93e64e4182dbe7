"""What a run amounts to, by the formulas of the services: who was at work, and how queues stood."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from services.dispatch.domain.contact import Contact
from services.dispatch.domain.event import ContactKey, Event
from services.dispatch.domain.fold import fold_contact
from services.dispatch.domain.service_level import Policy, StayCounts, service_level_ratio
from services.dispatch.domain.words import StayOutcome
from services.presence.domain.state import State
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.shifts import PlannedShift

AT_WORK = frozenset({State.ONLINE, State.BUSY, State.WRAP_UP})
TARGET = timedelta(seconds=20)
SHORT_ABANDON = timedelta(seconds=5)


class StatesByAgent:
    """The states of all agents at any instant of a run."""

    def __init__(self, happenings: Iterable[Happening]) -> None:
        self._changes: dict[str, list[StateChange]] = defaultdict(list)
        for happening in happenings:
            if isinstance(happening, StateChange):
                self._changes[happening.agent].append(happening)

    def at(self, agent: str, instant: datetime) -> State:
        """Returns the state at an instant; UNOBSERVED before the first change."""
        changes = self._changes[agent]
        place = bisect_right(changes, instant, key=lambda change: change.occurred_time)
        return changes[place - 1].state if place else State.UNOBSERVED

    def changes(self) -> Mapping[str, Sequence[StateChange]]:
        """Returns the changes of each agent, in the order of time."""
        return self._changes

    def online_ratio(self, plan: Iterable[PlannedShift], instant: datetime) -> float | None:
        """Returns how many of those due are at work (online, busy or wrapping up); None where
        nobody is due.
        """
        due = [shift.agent for shift in plan if shift.is_due(instant)]
        if not due:
            return None
        return sum(self.at(agent, instant) in AT_WORK for agent in due) / len(due)


def contacts_of(happenings: Iterable[Happening], site: str) -> list[Contact]:
    """Folds the contacts of a run as dispatch does."""
    events: dict[str, list[Event]] = defaultdict(list)
    for happening in happenings:
        if isinstance(happening, ContactMoment):
            events[happening.contact].append(_event_of(happening))
    return [fold_contact(ContactKey(site, "twin", contact), its) for contact, its in events.items()]


def service_level(contacts: Iterable[Contact], start: datetime, end: datetime) -> float | None:
    """Returns the share in time of what entered a queue in `[start, end)`, without short abandons;
    None if nothing did.
    """
    stays = [stay for it in contacts for stay in it.stays if start <= stay.enqueue_time < end]
    answered = [stay for stay in stays if stay.outcome is StayOutcome.ANSWERED]
    abandoned = [stay for stay in stays if stay.outcome is StayOutcome.ABANDONED]
    counts = StayCounts(
        answered=len(answered),
        answered_in_time=sum(stay.wait is not None and stay.wait <= TARGET for stay in answered),
        abandoned=len(abandoned),
        short_abandoned=sum(
            stay.wait is not None and stay.wait < SHORT_ABANDON for stay in abandoned
        ),
    )
    return service_level_ratio(
        counts, Policy.OF_OFFERED_WITHOUT_SHORT_ABANDONS, includes_other_leavers=True
    )


def _event_of(moment: ContactMoment) -> Event:
    return Event(
        moment.event_id,
        moment.kind,
        moment.occurred_time,
        queue=moment.queue if not moment.agent else "",
        agent=moment.agent,
        channel=moment.channel,
        ended_by=moment.ended_by,
    )
