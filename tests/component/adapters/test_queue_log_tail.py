"""A queue log that is followed as it grows: rotation, restarts, a gateway that is away."""

import asyncio
import gzip
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from chassis.clock import SystemClock
from cli.adapters.queue_log.follower import QueueLogFollower
from cli.adapters.queue_log.live import LiveLog
from cli.adapters.sender import LiveSender, Origin
from cli.importing.queue_log.rules import Rules
from tests.component.adapters.gateway import Gateway, a_gateway
from tests.support.waiting import eventually

START = 1_772_442_000


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "queue_log"
    write(file, 0, "NONE|sales|Ana|ADDMEMBER|")
    return file


def write(file: Path, second: int, rest: str, end: str = "\n") -> None:
    """Writes a line as Asterisk does."""
    with file.open("a") as out:
        out.write(f"{START + second}|{rest}{end}")


def call(file: Path, number: int) -> None:
    """Writes a whole call of Ana, ten seconds long."""
    at = number * 100
    write(file, at, f"c{number}|sales|NONE|ENTERQUEUE||0301234|1")
    write(file, at + 5, f"c{number}|sales|Ana|CONNECT|5|c{number}.1|3")
    write(file, at + 15, f"c{number}|sales|Ana|COMPLETECALLER|5|10|1")


@asynccontextmanager
async def following(log: Path, gateway: Gateway) -> AsyncIterator[QueueLogFollower]:
    """Runs the tail, its position kept beside the log."""
    async with a_gateway(gateway) as channel:
        sender = LiveSender(channel, Origin("pbx", "north"), lambda _change, _why: None)
        live, zone = LiveLog(Rules(), {}), ZoneInfo("UTC")
        tail = QueueLogFollower(log, live, zone, sender, SystemClock(), lambda _line: None)
        work = (sender.run(), sender.beat(tail.heard, tail.stand_of), tail.run(kept_in(log)))
        tasks = [asyncio.create_task(each) for each in work]
        await tail.heard.wait()
        yield tail
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def rotate(log: Path) -> Path:
    """Renames the log, as logrotate does, and returns what it is called now."""
    return log.rename(log.with_name("queue_log.1"))


def pack(log: Path) -> None:
    """Rotates and packs the log."""
    rotated = rotate(log)
    rotated.with_name("queue_log.1.gz").write_bytes(gzip.compress(rotated.read_bytes()))
    rotated.unlink()


def empty(log: Path) -> None:
    """Empties the log in place, as `copytruncate` does."""
    log.write_text("")


def kept_in(log: Path) -> Path:
    return log.with_name("position.json")


def busy(gateway: Gateway) -> list[str]:
    """The contacts of which Ana was told busy, in the order of time."""
    reports = sorted(gateway.states.values(), key=lambda report: report.occurred_time.seconds)
    return [report.contacts[0] for report in reports if report.contacts]


def connected(gateway: Gateway) -> list[str]:
    answered = [event for event in gateway.events.values() if event.kind == event.KIND_ANSWERED]
    return sorted(event.contact_id for event in answered)


def has_heard(gateway: Gateway, *contacts: str) -> bool:
    """Tells whether these were told, each once: states and calls go side by side."""
    return connected(gateway) == busy(gateway) == list(contacts)


async def test_at_its_first_start_it_tells_how_everybody_stands_and_then_what_is_written(
    log: Path, gateway: Gateway
) -> None:
    async with following(log, gateway):
        await eventually(lambda: len(gateway.states) == 1)

        call(log, 1)

        await eventually(lambda: len(gateway.states) == 3 and len(gateway.events) == 3)
    assert busy(gateway) == ["c1"]


async def test_half_a_line_waits_for_its_end(log: Path, gateway: Gateway) -> None:
    async with following(log, gateway):
        await eventually(lambda: len(gateway.states) == 1)

        write(log, 5, "NONE|NONE|Ana|PAU", end="")
        await asyncio.sleep(0.5)
        with log.open("a") as out:
            out.write("SEALL|lunch\n")

        await eventually(lambda: len(gateway.states) == 2)
    assert gateway.story[-1] in {"agents/ana BREAK", "agents/ana ONLINE"}
    assert {report.reason for report in gateway.states.values()} == {"", "lunch"}


async def test_a_rotation_loses_and_repeats_nothing(log: Path, gateway: Gateway) -> None:
    async with following(log, gateway):
        call(log, 1)
        rotated = rotate(log)
        call(rotated, 2)
        call(log, 3)

        await eventually(lambda: has_heard(gateway, "c1", "c2", "c3"))


async def test_a_log_emptied_in_place_is_read_from_its_start(log: Path, gateway: Gateway) -> None:
    async with following(log, gateway):
        call(log, 1)
        await eventually(lambda: connected(gateway) == ["c1"])

        empty(log)
        await asyncio.sleep(0.5)
        call(log, 2)

        await eventually(lambda: connected(gateway) == ["c1", "c2"])


async def test_after_a_restart_it_goes_on_where_it_stopped(log: Path, gateway: Gateway) -> None:
    async with following(log, gateway):
        call(log, 1)
        await eventually(lambda: connected(gateway) == ["c1"])
        await eventually(kept_in(log).exists)

    call(log, 2)
    async with following(log, gateway):
        call(log, 3)
        await eventually(lambda: has_heard(gateway, "c1", "c2", "c3"))


async def test_what_was_rotated_and_packed_while_it_was_down_is_read_first(
    log: Path, gateway: Gateway
) -> None:
    async with following(log, gateway):
        call(log, 1)
        await eventually(lambda: connected(gateway) == ["c1"])
        await eventually(kept_in(log).exists)

    call(log, 2)
    pack(log)
    call(log, 3)
    async with following(log, gateway):
        await eventually(lambda: has_heard(gateway, "c1", "c2", "c3"))


async def test_what_the_gateway_never_answered_is_sent_again_and_recorded_once(
    log: Path, gateway: Gateway
) -> None:
    async with following(log, gateway):
        await eventually(lambda: len(gateway.states) == 1)
        gateway.away = 5

        call(log, 1)
        call(log, 2)

        await eventually(lambda: has_heard(gateway, "c1", "c2"))


async def test_a_name_that_would_be_the_id_of_another_one_stops_nobody_else(
    log: Path, gateway: Gateway
) -> None:
    async with following(log, gateway):
        await eventually(lambda: len(gateway.states) == 1)

        write(log, 1, "NONE|sales|ana.|ADDMEMBER|")
        write(log, 2, "NONE|sales|ana.|WRAPUPSTART|1")
        write(log, 3, "NONE|sales|Ben|ADDMEMBER|")
        call(log, 1)

        await eventually(lambda: has_heard(gateway, "c1"))
    assert {report.agent for report in gateway.states.values()} == {"agents/ana", "agents/ben"}
