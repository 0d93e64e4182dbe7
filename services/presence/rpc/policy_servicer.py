"""The service of policies on the wire."""

from typing import Any, TypeAlias

import grpc
from muster.presence.v1 import policy_service_pb2 as pb
from muster.presence.v1 import policy_service_pb2_grpc

from chassis.access import current_caller, current_scope
from chassis.errors import FieldViolation, invalid_fields
from services.presence.app.policies import Policies
from services.presence.rpc.policy_messages import policy_message
from services.presence.rpc.policy_requests import policy_of
from services.presence.rpc.requests import site_of

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"


class PolicyServicer(policy_service_pb2_grpc.PolicyServiceServicer):
    """Maps messages to use cases and back."""

    def __init__(self, policies: Policies) -> None:
        self._policies = policies

    async def GetPresencePolicy(  # noqa: N802 - the wire's name
        self, request: pb.GetPresencePolicyRequest, context: Context
    ) -> pb.PresencePolicy:
        site = site_of(request.site)
        if request.version < 0:
            raise invalid_fields([FieldViolation("version", "give a version from 0 on")])
        policy = await self._policies.get(site, request.version, current_scope())
        return policy_message(site, policy)

    async def UpdatePresencePolicy(  # noqa: N802 - the wire's name
        self, request: pb.UpdatePresencePolicyRequest, context: Context
    ) -> pb.PresencePolicy:
        site = site_of(request.policy.site, "policy.site")
        identity = current_caller().identity
        updated = await self._policies.update(
            site, policy_of(request.policy), identity.subject, identity.scope
        )
        return policy_message(site, updated)
