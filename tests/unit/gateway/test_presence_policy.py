"""How long breaks may last, as the gateway knows it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from muster.presence.v1.policy_service_pb2 import PresencePolicy

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.backends.presence_policy import PresencePolicies

MINUTE = timedelta(minutes=1)


class Presence:
    """A channel to a presence with one limit."""

    def __init__(self) -> None:
        self.longest = 10 * MINUTE
        self.refused: Code | None = None

    def unary_unary(self, *_method: Any, **_options: Any) -> Any:
        return self._answer

    async def _answer(self, _request: Any, timeout: float) -> PresencePolicy:  # noqa: ASYNC109 - as gRPC has it
        assert timeout > 0
        if self.refused is not None:
            raise Refusal(self.refused, "REFUSED", "as the test wants")
        policy = PresencePolicy()
        policy.break_reasons.add(code="lunch").longest.FromTimedelta(self.longest)
        return policy


@pytest.fixture
def presence() -> Presence:
    return Presence()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 22, 12, tzinfo=UTC))


@pytest.fixture
def policies(presence: Presence, clock: ManualClock) -> PresencePolicies:
    return PresencePolicies(presence, clock)  # type: ignore[arg-type]  # all that is asked of it


async def test_a_change_of_the_rules_holds_within_seconds(
    policies: PresencePolicies, presence: Presence, clock: ManualClock
) -> None:
    assert await policies.break_limits_ms("sites/bank") == {"lunch": 600_000}

    presence.longest = 20 * MINUTE
    clock.advance(timedelta(seconds=6))

    assert await policies.break_limits_ms("sites/bank") == {"lunch": 1_200_000}


async def test_while_presence_is_away_the_rules_stay_as_they_were_known(
    policies: PresencePolicies, presence: Presence, clock: ManualClock
) -> None:
    await policies.break_limits_ms("sites/bank")

    presence.refused = Code.UNAVAILABLE
    clock.advance(MINUTE)

    assert await policies.break_limits_ms("sites/bank") == {"lunch": 600_000}
    with pytest.raises(Refusal):
        await policies.break_limits_ms("sites/other")


async def test_a_site_without_anybody_has_no_limits(
    policies: PresencePolicies, presence: Presence
) -> None:
    presence.refused = Code.NOT_FOUND

    assert await policies.break_limits_ms("sites/bank") == {}
