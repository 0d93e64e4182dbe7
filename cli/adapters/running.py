"""Runs a live source until somebody stops it."""

import asyncio
import contextlib
import signal
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

import grpc.aio
import typer

from chassis.clock import SystemClock
from chassis.errors import Refusal
from chassis.identity import Signer
from cli.adapters.sender import Change, LiveSender
from cli.errors import CommandError
from cli.gateway_way import open_way
from cli.session import find_gateway, load_session, open_gateway

ADAPTER = "adapter"
_DRAIN_SECONDS = 10.0

OpenWay = Callable[[], grpc.aio.Channel]


def way_to_gateway(key: Path | None, gateway: str) -> OpenWay:
    """Returns what opens the channel: with the adapter's own identity, or with a sign-in."""
    if key is None:
        return partial(open_gateway, load_session(gateway or None))
    try:
        signer = Signer.load(key, ADAPTER)
    except (OSError, ValueError) as error:
        raise CommandError(f"--key: {key} cannot be read as a key: {error}") from None
    clock = SystemClock()
    return partial(
        open_way,
        find_gateway(gateway or None),
        token=lambda: signer.sign_own(clock.now()),
        process=ADAPTER,
    )


async def run_until_stopped(sender: LiveSender, *work: Coroutine[Any, Any, None]) -> None:
    """Runs the work beside its sender until SIGTERM or SIGINT, then sends what is on its way.

    Raises what ends one of them: CommandError for a gateway that does not let this source in.
    """
    stopped = _stop_signal()
    sending = asyncio.create_task(sender.run())
    working = [asyncio.create_task(each) for each in work]
    await asyncio.wait({stopped, sending, *working}, return_when=asyncio.FIRST_COMPLETED)
    for task in working:
        task.cancel()
    if stopped.done() and not sending.done():
        # Whoever stops it waits no longer than this.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(sender.drain(), _DRAIN_SECONDS)
    sending.cancel()
    stopped.cancel()
    for ended in await asyncio.gather(sending, *working, return_exceptions=True):
        _raise_unless_cancelled(ended)


def say(line: str) -> None:
    """Tells whoever runs the command."""
    typer.echo(line, err=True)


def say_refused(change: Change, why: str) -> None:
    """Tells of a change that the server refuses."""
    whose = change.agent or getattr(change, "contact_id", "")
    say(f"refused: {whose} at {change.occurred_time.ToJsonString()}: {why}")


def _stop_signal() -> asyncio.Task[bool]:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    return asyncio.create_task(stop.wait())


def _raise_unless_cancelled(ended: BaseException | None) -> None:
    if ended is None or isinstance(ended, asyncio.CancelledError):
        return
    if isinstance(ended, ExceptionGroup):
        ended = ended.exceptions[0]
    if isinstance(ended, Refusal):
        raise CommandError(f"{ended.message} ({ended.reason})") from None
    raise ended
