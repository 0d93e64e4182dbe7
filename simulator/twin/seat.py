"""One agent at work: what she does next, and what is told of it."""

from collections import deque
from collections.abc import Callable
from random import Random
from typing import Protocol

from services.dispatch.domain.words import Channel
from services.presence.domain.state import Activity, State
from simulator.twin.agenda import Agenda
from simulator.twin.demand import Customer
from simulator.twin.people import Worker
from simulator.twin.shifts import PlannedShift

_SECOND_MS = 1_000
_MISSED_RATIO = 0.008
_PERSONAL_RATIO = 0.01
_TECHNICAL_RATIO = 0.003


class Desk(Protocol):
    """What a seat needs of the desk it belongs to."""

    agenda: Agenda

    def tell_state(
        self,
        agent: str,
        state: State,
        reason: str = "",
        activity: Activity = Activity.UNSPECIFIED,
        contacts: tuple[str, ...] = (),
    ) -> None:
        """Tells that an agent's state changed now."""
        ...

    def offer_work(self, seat: "Seat") -> None:
        """Hears that an agent can take something, or something more."""
        ...

    def answered(self, customer: Customer, seat: "Seat") -> None:
        """Hears that an agent answered."""
        ...

    def missed(self, customer: Customer, seat: "Seat") -> None:
        """Hears that an agent let it ring."""
        ...

    def held(self, customer: Customer, seat: "Seat", *, is_over: bool) -> None:
        """Hears that a customer was put on hold, or taken back."""
        ...

    def ended(self, customer: Customer) -> None:
        """Hears that a conversation is over."""
        ...

    def wrapped_up(self, customer: Customer, seat: "Seat") -> None:
        """Hears that the work after it is done."""
        ...


