"""Brings up a tree of children, keeps it up, and takes it down in reverse."""

import asyncio
import contextlib
from collections.abc import Callable, Iterable
from pathlib import Path

from chassis.supervisor.child import Child
from chassis.supervisor.happenings import Happening
from chassis.supervisor.keeper import Keeper
from chassis.supervisor.logs import ChildLog
from chassis.supervisor.order import Wave, start_waves

_BOUND_LOGS_EVERY_SECONDS = 5.0


class Supervisor:
    """Keeps children running. Use it as a context: its end stops them all."""

    def __init__(self, logs: Path, tell: Callable[[Happening], None]) -> None:
        self._logs = logs
        self._tell = tell
        self._keepers: dict[str, Keeper] = {}
        self._waves: list[Wave] = []
        self._upkeep: asyncio.Task[None] | None = None

    async def __aenter__(self) -> "Supervisor":
        self._upkeep = asyncio.create_task(self._bound_logs())
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        if self._upkeep is not None:
            self._upkeep.cancel()
            # Cancelled by the line above.
            with contextlib.suppress(asyncio.CancelledError):
                await self._upkeep

    async def start(self, children: Iterable[Child]) -> None:
        """Starts children in order of their needs and returns when all are ready.

        May be called again for more of them. Raises ChildFailedError for the first that fails;
        those that are up stay up.
        """
        for wave in start_waves(children, ready=self._keepers):
            self._waves.append(wave)
            starts = [asyncio.create_task(self._add(child).start()) for child in wave]
            try:
                await asyncio.gather(*starts)
            except BaseException:
                for start in starts:
                    start.cancel()
                raise

    async def stop(self) -> None:
        """Stops all children, those that need others before the others. Twice is no error."""
        while self._waves:
            wave = self._waves.pop()
            await asyncio.gather(*(self._keepers[child.name].stop() for child in wave))

    async def watch(self) -> None:
        """Lasts as long as the children are kept; raises if a defect of this code ends that."""
        await asyncio.gather(*(keeper.watch() for keeper in self._keepers.values()))

    def kill(self) -> None:
        """Ends all children at once, for whoever cannot wait for `stop`."""
        for keeper in self._keepers.values():
            keeper.kill()

    def _add(self, child: Child) -> Keeper:
        keeper = Keeper(child, ChildLog(self._logs / f"{child.name}.log"), self._tell)
        self._keepers[child.name] = keeper
        return keeper

    async def _bound_logs(self) -> None:
        while True:
            await asyncio.sleep(_BOUND_LOGS_EVERY_SECONDS)
            for keeper in list(self._keepers.values()):
                # No room for the copy: the next time there may be.
                with contextlib.suppress(OSError):
                    await asyncio.to_thread(keeper.log.keep_bounded)
