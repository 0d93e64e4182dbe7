import asyncio
import json
from io import StringIO

import pytest
from pydantic import SecretStr

from chassis import waiting
from chassis.ground import BackgroundTasks
from chassis.health import Health
from chassis.telemetry import silent_telemetry
from chassis.waiting import StopAskedError, connect_patiently, unless_stopped

URL = SecretStr("postgresql://presence:hunter2@db/muster")


class Connection:
    async def check(self) -> str | None:
        return None


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "FIRST_PAUSE_SECONDS", 0.0)


async def test_what_is_away_is_waited_for_and_named_without_its_password() -> None:
    stream, health, attempts = StringIO(), Health(), []
    reports = []

    async def connect(url: str) -> Connection:
        attempts.append(url)
        reports.append(await health.report())
        if len(attempts) < 3:
            raise OSError(f"cannot reach {url}")
        return Connection()

    log = silent_telemetry(stream=stream).log
    await connect_patiently("database", URL, connect, health, log)

    assert reports[1] == {"database": "OSError: cannot reach ..."}
    assert await health.report() == {"database": None}
    assert "hunter2" not in stream.getvalue()
    assert [json.loads(line)["missing"] for line in stream.getvalue().splitlines()] == [
        "database",
        "database",
    ]


async def test_work_is_dropped_when_the_process_is_asked_to_stop() -> None:
    stop, cancelled = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    waiting_for = asyncio.create_task(unless_stopped(stop, work()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    stop.set()

    with pytest.raises(StopAskedError):
        await waiting_for
    assert cancelled.is_set()


async def test_work_that_fails_fails() -> None:
    async def work() -> None:
        raise OSError("no route")

    with pytest.raises(OSError, match="no route"):
        await unless_stopped(asyncio.Event(), work())


async def test_a_task_that_ends_by_itself_fails_the_process() -> None:
    stream = StringIO()
    tasks = BackgroundTasks(silent_telemetry(stream=stream))

    async def end() -> None:
        return

    tasks.spawn(end(), "publisher")
    await asyncio.wait_for(tasks.failed.wait(), 5)

    line = json.loads(stream.getvalue())
    assert (line["event"], line["task"]) == ("task.ended", "publisher")


async def test_tasks_that_are_stopped_do_not_fail_the_process() -> None:
    stream = StringIO()
    tasks = BackgroundTasks(silent_telemetry(stream=stream))

    async def go_on() -> None:
        await asyncio.Event().wait()

    tasks.spawn(go_on(), "publisher")
    await tasks.stop()

    assert not tasks.failed.is_set()
    assert stream.getvalue() == ""
