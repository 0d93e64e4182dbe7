"""One queue at work: who serves it, who waits there, and who takes whom."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from random import Random
from zoneinfo import ZoneInfo

from services.dispatch.domain.words import Channel, Kind, Party
from services.presence.domain.state import Activity, State
from simulator.twin.agenda import Agenda
from simulator.twin.demand import Customer, Demand
from simulator.twin.happenings import ContactMoment, Happening, StateChange
from simulator.twin.people import Worker
from simulator.twin.seat import Seat
from simulator.twin.setting import Setting, Surge
from simulator.twin.shifts import PlannedShift, plan_shift

_CONNECTING_MS = 250
_DAY = timedelta(days=1)
_MILLISECOND = timedelta(milliseconds=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ABSENT_RATIO = 0.012


class Desk:
    """The people of one queue, from the first day's midnight on."""

    def __init__(self, workers: Sequence[Worker], setting: Setting, first_day: date) -> None:
        place, queue = workers[0].place, workers[0].queue
        self._queue, self._zone, self._seed = queue, ZoneInfo(place.zone), setting.seed
        # A platform of chats tells how many one can have at once; telephones do not speak of it.
        self._told_capacity = queue.at_once if queue.channel is Channel.CHAT else 0
        self._seats = [Seat(worker, self) for worker in workers]
        start_time = self._midnight(first_day)
        self.agenda = Agenda(_ms(start_time))
        self._told: list[Happening] = []
        self._told_ms: dict[str, int] = {}
        self._waiting: OrderedDict[str, Customer] = OrderedDict()
        self._ready: list[tuple[int, int, int, int]] = []
        self._demand = Demand(place, queue, len(workers), setting.seed, setting.surges)
        self._customers = self._demand.customers(start_time)
        for seat in self._seats:
            self.tell_state(seat.worker.name, State.OFFLINE)
        self._begin_day(first_day)
        self._await_next()

    def run(self, until: datetime) -> list[Happening]:
        """Returns what happened up to and including an instant and was not returned yet, in the
        order of time.
        """
        self.agenda.run(_ms(until))
        told, self._told = self._told, []
        # What an agent does twice within a millisecond is told a millisecond apart.
        return sorted(told, key=lambda happening: happening.occurred_time)

    @property
    def site(self) -> str:
        """The site of its people."""
        return self._seats[0].worker.place.site

    @property
    def signed_in_count(self) -> int:
        """How many of its people are signed in."""
        return sum(seat.is_signed_in for seat in self._seats)

    def surge(self, surge: Surge) -> None:
        """Lets a surge come over the queue."""
        self._demand.surges.append(surge)
        # Who would have come next is drawn anew: at night that may have been an hour ahead.
        self._customers = self._demand.customers(_instant(self.agenda.now_ms))
        self._await_next()

    def sign_in(self, within: timedelta) -> None:
        """Signs everybody out who is on shift, and in again within a span; whoever is late or did
        not come is signed in as well.
        """
        now = _instant(self.agenda.now_ms)
        random = Random(f"{self._seed}/{self._queue.id}/{now}/sign-in")
        for seat in self._seats:
            shift = self._shift_due(seat, now)
            if shift is not None:
                seat.sign_out()
                after_ms = random.randrange(1_000, within // _MILLISECOND)
                work = partial(seat.work, shift, self._random_of(shift))
                self.agenda.put(self.agenda.now_ms + after_ms, work)

    def tell_state(
        self,
        agent: str,
        state: State,
        reason: str = "",
        activity: Activity = Activity.UNSPECIFIED,
        contacts: tuple[str, ...] = (),
    ) -> None:
        """Tells that an agent's state changed now."""
        at_ms = max(self.agenda.now_ms, self._told_ms.get(agent, 0) + 1)
        self._told_ms[agent] = at_ms
        capacity = self._told_capacity if state is State.BUSY else 0
        self._told.append(
            StateChange(agent, _instant(at_ms), state, reason, activity, contacts, capacity)
        )

    def offer_work(self, seat: Seat) -> None:
        """Hears that an agent can take something, or something more."""
        place = (len(seat.hand), seat.ready_ms, seat.worker.number - 1, seat.version)
        heappush(self._ready, place)
        if self._waiting:
            self.agenda.put(self.agenda.now_ms + _CONNECTING_MS, self._match)

    def answered(self, customer: Customer, seat: Seat) -> None:
        """Hears that an agent answered."""
        self._tell(customer, Kind.ANSWERED, seat.worker.name)

    def missed(self, customer: Customer, seat: Seat) -> None:
        """Hears that an agent let it ring: the customer waits on, before all others."""
        self._tell(customer, Kind.LEG_ENDED, seat.worker.name)
        self._waiting[customer.contact] = customer
        self._waiting.move_to_end(customer.contact, last=False)
        self.agenda.put(self.agenda.now_ms + _CONNECTING_MS, self._match)
        self.agenda.put(self.agenda.now_ms + 60_000, partial(self._give_up, customer))

    def held(self, customer: Customer, seat: Seat, *, is_over: bool) -> None:
        """Hears that a customer was put on hold, or taken back."""
        self._tell(customer, Kind.RESUMED if is_over else Kind.HELD, seat.worker.name)

    def ended(self, customer: Customer) -> None:
        """Hears that a conversation is over."""
        self._tell(customer, Kind.ENDED, ended_by=Party.CUSTOMER)
        if customer.is_recorded and self._queue.channel is Channel.CALL:
            self._tell(customer, Kind.RECORDED, recording=f"demo/{customer.contact}.wav")

    def wrapped_up(self, customer: Customer, seat: Seat) -> None:
        """Hears that the work after it is done."""
        at_ms = self.agenda.now_ms + 1
        self._tell(customer, Kind.WRAPPED_UP, seat.worker.name, at_ms=at_ms)

    def _begin_day(self, day: date) -> None:
        """Sends for everybody who is due on a day, and enters the next one."""
        for seat in self._seats:
            shift = plan_shift(seat.worker, day, self._seed)
            if shift is not None:
                self._expect(seat, shift, self._random_of(shift))
        self.agenda.put(_ms(self._midnight(day + _DAY)), partial(self._begin_day, day + _DAY))

    def _shift_due(self, seat: Seat, now: datetime) -> PlannedShift | None:
        today = now.astimezone(self._zone).date()
        plan = (plan_shift(seat.worker, day, self._seed) for day in (today - _DAY, today))
        return next((shift for shift in plan if shift is not None and shift.is_due(now)), None)

    def _random_of(self, shift: PlannedShift) -> Random:
        return Random(f"{self._seed}/{shift.agent}/{shift.day}")

    def _expect(self, seat: Seat, shift: PlannedShift, random: Random) -> None:
        if random.random() < _ABSENT_RATIO:
            return
        come_ms = _ms(shift.start_time) + round(_lateness_seconds(random) * 1000)
        self.agenda.put(come_ms, partial(seat.work, shift, random))

    def _await_next(self) -> None:
        customers = self._customers
        customer = next(customers)

        def arrive() -> None:
            if customers is self._customers:
                self._arrive(customer)

        self.agenda.put(_ms(customer.arrive_time), arrive)

    def _arrive(self, customer: Customer) -> None:
        self._tell(customer, Kind.ENQUEUED)
        self._waiting[customer.contact] = customer
        patience_ms = round(customer.patience_seconds * 1000)
        self.agenda.put(self.agenda.now_ms + patience_ms, partial(self._give_up, customer))
        self.agenda.put(self.agenda.now_ms + _CONNECTING_MS, self._match)
        self._await_next()

    def _give_up(self, customer: Customer) -> None:
        if self._waiting.pop(customer.contact, None) is not None:
            self._tell(customer, Kind.ABANDONED)

    def _match(self) -> None:
        """Offers who waits longest to whoever has the least in hand and is ready longest."""
        while self._waiting:
            seat = self._next_seat()
            if seat is None:
                return
            _, customer = self._waiting.popitem(last=False)
            self._tell(customer, Kind.RINGING, seat.worker.name)
            seat.ring(customer)

    def _next_seat(self) -> Seat | None:
        while self._ready:
            in_hand, _, place, version = heappop(self._ready)
            seat = self._seats[place - self._seats[0].worker.number + 1]
            if seat.version == version and len(seat.hand) == in_hand and seat.can_take:
                return seat
        return None

    def _tell(
        self,
        customer: Customer,
        kind: Kind,
        agent: str = "",
        *,
        ended_by: Party = Party.UNSPECIFIED,
        recording: str = "",
        at_ms: int | None = None,
    ) -> None:
        self._told.append(
            ContactMoment(
                customer.contact,
                _instant(self.agenda.now_ms if at_ms is None else at_ms),
                kind,
                self._queue.id,
                agent,
                self._queue.channel,
                ended_by,
                recording,
            )
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)


def _lateness_seconds(random: Random) -> float:
    """Most come in time, some within five minutes, a few late for real."""
    drawn = random.random()
    if drawn < 0.8:
        return random.uniform(-240, 30)
    if drawn < 0.95:
        return random.uniform(30, 290)
    return random.uniform(310, 2_400)


def _ms(instant: datetime) -> int:
    return (instant - _EPOCH) // _MILLISECOND


def _instant(milliseconds: int) -> datetime:
    return _EPOCH + milliseconds * _MILLISECOND


def desks_of(workers: Sequence[Worker], setting: Setting, first_day: date) -> Iterator[Desk]:
    """Yields a desk for each queue that has workers, in their order."""
    by_queue: dict[str, list[Worker]] = {}
    for worker in workers:
        by_queue.setdefault(worker.queue.id, []).append(worker)
    for members in by_queue.values():
        yield Desk(members, setting, first_day)
