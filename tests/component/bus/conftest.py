"""A talking owner, its publisher, and listeners."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import pytest
import uvloop

from chassis.bus import Bus, OutboxPublisher
from chassis.clock import Clock, ManualClock
from chassis.database import Database
from chassis.telemetry import Telemetry, silent_telemetry
from tests.support.talker import NOON, OWNER, Listener, Talker

Start = Callable[[Coroutine[Any, Any, None]], "asyncio.Task[None]"]
MakePublisher = Callable[..., OutboxPublisher]


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop of the processes, whose connections break in ways of their own."""
    return {"uvloop": uvloop.new_event_loop}


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Runs something in the background until the end of the test, at which it must still run."""
    tasks: list[asyncio.Task[None]] = []

    def begin(coroutine: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        task = asyncio.create_task(coroutine)
        tasks.append(task)
        return task

    yield begin
    for task in tasks:
        assert not task.done() or task.cancelled(), task.exception()
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
def talker(order: Database) -> Talker:
    return Talker(order)


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def telemetry() -> Telemetry:
    return silent_telemetry()


@pytest.fixture
def make_publisher(order: Database, bus: Bus) -> MakePublisher:
    def make(
        holder: str = "here",
        *,
        database: Database = order,
        bus: Bus = bus,
        telemetry: Telemetry | None = None,
        clock: Clock | None = None,
    ) -> OutboxPublisher:
        return OutboxPublisher(
            owner=OWNER,
            database=database,
            bus=bus,
            clock=clock or ManualClock(NOON),
            telemetry=telemetry or silent_telemetry(),
            holder=holder,
        )

    return make
