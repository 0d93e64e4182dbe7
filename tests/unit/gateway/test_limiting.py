"""How much one caller may ask for."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry

from chassis.access import Caller, bind_caller
from chassis.errors import Code, Refusal
from chassis.identity import Identity
from chassis.scope import EVERYTHING
from gateway.api.catalogue import Method, read_catalogue
from gateway.api.costs import Cost, cost_of, unknown_methods
from gateway.api.limiting import MOST_TOGETHER, Limiting, Rates
from gateway.domain.rates import Rate
from gateway.telemetry import declare_limit_metrics

CATALOGUE = read_catalogue()
READ = CATALOGUE["/muster.roster.v1.RosterService/GetSite"]
HEAVY = CATALOGUE["/muster.gateway.v1.BoardService/GetHeatmap"]
REPORT = CATALOGUE["/muster.presence.v1.PresenceService/ReportStates"]
SIGN_IN = CATALOGUE["/muster.gateway.v1.AccountService/CreateSession"]


class Gate:
    """The limits with a clock that is moved, and an address of whoever does not say who she is."""

    def __init__(self, rate: Rate, anonymous: Rate | None = None) -> None:
        self.now = 1_000.0
        self.address = "203.0.113.0/24"
        self.registry = CollectorRegistry()
        self.limiting = Limiting(
            Rates(rate, anonymous or rate),
            lambda: self.address,
            declare_limit_metrics(self.registry),
            lambda: self.now,
        )

    async def call(self, method: Method, subject: str = "accounts/a") -> None:
        async with self.open(method, subject):
            pass

    @asynccontextmanager
    async def open(self, method: Method, subject: str = "accounts/a") -> AsyncIterator[None]:
        with bind_caller(Caller(Identity(subject, frozenset(), EVERYTHING), "jwt")):
            async with self.limiting.through(method, b""):
                yield

    async def refusal(self, method: Method, subject: str = "accounts/a") -> Refusal:
        with pytest.raises(Refusal) as refused:
            await self.call(method, subject)
        return refused.value


def test_each_method_that_has_a_cost_of_its_own_exists() -> None:
    assert unknown_methods(CATALOGUE) == ()


def test_what_is_not_named_costs_by_what_it_may_do() -> None:
    assert cost_of(READ) is Cost.READ
    assert cost_of(CATALOGUE["/muster.gateway.v1.AccountService/DeleteSession"]) is Cost.CHANGE
    assert cost_of(CATALOGUE["/muster.dispatch.v1.ContactService/WatchQueueFigures"]) is Cost.READ


async def test_whoever_calls_too_often_is_told_when_to_come_again() -> None:
    gate = Gate(Rate(per_second=2, burst=3))
    for _ in range(3):
        await gate.call(READ)

    refusal = await gate.refusal(READ)

    assert (refusal.code, refusal.reason) == (Code.RESOURCE_EXHAUSTED, "RATE_LIMITED")
    assert refusal.metadata == {"class": "read"}
    assert refusal.retry_after is not None
    gate.now += refusal.retry_after.total_seconds()
    await gate.call(READ)
    counted = gate.registry.get_sample_value("muster_gateway_calls_limited_total", {"cost": "read"})
    assert counted == 1


async def test_callers_do_not_pay_for_each_other() -> None:
    gate = Gate(Rate(per_second=2, burst=1))
    await gate.call(READ, "accounts/a")

    await gate.call(READ, "accounts/b")

    await gate.refusal(READ, "accounts/a")


async def test_a_heavy_read_costs_as_much_as_ten_others() -> None:
    gate = Gate(Rate(per_second=1, burst=20))

    await gate.call(HEAVY)
    for _ in range(10):
        await gate.call(READ)

    await gate.refusal(READ)


async def test_twenty_thousand_changes_a_second_are_not_hindered_by_default() -> None:
    gate = Gate(Rate(per_second=200, burst=2000))

    # In calls of a hundred changes each, for a minute.
    for _ in range(60):
        for _ in range(200):
            await gate.call(REPORT, "processes/adapter")
        gate.now += 1


async def test_a_caller_has_a_few_heavy_calls_in_hand_and_any_number_of_light_ones() -> None:
    gate = Gate(Rate(per_second=1, burst=1000))
    async with AsyncExitStack() as open_calls:
        for _ in range(MOST_TOGETHER):
            await open_calls.enter_async_context(gate.open(HEAVY))
        refusal = await gate.refusal(HEAVY)
        await gate.call(READ)
        await gate.call(HEAVY, "accounts/b")

    assert (refusal.reason, dict(refusal.metadata)) == ("RATE_LIMITED", {"class": "heavy"})
    await gate.call(HEAVY)


async def test_what_is_no_method_is_paid_for_from_the_same_bucket() -> None:
    gate = Gate(Rate(per_second=1, burst=4))
    with bind_caller(Caller(Identity("accounts/a", frozenset(), EVERYTHING), "jwt")):
        gate.limiting.charge(Cost.READ, 3)
        with pytest.raises(Refusal, match="RATE_LIMITED") as refused:
            gate.limiting.charge(Cost.READ, 2)

    assert refused.value.retry_after == timedelta(seconds=1)
    await gate.call(READ)
    await gate.refusal(READ)


async def test_those_who_sign_in_share_what_their_network_has() -> None:
    gate = Gate(Rate(1, 100), anonymous=Rate(per_second=1, burst=4))
    for _ in range(2):
        async with gate.limiting.through(SIGN_IN, b""):
            pass

    with pytest.raises(Refusal, match="RATE_LIMITED"):
        async with gate.limiting.through(SIGN_IN, b""):
            pass

    gate.address = "198.51.100.0/24"
    async with gate.limiting.through(SIGN_IN, b""):
        pass


async def test_the_gate_behind_is_not_reached_by_what_is_refused() -> None:
    gate = Gate(Rate(per_second=1, burst=1))
    passed: list[str] = []

    @asynccontextmanager
    async def further(method: Method, _request: bytes | None) -> AsyncIterator[None]:
        passed.append(method.path)
        yield

    through = gate.limiting.before(further)
    with bind_caller(Caller(Identity("accounts/a", frozenset(), EVERYTHING), "jwt")):
        async with through(READ, b""):
            pass
        with pytest.raises(Refusal):
            async with through(READ, b""):
                pass

    assert passed == [READ.path]