class Seat:
    """An agent through her shifts. The desk gives her customers; she tells what becomes of them."""

    def __init__(self, worker: Worker, desk: Desk) -> None:
        self.worker = worker
        self.ready_ms = 0
        self.version = 0
        self.hand: dict[str, Customer] = {}
        self._desk = desk
        self._random = Random()
        self._state = State.OFFLINE
        self._pauses: deque[tuple[int, str, int]] = deque()
        self._shift: PlannedShift | None = None
        self._is_leaving = False
        self._sign_outs = 0
        self._ringing: Customer | None = None
        self._wrapping: Customer | None = None

    @property
    def is_signed_in(self) -> bool:
        """Tells whether she is signed in, in whatever state."""
        return self._state is not State.OFFLINE

    @property
    def can_take(self) -> bool:
        """Tells whether she may be offered something now."""
        if self._state not in (State.ONLINE, State.BUSY) or self._wants_away():
            return False
        return len(self.hand) < self.worker.queue.at_once

    def work(self, shift: PlannedShift, random: Random) -> None:
        """Signs in, and works the shift; whoever works it already goes on."""
        if self._shift != shift:
            self._begin(shift, random)
        if not (self.is_signed_in or self._is_leaving):
            self._settle()

    def sign_out(self) -> None:
        """Is signed out, as by a restart of the telephones: conversations are cut, and whoever
        rings waits on.
        """
        hand, self.hand = self.hand, {}
        self._sign_outs += 1
        for customer in hand.values():
            if customer is self._ringing:
                self._desk.missed(customer, self)
            else:
                self._desk.ended(customer)
                self._desk.wrapped_up(customer, self)
        if self._state is State.WRAP_UP and self._wrapping is not None:
            self._desk.wrapped_up(self._wrapping, self)
        if self.is_signed_in:
            self._be_offline()

    def ring(self, customer: Customer) -> None:
        """Takes an offer: it rings, and then she answers or does not."""
        self._touch()
        self.hand[customer.contact] = self._ringing = customer
        self._tell_busy(Activity.RINGING)
        if self._random.random() < _MISSED_RATIO and len(self.hand) == 1:
            self._later_with(customer, 20, self._miss)
        else:
            self._later_with(customer, self._random.uniform(1.5, 7), self._answer)

    def _begin(self, shift: PlannedShift, random: Random) -> None:
        self._shift, self._random, self._is_leaving = shift, random, False
        now_ms = self._desk.agenda.now_ms
        pauses = (
            (_ms(pause.start_time.timestamp()), pause.reason, _ms(pause.length.total_seconds()))
            for pause in shift.pauses
        )
        self._pauses = deque(it for it in pauses if it[0] + it[2] > now_ms)
        for at_ms, _, _ in self._pauses:
            self._later_at(at_ms, self._look_up)
        self._later_at(_ms(shift.end_time.timestamp()) + self._drawn_ms(5, 200), self._leave)

    def _answer(self, customer: Customer) -> None:
        self._ringing = None
        self._desk.answered(customer, self)
        self._tell_busy(self._talking())
        if self.can_take:
            self._desk.offer_work(self)
        if customer.is_held and self.worker.queue.at_once == 1:
            self._later_with(customer, customer.handle_seconds * 0.4, self._hold)
        else:
            self._later_with(customer, customer.handle_seconds, self._end)

    def _hold(self, customer: Customer) -> None:
        self._desk.held(customer, self, is_over=False)
        self._tell_busy(Activity.HOLD)
        self._later_with(customer, self._random.uniform(15, 80), self._take_back)

    def _take_back(self, customer: Customer) -> None:
        self._desk.held(customer, self, is_over=True)
        self._tell_busy(self._talking())
        self._later_with(customer, customer.handle_seconds * 0.6, self._end)

    def _miss(self, customer: Customer) -> None:
        del self.hand[customer.contact]
        self._desk.missed(customer, self)
        self._away("missed-offer", self._drawn_ms(40, 150))

    def _end(self, customer: Customer) -> None:
        del self.hand[customer.contact]
        self._desk.ended(customer)
        if self.hand:
            self._desk.wrapped_up(customer, self)
            self._tell_busy(self._talking())
            if self.can_take:
                self._desk.offer_work(self)
            return
        self._touch()
        self._state, self._wrapping = State.WRAP_UP, customer
        self._desk.tell_state(self.worker.name, State.WRAP_UP, contacts=(customer.contact,))
        self._later_unless_touched(
            _later_ms(customer.wrap_up_seconds), lambda: self._wrapped_up(customer)
        )

    def _wrapped_up(self, customer: Customer) -> None:
        self._desk.wrapped_up(customer, self)
        drawn = self._random.random()
        if drawn < _TECHNICAL_RATIO:
            self._away("technical", self._drawn_ms(120, 900))
        elif drawn < _TECHNICAL_RATIO + _PERSONAL_RATIO:
            self._away("personal", self._drawn_ms(120, 480))
        else:
            self._settle()

    def _look_up(self) -> None:
        """Notices that a pause is due; with a customer in hand she takes it afterwards."""
        if self._state is State.ONLINE:
            self._settle()

    def _leave(self) -> None:
        self._is_leaving = True
        if self._state is State.ONLINE:
            self._settle()

    def _settle(self) -> None:
        """With nothing in hand: goes home, takes the pause that is due, or is ready."""
        if self._is_leaving:
            self._be_offline()
        elif self._pauses and self._pauses[0][0] <= self._desk.agenda.now_ms:
            _, reason, length_ms = self._pauses.popleft()
            self._away(reason, length_ms + self._drawn_ms(-90, 210))
        else:
            self._touch()
            self._state = State.ONLINE
            self.ready_ms = self._desk.agenda.now_ms
            self._desk.tell_state(self.worker.name, State.ONLINE)
            self._desk.offer_work(self)

    def _away(self, reason: str, length_ms: int) -> None:
        self._touch()
        self._state = State.BREAK
        self._desk.tell_state(self.worker.name, State.BREAK, reason)
        self._later_unless_touched(length_ms, self._settle)

    def _be_offline(self) -> None:
        self._touch()
        self._state = State.OFFLINE
        self._desk.tell_state(self.worker.name, State.OFFLINE)

    def _wants_away(self) -> bool:
        due = self._pauses and self._pauses[0][0] <= self._desk.agenda.now_ms
        return self._is_leaving or bool(due)

    def _tell_busy(self, activity: Activity) -> None:
        self._state = State.BUSY
        self._desk.tell_state(
            self.worker.name, State.BUSY, activity=activity, contacts=tuple(self.hand)
        )

    def _talking(self) -> Activity:
        is_chat = self.worker.queue.channel is Channel.CHAT
        return Activity.CHATTING if is_chat else Activity.TALKING

    def _touch(self) -> None:
        self.version += 1

    def _drawn_ms(self, least_seconds: float, most_seconds: float) -> int:
        return _ms(self._random.uniform(least_seconds, most_seconds))

    def _later_with(
        self, customer: Customer, seconds: float, action: Callable[[Customer], None]
    ) -> None:
        """Does something later, if she has had the customer in hand until then."""
        sign_outs = self._sign_outs

        def act() -> None:
            if self._sign_outs == sign_outs and customer.contact in self.hand:
                action(customer)

        self._later_at(self._desk.agenda.now_ms + _later_ms(seconds), act)

    def _later_unless_touched(self, after_ms: int, action: Callable[[], None]) -> None:
        """Does something later, unless she has begun something else by then."""
        version = self.version

        def act() -> None:
            if self.version == version:
                action()

        self._later_at(self._desk.agenda.now_ms + after_ms, act)

    def _later_at(self, at_ms: int, action: Callable[[], None]) -> None:
        self._desk.agenda.put(at_ms, action)


def _later_ms(seconds: float) -> int:
    return max(_ms(seconds), 1)


def _ms(seconds: float) -> int:
    return round(seconds * _SECOND_MS)
