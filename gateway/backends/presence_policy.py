"""The rules by which presence judges, asked in the gateway's own name."""

from datetime import datetime, timedelta

import grpc
from muster.presence.v1 import policy_service_pb2 as pb
from muster.presence.v1 import policy_service_pb2_grpc

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.backends.refusals import refusing
from gateway.domain.breaks import ReasonLimits

_SECONDS = 2.0
_COPY_AGE = timedelta(seconds=5)
_AWAY = frozenset({Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED})


class PresencePolicies:
    """The policies of sites, from a copy of some seconds; from an older one while presence is away,
    since rules change seldom.
    """

    def __init__(self, channel: grpc.aio.Channel, clock: Clock) -> None:
        self._policies = policy_service_pb2_grpc.PolicyServiceStub(channel)
        self._clock = clock
        self._copies: dict[str, tuple[datetime, ReasonLimits]] = {}

    async def break_limits_ms(self, site: str) -> ReasonLimits:
        """Returns how long a break may last, by its reason, where there is a limit. A site that
        nobody has worked at has none.
        """
        now, copy = self._clock.now(), self._copies.get(site)
        if copy is not None and now - copy[0] <= _COPY_AGE:
            return copy[1]
        try:
            limits = await self._read(site)
        except Refusal as refusal:
            if copy is None or refusal.code not in _AWAY:
                raise
            return copy[1]
        self._copies[site] = (now, limits)
        return limits

    async def _read(self, site: str) -> ReasonLimits:
        try:
            policy = await self._get(site)
        except Refusal as refusal:
            if refusal.code is not Code.NOT_FOUND:
                raise
            return {}
        return {
            reason.code: reason.longest.ToMilliseconds()
            for reason in policy.break_reasons
            if reason.HasField("longest")
        }

    async def _get(self, site: str) -> pb.PresencePolicy:
        request = pb.GetPresencePolicyRequest(site=site)
        with refusing():
            found: pb.PresencePolicy = await self._policies.GetPresencePolicy(
                request, timeout=_SECONDS
            )
        return found
