"""The fold of events into a contact: pure, and the same for whatever order they came in."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from services.dispatch.domain.contact import Contact, Recording
from services.dispatch.domain.event import ContactKey, Event, in_order
from services.dispatch.domain.legs import LegFold
from services.dispatch.domain.stays import StayFold
from services.dispatch.domain.words import (
    Channel,
    Consent,
    ContactOutcome,
    ContactState,
    Direction,
    Kind,
    Party,
    Priority,
    StayOutcome,
)


def fold_contact(key: ContactKey, events: Iterable[Event]) -> Contact:
    """Returns what events amount to, at least one, each of another id, in any order."""
    fold = _ContactFold()
    for event in in_order(events):
        fold.take(event)
    return fold.contact(key)


class _ContactFold:
    """Takes events in their order."""

    def __init__(self) -> None:
        self._count = 0
        self._first_time: datetime | None = None
        self._channel = Channel.UNSPECIFIED
        self._direction = Direction.UNSPECIFIED
        self._priority = Priority.UNSPECIFIED
        self._consent = Consent.UNSPECIFIED
        self._stays = StayFold()
        self._legs = LegFold()
        self._recordings: dict[str, Recording] = {}
        self._end_time: datetime | None = None
        self._ended_as = ContactOutcome.NONE
        self._ended_by = Party.UNSPECIFIED
        # What customer or system ended for good does not go on; what left a queue may.
        self._final = False

    def take(self, event: Event) -> None:
        self._count += 1
        self._first_time = self._first_time or event.occurred_time
        self._channel = self._channel or event.channel
        self._direction = self._direction or event.direction
        self._priority = event.priority or self._priority
        self._consent = event.consent or self._consent
        if not self._final or event.kind in _AFTERWARDS:
            _HANDLERS[event.kind](self, event)

    def contact(self, key: ContactKey) -> Contact:
        stays, legs = self._stays.stays(), self._legs.legs()
        assert self._first_time is not None  # noqa: S101 - there is an event
        starts = [stay.enqueue_time for stay in stays] + [leg.start_time for leg in legs]
        return Contact(
            key=key,
            channel=self._channel,
            direction=self._direction,
            priority=self._priority,
            state=self._state(),
            outcome=self._outcome(),
            ended_by=self._ended_by,
            start_time=min((self._first_time, *starts)),
            end_time=self._end_time,
            consent=self._consent,
            stays=stays,
            legs=legs,
            recordings=tuple(self._recordings.values()),
            event_count=self._count,
        )

    def enqueued(self, event: Event) -> None:
        self._goes_on()
        self._stays.enter(event.queue, event.occurred_time)

    def ringing(self, event: Event) -> None:
        self._goes_on()
        self._legs.ring(event.agent, event.occurred_time)

    def answered(self, event: Event) -> None:
        self._goes_on()
        self._leave(event, StayOutcome.ANSWERED)
        self._legs.answer(event.agent, event.occurred_time)

    def held(self, event: Event) -> None:
        self._legs.hold(event.agent, event.occurred_time)

    def resumed(self, event: Event) -> None:
        self._legs.resume(event.agent, event.occurred_time)

    def transferred(self, event: Event) -> None:
        self._legs.end(event)
        self._stays.leave(event.occurred_time, StayOutcome.OVERFLOWED)
        if event.target_agent:
            self.ringing(event._replace(agent=event.target_agent))
        self._move_on(event)

    def leg_ended(self, event: Event) -> None:
        self._legs.end(event)

    def abandoned(self, event: Event) -> None:
        self._leave(event, StayOutcome.ABANDONED)
        self._end(event, ContactOutcome.ABANDONED)
        self._final = True

    def timed_out(self, event: Event) -> None:
        self._leave(event, StayOutcome.TIMED_OUT)
        self._end(event, ContactOutcome.TIMED_OUT)

    def overflowed(self, event: Event) -> None:
        self._leave(event, StayOutcome.OVERFLOWED)
        self._legs.stop_ringing(event.occurred_time)
        self._move_on(event)

    def callback(self, event: Event) -> None:
        self._leave(event, StayOutcome.CALLBACK)
        self._end(event, ContactOutcome.CALLBACK)

    def ended(self, event: Event) -> None:
        by_system = event.ended_by is Party.SYSTEM
        left_as = StayOutcome.TIMED_OUT if by_system else StayOutcome.ABANDONED
        self._stays.leave(event.occurred_time, left_as)
        stays = self._stays.stays()
        last = ContactOutcome(stays[-1].outcome) if stays else ContactOutcome.UNANSWERED
        self._end(event, last)
        self._ended_by = event.ended_by
        # A caller may go on when the agent has hung up: to a survey, to another queue.
        self._final = event.ended_by is not Party.AGENT

    def wrapped_up(self, event: Event) -> None:
        self._legs.wrap_up(event)

    def recorded(self, event: Event) -> None:
        if event.recording_reference:
            recording = Recording(event.recording_reference, event.occurred_time)
            self._recordings.setdefault(recording.reference, recording)

    def _leave(self, event: Event, outcome: StayOutcome) -> None:
        self._stays.leave(event.occurred_time, outcome, event.queue, event.wait)

    def _move_on(self, event: Event) -> None:
        """Goes where the event says; nowhere is the end, as far as anybody knows."""
        if event.target_queue:
            self._goes_on()
            self._stays.enter(event.target_queue, event.occurred_time)
        elif not event.target_agent and not self._legs.is_talking:
            self._end(event, ContactOutcome.OVERFLOWED)

    def _goes_on(self) -> None:
        self._end_time = None
        self._ended_as = ContactOutcome.NONE

    def _end(self, event: Event, outcome: ContactOutcome) -> None:
        self._legs.end_all(event)
        self._end_time = event.occurred_time
        self._ended_as = outcome

    def _state(self) -> ContactState:
        states = (
            (self._end_time is not None, ContactState.ENDED),
            (self._legs.is_talking and self._legs.is_held, ContactState.ON_HOLD),
            (self._legs.is_talking, ContactState.TALKING),
            (self._legs.is_ringing, ContactState.RINGING),
            (self._stays.is_waiting, ContactState.WAITING),
        )
        return next((state for holds, state in states if holds), ContactState.BEGUN)

    def _outcome(self) -> ContactOutcome:
        ended = self._end_time is not None
        return ContactOutcome.ANSWERED if ended and self._legs.has_answer else self._ended_as


_AFTERWARDS = frozenset({Kind.WRAPPED_UP, Kind.RECORDED})
_HANDLERS: Mapping[Kind, Callable[[_ContactFold, Event], None]] = MappingProxyType(
    {
        Kind.ENQUEUED: _ContactFold.enqueued,
        Kind.RINGING: _ContactFold.ringing,
        Kind.ANSWERED: _ContactFold.answered,
        Kind.HELD: _ContactFold.held,
        Kind.RESUMED: _ContactFold.resumed,
        Kind.TRANSFERRED: _ContactFold.transferred,
        Kind.LEG_ENDED: _ContactFold.leg_ended,
        Kind.ABANDONED: _ContactFold.abandoned,
        Kind.TIMED_OUT: _ContactFold.timed_out,
        Kind.OVERFLOWED: _ContactFold.overflowed,
        Kind.CALLBACK: _ContactFold.callback,
        Kind.ENDED: _ContactFold.ended,
        Kind.WRAPPED_UP: _ContactFold.wrapped_up,
        Kind.RECORDED: _ContactFold.recorded,
    }
)
