"""Waits for what a process cannot do without, and says meanwhile what is missing."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from pydantic import SecretStr
from structlog.typing import FilteringBoundLogger

from chassis.health import Health

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0


class Checked(Protocol):
    """A connection that can tell whether it works."""

    async def check(self) -> str | None:
        """None when fine, otherwise why not."""
        ...


C = TypeVar("C", bound=Checked)
R = TypeVar("R")


class StopAskedError(Exception):
    """The process was asked to stop before the wait was over."""


async def connect_patiently(
    name: str,
    url: SecretStr,
    connect: Callable[[str], Awaitable[C]],
    health: Health,
    log: FilteringBoundLogger,
) -> C:
    """Connects, however long it takes, and registers the connection's check under the name.

    Until then that check tells what the last attempt met. The address may hold a password and is
    cut out of what is told.
    """
    why = "is not connected yet"

    async def tell_why() -> str | None:
        return why

    health.register(name, tell_why)
    pause = FIRST_PAUSE_SECONDS
    while True:
        try:
            connection = await connect(url.get_secret_value())
        except Exception as error:
            why = f"{type(error).__name__}: {error}".replace(url.get_secret_value(), "...").strip()
            log.warning("process.waits", missing=name, why=why)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
        else:
            health.register(name, connection.check)
            return connection


async def unless_stopped(stop: asyncio.Event, work: Awaitable[R]) -> R:
    """The result of the work, or StopAskedError, with the work cancelled, once `stop` is set."""
    working = asyncio.ensure_future(work)
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise StopAskedError
    finally:
        stopping.cancel()
        working.cancel()
        await asyncio.gather(working, stopping, return_exceptions=True)
