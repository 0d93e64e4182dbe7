"""The rules by which presence judges, asked in the gateway's own name."""

import grpc
from muster.presence.v1 import policy_service_pb2 as pb
from muster.presence.v1 import policy_service_pb2_grpc

from chassis.errors import Code, Refusal
from gateway.backends.refusals import refusing
from gateway.domain.breaks import ReasonLimits

_SECONDS = 2.0


class PresencePolicies:
    """The policies of sites."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._policies = policy_service_pb2_grpc.PolicyServiceStub(channel)

    async def break_limits_ms(self, site: str) -> ReasonLimits:
        """Returns how long a break may last, by its reason, where there is a limit. A site that
        nobody has worked at has none.
        """
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
