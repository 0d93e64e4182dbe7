"""How long breaks of the floor may last."""

from datetime import timedelta

from muster.presence.v1 import policy_service_pb2

from simulator.twin.shifts import BREAK_LENGTHS

_GRACE = timedelta(minutes=1)


def limit_request(
    policy: policy_service_pb2.PresencePolicy,
) -> policy_service_pb2.UpdatePresencePolicyRequest:
    """Makes the request that has breaks of a site last as long as planned, and a minute more."""
    request = policy_service_pb2.UpdatePresencePolicyRequest(policy=policy)
    for reason in request.policy.break_reasons:
        if reason.code in BREAK_LENGTHS:
            reason.longest.FromTimedelta(BREAK_LENGTHS[reason.code] + _GRACE)
    return request
