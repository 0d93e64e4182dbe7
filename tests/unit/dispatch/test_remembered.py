"""What the roster said, and for how long it counts."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from services.dispatch.app.remembered import KEPT_FOR, Remembered
from tests.unit.dispatch.builders import NINE


class FakeRoster:
    """Answers from a table, and fails when it is told to."""

    def __init__(self) -> None:
        self.table = {"ana": "harbor", "bob": "harbor"}
        self.asked: list[list[str]] = []
        self.failure: Code | None = None

    async def ask(self, names: Sequence[str]) -> Mapping[str, str]:
        if self.failure is not None:
            raise Refusal(self.failure, "ANY", "the roster is away")
        self.asked.append(list(names))
        return {name: self.table[name] for name in names if name in self.table}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NINE)


@pytest.fixture
def roster() -> FakeRoster:
    return FakeRoster()


@pytest.fixture
def remembered(roster: FakeRoster, clock: ManualClock) -> Remembered[str]:
    return Remembered(roster.ask, clock)


async def test_a_name_is_asked_for_once_a_minute(
    remembered: Remembered[str], roster: FakeRoster, clock: ManualClock
) -> None:
    await remembered.find(["ana"])
    clock.advance(KEPT_FOR - timedelta(seconds=1))
    await remembered.find(["ana", "bob"])
    clock.advance(timedelta(seconds=1))
    await remembered.find(["ana", "bob"])

    assert roster.asked == [["ana"], ["bob"], ["ana"]]


async def test_a_name_that_does_not_exist_is_found_as_soon_as_it_does(
    remembered: Remembered[str], roster: FakeRoster
) -> None:
    before = dict(await remembered.find(["eve"]))
    roster.table["eve"] = "shop"

    assert "eve" not in before
    assert (await remembered.find(["eve"]))["eve"] == "shop"


async def test_who_is_gone_is_gone_after_a_minute(
    remembered: Remembered[str], roster: FakeRoster, clock: ManualClock
) -> None:
    await remembered.find(["ana"])
    del roster.table["ana"]
    clock.advance(KEPT_FOR)

    assert "ana" not in await remembered.find(["ana"])


async def test_what_was_said_still_counts_while_the_roster_is_away(
    remembered: Remembered[str], roster: FakeRoster, clock: ManualClock
) -> None:
    await remembered.find(["ana"])
    roster.failure = Code.UNAVAILABLE
    clock.advance(timedelta(hours=1))

    assert (await remembered.find(["ana"]))["ana"] == "harbor"
    with pytest.raises(Refusal):
        await remembered.find(["ana", "bob"])


async def test_a_refusal_that_does_not_pass_is_told(
    remembered: Remembered[str], roster: FakeRoster, clock: ManualClock
) -> None:
    await remembered.find(["ana"])
    roster.failure = Code.PERMISSION_DENIED
    clock.advance(KEPT_FOR)

    with pytest.raises(Refusal):
        await remembered.find(["ana"])
