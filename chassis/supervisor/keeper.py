"""Keeps one child running."""

import asyncio
import contextlib
import os
import signal
import subprocess
from asyncio.subprocess import DEVNULL, Process
from collections.abc import Callable
from datetime import timedelta

from chassis.embedded import spawn_options
from chassis.supervisor.backoff import Failures
from chassis.supervisor.child import Child
from chassis.supervisor.happenings import ChildFailedError, Died, Happening, Ready, Started, Stopped
from chassis.supervisor.logs import ChildLog

FIRST_READY_WITHIN = timedelta(seconds=90)
FIRST_ATTEMPTS = 4
_PROBE_EVERY_SECONDS = 0.05
_SHOWN_LINES = 12


class Keeper:
    """Starts a child, and starts it again whenever it dies, until told to stop."""

    def __init__(self, child: Child, log: ChildLog, tell: Callable[[Happening], None]) -> None:
        self.child = child
        self.log = log
        self._tell = tell
        self._process: Process | None = None
        self._stopping = False
        self._first_ready: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when the child is ready; raises ChildFailedError if it does not become so."""
        loop = asyncio.get_running_loop()
        self._first_ready = loop.create_future()
        self._task = asyncio.create_task(self._keep(), name=f"keep {self.child.name}")
        self._task.add_done_callback(self._pass_on_defect)
        try:
            async with asyncio.timeout(FIRST_READY_WITHIN.total_seconds()):
                await self._first_ready
        except TimeoutError:
            why = await self.child.probe() or "is ready now"
            raise self._failed(f"is not ready after {FIRST_READY_WITHIN}: {why}") from None

    async def watch(self) -> None:
        """Lasts as long as the child is kept; raises if a defect of this code ends that."""
        if self._task is not None:
            await asyncio.shield(self._task)

    async def stop(self) -> None:
        """Ends the child: asks it to, and kills it if it takes too long. Twice is no error."""
        if self._task is None or self._task.done():
            return
        self._stopping = True
        by_force = False
        if self._process is not None and self._process.returncode is None:
            by_force = await self._end(self._process)
        self._task.cancel()
        # Cancelled by the line above.
        with contextlib.suppress(asyncio.CancelledError):
            await self._task
        self._tell(Stopped(self.child.name, by_force))

    def kill(self) -> None:
        """Ends the child at once and for good, for whoever cannot wait."""
        self._stopping = True
        if self._process is not None and self._process.returncode is None:
            self._process.kill()

    async def _keep(self) -> None:
        failures = Failures()
        while not self._stopping:
            how, ran = await self._run_once()
            if self._stopping:
                return
            failures = failures.after_death(ran)
            if self._gave_up(failures, how):
                return
            lines = self.log.last_lines(_SHOWN_LINES)
            self._tell(Died(self.child.name, how, failures.delay(), lines))
            await asyncio.sleep(failures.delay().total_seconds())

    async def _run_once(self) -> tuple[str, timedelta]:
        """Runs the program once; returns how it ended and how long it ran."""
        loop = asyncio.get_running_loop()
        begin = loop.time()
        try:
            how = describe_end(await self._run_to_end(begin))
        except (OSError, subprocess.SubprocessError) as error:
            how = f"could not be started: {error}"
        return how, timedelta(seconds=loop.time() - begin)

    async def _run_to_end(self, begin: float) -> int:
        if self.child.prepare is not None:
            await asyncio.to_thread(self.child.prepare)
        process = self._process = await self._spawn()
        self._tell(Started(self.child.name, process.pid))
        watch = asyncio.create_task(self._watch_ready(begin))
        try:
            return await process.wait()
        finally:
            watch.cancel()

    async def _spawn(self) -> Process:
        output = self.log.open_for_run()
        try:
            return await asyncio.create_subprocess_exec(
                *self.child.command,
                env=dict(self.child.environment),
                stdin=DEVNULL,
                stdout=output,
                stderr=output,
                **spawn_options(self.child.run_as, orphan_signal=self.child.orphan_signal),
            )
        finally:
            os.close(output)

    async def _watch_ready(self, begin: float) -> None:
        while await self.child.probe() is not None:  # noqa: ASYNC110 - a program can only be asked
            await asyncio.sleep(_PROBE_EVERY_SECONDS)
        took = timedelta(seconds=asyncio.get_running_loop().time() - begin)
        self._tell(Ready(self.child.name, took))
        if self._first_ready is not None and not self._first_ready.done():
            self._first_ready.set_result(None)

    def _gave_up(self, failures: Failures, how: str) -> bool:
        """A child that was never ready and dies again and again has a fault that stays."""
        first = self._first_ready
        if first is None or first.done() or failures.count < FIRST_ATTEMPTS:
            return False
        first.set_exception(self._failed(f"{how}, {failures.count} times in a row"))
        return True

    def _failed(self, why: str) -> ChildFailedError:
        return ChildFailedError(self.child.name, why, self.log.last_lines(_SHOWN_LINES))

    def _pass_on_defect(self, task: asyncio.Task[None]) -> None:
        first = self._first_ready
        if task.cancelled() or first is None or first.done():
            return
        if error := task.exception():
            first.set_exception(error)

    async def _end(self, process: Process) -> bool:
        # It may have ended by itself.
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(self.child.stop_signal)
        try:
            async with asyncio.timeout(self.child.stop_within.total_seconds()):
                await process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            return True
        return False


def describe_end(status: int) -> str:
    """Says how a program ended, from its exit status; negative means by a signal."""
    if status >= 0:
        return f"ended with exit code {status}"
    try:
        return f"was killed by {signal.Signals(-status).name}"
    except ValueError:
        return f"was killed by signal {-status}"
