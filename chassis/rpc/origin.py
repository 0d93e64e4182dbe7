"""Where the present call comes from, as far as the connection and its headers tell."""

import ipaddress
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from urllib.parse import unquote

LONGEST_USER_AGENT = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """The address that the connection comes from (empty: unknown, as of a socket file), those that
    proxies in front say they forward for, and what the caller calls itself.
    """

    address: str = ""
    forwarded: tuple[str, ...] = ()
    user_agent: str = ""


_UNKNOWN = Origin()
_origin: ContextVar[Origin] = ContextVar("origin")


def current_origin() -> Origin:
    """The origin of the present call; an unknown one where there is no call."""
    return _origin.get(_UNKNOWN)


@contextmanager
def bind_origin(address: str, headers: Mapping[str, str]) -> Iterator[None]:
    """Makes the origin of a connection with its headers the present one for the time of the
    block.
    """
    forwarded = headers.get("x-forwarded-for", "")
    origin = Origin(
        address,
        tuple(one.strip() for one in forwarded.split(",") if one.strip()),
        headers.get("user-agent", "")[:LONGEST_USER_AGENT],
    )
    token = _origin.set(origin)
    try:
        yield
    finally:
        _origin.reset(token)


def address_of_peer(peer: str) -> str:
    """The address in what gRPC calls a peer, such as `ipv4:203.0.113.9:4711`; empty if there is
    none.
    """
    scheme, _, rest = unquote(peer).partition(":")
    if scheme not in ("ipv4", "ipv6"):
        return ""
    host = rest.rpartition(":")[0].strip("[]")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return ""
