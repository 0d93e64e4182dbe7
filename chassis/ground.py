"""What a process stands on while it runs: given to its `assemble`, taken down at the end."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Generic, TypeVar

import grpc

from chassis.access import forwarded_token
from chassis.bus import Bus
from chassis.cancelling import cancel_all
from chassis.clock import Clock
from chassis.config import ProcessSettings
from chassis.database import Database
from chassis.health import Health
from chassis.identity import Signer, Trust
from chassis.rpc.channel import open_channel
from chassis.telemetry import Telemetry

S = TypeVar("S", bound=ProcessSettings)

_AGAIN_SECONDS = 2.0

Drain = Callable[[timedelta], Awaitable[None]]


@dataclass(frozen=True)
class Ground(Generic[S]):
    """The means of one process.

    What is put on the stack is closed when the process ends, after its calls and tasks.
    """

    settings: S
    clock: Clock
    telemetry: Telemetry
    trust: Trust
    signer: Signer
    health: Health
    database: Database
    bus: Bus
    stack: AsyncExitStack
    tasks: "BackgroundTasks"
    drains: list[Drain] = field(default_factory=list)

    def peer(self, target: str, *, forward: bool) -> grpc.aio.Channel:
        """A channel to another process, closed at the end.

        With `forward` its calls carry the present caller's token, otherwise the process's own.
        """
        if not target:
            raise ValueError("the target of a peer is not set; see the MUSTER_..._TARGET settings")
        token = forwarded_token if forward else self._own_token
        channel = open_channel(target, token=token, telemetry=self.telemetry)
        self.stack.push_async_callback(channel.close)
        return channel

    def spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> None:
        """Runs a task until the process ends. If the task ends by itself, so does the process."""
        self.tasks.spawn(coroutine, name)

    def on_drain(self, drain: Drain) -> None:
        """Adds what is to be drained beside the gRPC server, within the grace that it is given."""
        self.drains.append(drain)

    def _own_token(self) -> str:
        return self.signer.sign_own(self.clock.now())


class BackgroundTasks:
    """The tasks of a process. None of them may end before it does."""

    def __init__(self, telemetry: Telemetry) -> None:
        self.failed = asyncio.Event()
        self._log = telemetry.log
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def spawn(self, coroutine: Coroutine[Any, Any, None], name: str) -> None:
        """Starts a task."""
        task = asyncio.create_task(coroutine, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def stop(self) -> None:
        """Cancels every task and waits until all are gone."""
        self._stopping = True
        # Longer than what a task takes that has tasks of its own to end.
        await cancel_all(self._tasks, again_seconds=_AGAIN_SECONDS)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if self._stopping and error is None:
            return
        self._log.error("task.ended", task=task.get_name(), exc_info=error)
        self.failed.set()
