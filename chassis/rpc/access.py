"""Checks who calls before a method sees the call."""

from collections.abc import Mapping
from typing import Any

from chassis.access import (
    Authenticator,
    Caller,
    access_of,
    bind_caller,
    check_access,
    check_permission,
)
from chassis.identity import sign_in_required
from chassis.rpc.call import Call, Proceed

MUSTER_SERVICES = "muster."
SCHEME = "bearer "

REFLECTION_PERMISSION = "gateway.reflection.read"
"""What it takes to have the contracts described over gRPC, which no proto of ours can say."""

_REFLECTION = "/grpc.reflection."


class AccessLayer:
    """Applies the rules of the protos. Of what is not Muster's own, reflection has a permission,
    and the rest needs any valid identity.
    """

    def __init__(self, authenticate: Authenticator) -> None:
        self._authenticate = authenticate

    async def __call__(self, call: Call, proceed: Proceed) -> Any:
        """Answers with the caller bound, or refuses."""
        ours = call.method.startswith(f"/{MUSTER_SERVICES}")
        if not call.is_known or (ours and access_of(call.method).anonymous):
            # A stale token must not keep anybody from signing in.
            return await proceed()
        caller = await self._caller(call)
        if ours:
            check_access(call.method, caller)
        elif call.method.startswith(_REFLECTION):
            check_permission(REFLECTION_PERMISSION, caller)
        with bind_caller(caller):
            return await proceed()

    async def _caller(self, call: Call) -> Caller:
        return await self._authenticate(bearer_of(call.headers))


def bearer_of(headers: Mapping[str, Any]) -> str:
    """The bearer token that the headers of a call bring; refuses a call without one."""
    header = str(headers.get("authorization", ""))
    if header[: len(SCHEME)].lower() != SCHEME:
        raise sign_in_required("the call brings no bearer token")
    return header[len(SCHEME) :].strip()
