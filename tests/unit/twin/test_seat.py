"""What becomes of customers at one seat."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from services.presence.domain.state import Activity, State
from simulator.twin.agenda import Agenda
from simulator.twin.demand import Customer
from simulator.twin.people import Worker
from simulator.twin.seat import Seat
from simulator.twin.setting import THREE_ZONES
from simulator.twin.shifts import PlannedShift

MORNING = datetime(2026, 11, 18, 9, tzinfo=UTC)
HARBOR = THREE_ZONES[0]
CUSTOMER = Customer("anna", MORNING, 600, 60, 10, is_held=False, is_recorded=False)


class FakeDesk:
    """Notes in which second of its day something was heard."""

    def __init__(self) -> None:
        self.agenda = Agenda(0)
        self.heard: list[tuple[str, float]] = []

    def tell_state(
        self,
        agent: str,
        state: State,
        reason: str = "",
        activity: Activity = Activity.UNSPECIFIED,
        contacts: tuple[str, ...] = (),
    ) -> None:
        pass

    def offer_work(self, seat: Seat) -> None:
        pass

    def answered(self, _customer: Customer, _seat: Seat) -> None:
        self._note("answered")

    def missed(self, _customer: Customer, _seat: Seat) -> None:
        self._note("missed")

    def held(self, _customer: Customer, _seat: Seat, *, is_over: bool) -> None:
        self._note("back" if is_over else "held")

    def ended(self, _customer: Customer) -> None:
        self._note("ended")

    def wrapped_up(self, _customer: Customer, _seat: Seat) -> None:
        self._note("wrapped up")

    def _note(self, what: str) -> None:
        self.heard.append((what, self.agenda.now_ms / 1000))


class SlowRandom(Random):
    """Everybody takes her time, and nobody misses anything."""

    def random(self) -> float:
        return 1.0


@pytest.fixture
def desk() -> FakeDesk:
    return FakeDesk()


@pytest.fixture
def seat(desk: FakeDesk) -> Seat:
    seat = Seat(Worker(HARBOR, HARBOR.queues[0], 1), desk)
    end = MORNING + timedelta(hours=8)
    shift = PlannedShift(seat.worker.name, MORNING.date(), MORNING, end, ())
    seat.work(shift, SlowRandom())
    return seat


def test_whoever_rings_is_answered_and_served_to_the_end(desk: FakeDesk, seat: Seat) -> None:
    seat.ring(CUSTOMER)

    desk.agenda.run(100_000)

    assert desk.heard == [("answered", 7), ("ended", 67), ("wrapped up", 77)]


def test_whoever_rings_again_after_a_sign_out_is_answered_once(desk: FakeDesk, seat: Seat) -> None:
    seat.ring(CUSTOMER)
    desk.agenda.run(3_000)
    seat.sign_out()
    seat.ring(CUSTOMER)

    desk.agenda.run(100_000)

    assert desk.heard == [("missed", 3), ("answered", 10), ("ended", 70), ("wrapped up", 80)]
