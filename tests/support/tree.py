"""The whole of Muster as `muster up` starts it, in a folder of the test's own."""

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from chassis.supervisor.processes import ProcessId, is_alive
from chassis.supervisor.runfile import Run, RunningChild, read_run

UP_WITHIN_SECONDS = 150.0
DOWN_WITHIN_SECONDS = 60.0
HEALED_WITHIN_SECONDS = 90.0
_POLL_SECONDS = 0.05
_PASSWORD = re.compile(r"^  (\w+) +([a-z0-9-]{19})$")


class Tree:
    """One run of `muster up`."""

    def __init__(self, folder: Path, process: asyncio.subprocess.Process) -> None:
        self.folder = folder
        self.lines: list[str] = []
        self._process = process
        self._reader = asyncio.create_task(self._read_lines())

    @property
    def shown(self) -> str:
        """Everything that it has shown so far."""
        return "\n".join(self.lines)

    @property
    def passwords(self) -> dict[str, str]:
        """The first passwords, as far as they were shown."""
        return {match[1]: match[2] for line in self.lines if (match := _PASSWORD.match(line))}

    @property
    def run(self) -> Run:
        """What it says that runs."""
        run = read_run(self.folder / ".muster" / "run.json")
        assert run is not None, f"nothing runs in {self.folder}:\n{self.shown}"
        return run

    @property
    def http_url(self) -> str:
        """The address of the REST API."""
        return f"http://{self.child('gateway').addresses['http']}"

    @property
    def grpc_address(self) -> str:
        """The address of the gRPC API."""
        return self.child("gateway").addresses["grpc"]

    def child(self, name: str) -> RunningChild:
        """A child as the run file describes it."""
        return next(child for child in self.run.children if child.name == name)

    def processes(self) -> list[ProcessId]:
        """The processes of all children."""
        return [child.process for child in self.run.children if child.process is not None]

    def secrets(self) -> dict[str, str]:
        """The passwords of the servers."""
        text = (self.folder / ".muster" / "secrets.json").read_text()
        return {str(name): str(secret) for name, secret in json.loads(text).items()}

    async def kill(self, name: str) -> None:
        """Kills a child as `kill -9` does, and returns once its end is noticed."""
        await self._end(name, signal.SIGKILL)

    async def terminate(self, name: str) -> None:
        """Tells a child to stop as Kubernetes does, and returns once its end is noticed."""
        await self._end(name, signal.SIGTERM)

    @contextlib.contextmanager
    def suspended(self, name: str) -> Iterator[None]:
        """Makes a child hang while the block runs, as a machine that swaps does."""
        child = self.child(name)
        assert child.process is not None
        os.kill(child.process.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(child.process.pid, signal.SIGCONT)

    async def healed(self) -> None:
        """Returns when every child is ready."""
        await self.until(lambda: all(child.phase == "ready" for child in self.run.children))

    async def kill_supervisor(self) -> None:
        """Kills the supervisor itself; returns once it and all its children are gone."""
        processes = self.processes()
        self._process.kill()
        await self._process.wait()
        await self.until(lambda: not any(is_alive(process) for process in processes))

    async def stop(self) -> int:
        """Does what Ctrl-C does; returns the exit code."""
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGINT)
        try:
            async with asyncio.timeout(DOWN_WITHIN_SECONDS):
                code = await self._process.wait()
                await self._reader
        except TimeoutError:
            self._process.kill()
            raise AssertionError(f"it does not stop:\n{self.shown}") from None
        return code

    async def until(self, happened: Callable[[], bool]) -> None:
        """Waits for something that can only be looked at."""
        try:
            async with asyncio.timeout(HEALED_WITHIN_SECONDS):
                while not happened():  # noqa: ASYNC110 - another process's doing
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError:
            raise AssertionError(f"it does not happen:\n{self.shown}") from None

    async def come_up(self) -> None:
        """Returns when it says that it runs."""
        try:
            async with asyncio.timeout(UP_WITHIN_SECONDS):
                while not any(line == "Ctrl-C stops it." for line in self.lines):
                    ended = self._process.returncode is not None and self._reader.done()
                    assert not ended, f"it does not come up:\n{self.shown}"
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError:
            raise AssertionError(f"it does not come up in time:\n{self.shown}") from None
        await self.until(lambda: self.run.phase == "ready")

    async def _end(self, name: str, number: signal.Signals) -> None:
        child = self.child(name)
        assert child.process is not None
        os.kill(child.process.pid, number)
        await self.until(lambda: self.child(name).restarts > child.restarts)

    async def _read_lines(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            self.lines.append(line.decode().rstrip("\n"))


@asynccontextmanager
async def running_tree(
    folder: Path, *options: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Tree]:
    """Runs Muster in a folder, on free ports and without a demo unless options say otherwise."""
    process = await start_muster(folder, *up_command(*options), environment=environment)
    tree = Tree(folder, process)
    try:
        await tree.come_up()
        yield tree
    finally:
        with contextlib.suppress(ProcessLookupError):
            await tree.stop()


def up_command(*options: str) -> tuple[str, ...]:
    """The arguments that start the tree on free ports."""
    return ("up", "--http-port", "0", "--grpc-port", "0", "--no-demo", *options)


async def run_muster(folder: Path, *arguments: str, **settings: str) -> tuple[int, str]:
    """Runs one command to its end; returns its exit code and what it showed."""
    process = await start_muster(folder, *arguments, environment=settings)
    shown, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, shown.decode()


async def start_muster(
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    typed: bool = False,
) -> asyncio.subprocess.Process:
    """Starts a command in a folder, which is made if it is missing; typed if it reads input."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    inherited = {name: text for name, text in os.environ.items() if "MUSTER_" not in name}
    options: dict[str, Any] = {
        "cwd": folder,
        "env": {**inherited, **(environment or {})},
        "stdin": asyncio.subprocess.PIPE if typed else asyncio.subprocess.DEVNULL,
        "stdout": asyncio.subprocess.PIPE,
        "stderr": asyncio.subprocess.STDOUT,
        "start_new_session": True,
    }
    return await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "cli", *arguments, **options
    )
