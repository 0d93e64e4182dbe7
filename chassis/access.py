"""Who may call what: rules stand in the protos and name permissions; every server and the gateway
apply them here.
"""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from google.protobuf import descriptor_pool
from muster.options.v1 import options_pb2

from chassis.clock import Clock
from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.identity import Identity, Trust, sign_in_required
from chassis.scope import Scope, Scopes


class Visibility(Enum):
    """Who may reach a method."""

    PUBLIC = options_pb2.VISIBILITY_PUBLIC
    INTERNAL = options_pb2.VISIBILITY_INTERNAL


@dataclass(frozen=True, slots=True)
class Access:
    """The access rule of one method: a permission to hold, or open to anybody (`anonymous`)."""

    visibility: Visibility
    permission: str
    anonymous: bool


@dataclass(frozen=True, slots=True)
class Caller:
    """Whoever makes the present call, with the verified token, to send along when calling others
    for her.
    """

    identity: Identity
    token: str


Authenticator = Callable[[str], Awaitable[Caller]]
"""Turns a bearer token into its caller, or refuses with SIGN_IN_REQUIRED."""

_caller: ContextVar[Caller] = ContextVar("caller")


def current_caller() -> Caller:
    """The caller of the present call. LookupError where there is no call or no identity."""
    return _caller.get()


def current_permissions() -> frozenset[str]:
    """What the present caller may do; nothing where nobody is known, as in anonymous calls."""
    caller = _caller.get(None)
    return caller.identity.permissions if caller else frozenset()


def current_scope() -> Scope:
    """The rows that the present caller may see. LookupError outside a call."""
    return current_caller().identity.scope


def current_scopes() -> Scopes:
    """The rows that the present caller may see, now and of the past. LookupError outside a call."""
    identity = current_caller().identity
    return Scopes(identity.scope, identity.history_scope)


def forwarded_token() -> str:
    """The present caller's token, for calls made in her name. LookupError outside a call."""
    return current_caller().token


@contextmanager
def bind_caller(caller: Caller) -> Iterator[None]:
    """Makes somebody the present caller for the time of the block."""
    token = _caller.set(caller)
    try:
        yield
    finally:
        _caller.reset(token)


def trust_authenticator(trust: Trust, clock: Clock) -> Authenticator:
    """The authenticator that takes the tokens of Muster's own processes and nothing else."""

    async def authenticate(bearer: str) -> Caller:
        return Caller(trust.verify(bearer, clock.now()), bearer)

    return authenticate


class AccessRuleMissingError(LookupError):
    """A method of Muster that does not say who may call it. Its server does not start."""


@lru_cache(maxsize=1024)
def access_of(method: str) -> Access:
    """The rule of a method, given as `/muster.presence.v1.PresenceService/ReportStates`.

    AccessRuleMissingError if the method is unknown or carries no complete
    `muster.options.v1.access`.
    """
    name = method.removeprefix("/").replace("/", ".")
    try:
        descriptor = descriptor_pool.Default().FindMethodByName(name)
    except KeyError as error:
        raise AccessRuleMissingError(f"{method} is described nowhere") from error
    # The stubs of generated extensions know another type of descriptor, hence Any.
    options: Any = descriptor.GetOptions()
    rule: options_pb2.Access = options.Extensions[options_pb2.access]
    if rule.visibility == options_pb2.VISIBILITY_UNSPECIFIED:
        raise AccessRuleMissingError(f"{method} does not say who may reach it")
    if rule.anonymous == bool(rule.permission):
        raise AccessRuleMissingError(f"{method} must either name a permission or be anonymous")
    return Access(Visibility(rule.visibility), rule.permission, rule.anonymous)


def require_rules(service: str) -> None:
    """Raises AccessRuleMissingError unless every method of a service of Muster has its rule."""
    try:
        methods = descriptor_pool.Default().FindServiceByName(service).methods
    except KeyError as error:
        raise AccessRuleMissingError(f"{service} is described nowhere") from error
    for method in methods:
        access_of(f"/{service}/{method.name}")


def check_access(method: str, caller: Caller | None) -> None:
    """Refuses unless the caller (None: without an identity) may call the method."""
    rule = access_of(method)
    if rule.anonymous:
        return
    if caller is None:
        raise sign_in_required("the call brings no identity")
    check_permission(rule.permission, caller)


def check_permission(permission: str, caller: Caller) -> None:
    """Refuses unless the caller holds the permission."""
    if permission not in caller.identity.permissions:
        raise Refusal(
            Code.PERMISSION_DENIED,
            "PERMISSION_MISSING",
            f"the permission {permission} is missing",
            metadata={"permission": permission},
            domain=SHARED_DOMAIN,
        )
