"""Classes of addresses: the network that somebody calls from, coarse enough to say nothing about
one device and fine enough to tell a stranger from the house.
"""

import ipaddress
from collections.abc import Sequence

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_PREFIX = {4: 24, 6: 56}


def parse_networks(text: str) -> tuple[Network, ...]:
    """Reads networks with commas between, such as `10.0.0.0/8, fd00::/8`; ValueError names what is
    none.
    """
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


def client_address(address: str, forwarded: Sequence[str], proxies: Sequence[Network]) -> str:
    """Returns the address of the client: the nearest one on the way back that is no proxy of ours.

    What stands before that one is what the client says of itself, and counts for nothing.
    """
    for hop in (address, *reversed(forwarded)):
        if not _is_within(hop, proxies):
            return hop
    return address


def address_class(address: str) -> str:
    """Returns the network of an address, such as `203.0.113.0/24`; empty for what is no address."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return ""
    if parsed.version == 6 and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network((parsed, _PREFIX[parsed.version]), strict=False))


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(parsed in network for network in networks)
