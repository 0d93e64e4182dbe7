"""The whole of Muster behind a browser: a running tree, and who puts data in by the API."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from chassis.clock import SystemClock
from tests.support.desk import Desk, signed_in, zone_of_noon
from tests.support.tree import Tree, run_muster, running_tree

T = TypeVar("T")

_ANSWER_SECONDS = 120


@dataclass(frozen=True)
class RealSystem:
    """A running tree and its supervisor's desk, for tests that have no loop of their own: the
    browser keeps theirs. Its sites lie where it is noon: no day ends in the middle of a test.
    """

    tree: Tree
    desk: Desk
    zone: ZoneInfo
    _loop: asyncio.AbstractEventLoop

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Waits for what the tree or the desk does."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_ANSWER_SECONDS)

    def open_site(self, site: str, agents: Sequence[str]) -> None:
        """Makes a site with agents, of whom nothing is known yet."""
        self.do(self.desk.open_site(site, agents, self.zone.key))

    def report(self, agent: str, state: str, event_id: str) -> None:
        """Reports that a telephone says so of an agent, now."""
        self.do(self.desk.report(agent, state, SystemClock().now(), event_id))

    def verify(self, receipt: Path) -> tuple[int, str]:
        """Runs `muster verify receipt`; returns its exit code and what it showed."""
        return self.do(run_muster(self.tree.folder, "verify", "receipt", str(receipt)))

    def wall_token(self, site: str) -> str:
        """Makes a screen that may show a site; returns its token."""
        screen = {"displayName": "Wall", "roles": ["roles/wall"], "sites": [f"sites/{site}"]}
        made = {"serviceAccountId": f"wall-{site}", "serviceAccount": screen}
        self.do(self.desk.post("/v1/serviceAccounts", made))
        path = f"/v1/serviceAccounts/wall-{site}/tokens"
        return str(self.do(self.desk.post(path, {"displayName": "screen"}))["token"])


@contextmanager
def real_system(folder: Path, site: str, agents: Sequence[str]) -> Iterator[RealSystem]:
    """Runs a tree without a demo, with one site and its agents."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, name="tree")
    thread.start()
    stack = AsyncExitStack()
    try:
        system = asyncio.run_coroutine_threadsafe(_opened(stack, folder), loop).result()
        system.open_site(site, agents)
        yield system
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _opened(stack: AsyncExitStack, folder: Path) -> RealSystem:
    tree = await stack.enter_async_context(running_tree(folder))
    desk = await stack.enter_async_context(signed_in(tree))
    return RealSystem(tree, desk, zone_of_noon(SystemClock().now()), asyncio.get_running_loop())
