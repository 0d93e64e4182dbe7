"""Which sites readers may see: asked once for all who come at once and see the same."""

import asyncio
from collections.abc import Awaitable, Callable

from chassis.access import current_caller
from chassis.errors import Refusal
from chassis.scope import Scope

CheckSite = Callable[[str], Awaitable[object]]
"""Refuses a site that does not exist or that the present caller may not see."""

_Asked = tuple[str, frozenset[str], Scope]


class SiteChecks:
    """Checks sites for those who open streams. After a gateway has left, all its readers come back
    at once: a question on its way serves everybody with the same permissions and scope.
    """

    def __init__(self, check_site: CheckSite) -> None:
        self._check_site = check_site
        self._asking: dict[_Asked, asyncio.Task[Refusal | None]] = {}

    async def check(self, site: str) -> None:
        """Refuses a site that does not exist or that the present caller may not see."""
        identity = current_caller().identity
        asked = site, identity.permissions, identity.scope
        if asked not in self._asking:
            self._asking[asked] = asyncio.create_task(self._ask(site), name="site check")
            self._asking[asked].add_done_callback(lambda _: self._asking.pop(asked))
        # Who leaves meanwhile takes the answer from nobody.
        refusal = await asyncio.shield(self._asking[asked])
        if refusal is not None:
            raise refusal

    async def _ask(self, site: str) -> Refusal | None:
        try:
            await self._check_site(site)
        except Refusal as refusal:
            return refusal
        return None
