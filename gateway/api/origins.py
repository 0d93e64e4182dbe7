"""From where the present call comes, as signing in and the lists of sessions tell it."""

from collections.abc import Callable

from chassis.rpc.origin import current_origin
from gateway.domain.addresses import Network, address_class, client_address
from gateway.domain.sessions import Place

CurrentPlace = Callable[[], Place]
"""Returns from where the present call comes."""


def place_behind(proxies: tuple[Network, ...]) -> CurrentPlace:
    """Returns what tells the place of the present call, where some proxies are believed about whom
    they forward for.
    """

    def current_place() -> Place:
        origin = current_origin()
        address = client_address(origin.address, origin.forwarded, proxies)
        return Place(address_class(address), origin.user_agent)

    return current_place
