"""The agents' parts in one contact, while its events are folded."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.domain.contact import Leg
from services.dispatch.domain.event import Event

_NO_TIME = timedelta(0)


@dataclass(slots=True)
class _Leg:
    agent: str
    ring_time: datetime | None = None
    answer_time: datetime | None = None
    end_time: datetime | None = None
    held_from: datetime | None = None
    held: timedelta = _NO_TIME
    stated_talk: timedelta | None = None
    stated_hold: timedelta | None = None
    wrap_up: timedelta | None = None

    @property
    def talks(self) -> bool:
        return self.answer_time is not None and self.end_time is None

    def resume(self, at: datetime) -> None:
        if self.held_from is not None:
            self.held += at - self.held_from
            self.held_from = None

    def end(self, at: datetime) -> None:
        self.resume(at)
        self.end_time = at

    def state_times(self, event: Event) -> None:
        if event.talk is not None:
            self.stated_talk = event.talk
        if event.hold is not None:
            self.stated_hold = event.hold

    def frozen(self) -> Leg:
        talk = hold = None
        if self.answer_time is not None and self.end_time is not None:
            hold = self.held if self.stated_hold is None else self.stated_hold
            told = max(self.end_time - self.answer_time - hold, _NO_TIME)
            talk = told if self.stated_talk is None else self.stated_talk
        times = self.ring_time, self.answer_time, self.end_time
        return Leg(self.agent, *times, talk, hold, self.wrap_up)


class LegFold:
    """Takes events in their order. An empty agent stands for the one of the last leg."""

    def __init__(self) -> None:
        self._legs: list[_Leg] = []

    @property
    def has_answer(self) -> bool:
        """Tells whether an agent answered at some time."""
        return any(leg.answer_time is not None for leg in self._legs)

    @property
    def is_talking(self) -> bool:
        """Tells whether an agent has answered and is not gone."""
        return any(leg.talks for leg in self._legs)

    @property
    def is_held(self) -> bool:
        """Tells whether all agents who talk have put the contact on hold."""
        return all(leg.held_from is not None for leg in self._legs if leg.talks)

    @property
    def is_ringing(self) -> bool:
        """Tells whether it rings at an agent."""
        return any(leg.end_time is None and leg.answer_time is None for leg in self._legs)

    def ring(self, agent: str, at: datetime) -> None:
        """Begins a leg, unless the agent has one that goes on."""
        if self._going_on(agent) is None:
            self._legs.append(_Leg(agent, ring_time=at))

    def answer(self, agent: str, at: datetime) -> None:
        """Answers the agent's leg, or begins one; elsewhere it stops ringing."""
        leg = self._going_on(agent)
        if leg is None:
            leg = _Leg(agent)
            self._legs.append(leg)
        if leg.answer_time is None:
            leg.answer_time = at
        self.stop_ringing(at)

    def hold(self, agent: str, at: datetime) -> None:
        """Puts on hold."""
        leg = self._going_on(agent)
        if leg is not None and leg.talks and leg.held_from is None:
            leg.held_from = at

    def resume(self, agent: str, at: datetime) -> None:
        """Takes back from hold."""
        leg = self._going_on(agent)
        if leg is not None:
            leg.resume(at)

    def end(self, event: Event) -> None:
        """Ends the agent's leg, with the times that the event states."""
        leg = self._going_on(event.agent)
        if leg is not None:
            leg.end(event.occurred_time)
            leg.state_times(event)

    def end_all(self, event: Event) -> None:
        """Ends every leg; the times that the event states are those of the last one answered."""
        answered = [leg for leg in self._legs if leg.answer_time is not None]
        if answered:
            answered[-1].state_times(event)
        for leg in self._legs:
            if leg.end_time is None:
                leg.end(event.occurred_time)

    def stop_ringing(self, at: datetime) -> None:
        """Ends the legs that were not answered."""
        for leg in self._legs:
            if leg.end_time is None and leg.answer_time is None:
                leg.end(at)

    def wrap_up(self, event: Event) -> None:
        """Ends the work after an answered leg that has ended."""
        for leg in reversed(self._legs):
            if leg.answer_time is not None and event.agent in ("", leg.agent):
                if leg.end_time is not None:
                    told = event.occurred_time - leg.end_time
                    leg.wrap_up = told if event.wrap_up is None else event.wrap_up
                return

    def legs(self) -> tuple[Leg, ...]:
        """All legs in the order in which they began."""
        return tuple(leg.frozen() for leg in self._legs)

    def _going_on(self, agent: str) -> _Leg | None:
        open_legs = [leg for leg in self._legs if leg.end_time is None]
        if agent:
            open_legs = [leg for leg in open_legs if leg.agent == agent]
        talking = [leg for leg in open_legs if leg.talks]
        # Who talks goes before whom it only rings at.
        return next(reversed(talking or open_legs), None)
