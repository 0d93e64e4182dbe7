"""The rules of sources where no site has set any."""

from collections.abc import Sequence
from datetime import timedelta

from services.presence.domain.lease import DEFAULT_GRACE, DEFAULT_LEASE_RULES, LeaseRule
from services.presence.domain.state import State


class DefaultRules:
    """The defaults, for every site."""

    async def lease_rules(self, site: str) -> Sequence[LeaseRule]:
        """Returns the rules of leases."""
        return DEFAULT_LEASE_RULES

    async def grace(self, site: str) -> timedelta:
        """Returns the grace."""
        return DEFAULT_GRACE

    async def limit_end(self, site: str, queue: str) -> State:
        """Returns what a wrap-up ends in."""
        return State.ONLINE
