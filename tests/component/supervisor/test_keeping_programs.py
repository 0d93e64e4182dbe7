"""A supervisor keeps real programs running."""

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.supervisor import (
    ChildFailedError,
    Died,
    Happening,
    Ready,
    Started,
    Stopped,
    Supervisor,
)
from tests.component.supervisor.programs import FAULTY, STEADY, STUBBORN, a_program, written


class Diary:
    """Everything that a supervisor told, and a way to wait for more."""

    def __init__(self) -> None:
        self.entries: list[Happening] = []
        self._news = asyncio.Event()

    def tell(self, happening: Happening) -> None:
        self.entries.append(happening)
        self._news.set()

    def of(self, kind: type[Happening]) -> list[Happening]:
        return [entry for entry in self.entries if isinstance(entry, kind)]

    def pid_of(self, child: str) -> int:
        return [it.pid for it in self.entries if isinstance(it, Started) and it.child == child][-1]

    async def until(self, told: Callable[["Diary"], bool]) -> None:
        async with asyncio.timeout(60):
            while not told(self):
                self._news.clear()
                await self._news.wait()


@pytest.fixture
def diary() -> Diary:
    return Diary()


async def test_a_killed_program_is_started_again(tmp_path: Path, diary: Diary) -> None:
    async with Supervisor(tmp_path, diary.tell) as supervisor:
        await supervisor.start([a_program("store", STEADY)])

        os.kill(diary.pid_of("store"), signal.SIGKILL)

        await diary.until(lambda it: len(it.of(Ready)) == 2)
    died = diary.of(Died)[0]
    assert isinstance(died, Died)
    assert died.how == "was killed by SIGKILL"


async def test_a_program_starts_only_when_those_it_needs_are_ready(
    tmp_path: Path, diary: Diary
) -> None:
    flag = tmp_path / "flag"
    store = a_program("store", f"open({str(flag)!r}, 'w'); {STEADY}", probe=written(flag))

    async with Supervisor(tmp_path, diary.tell) as supervisor:
        await supervisor.start([a_program("board", STEADY, needs=("store",)), store])

    told = [(type(it).__name__, it.child) for it in diary.entries]
    assert told.index(("Ready", "store")) < told.index(("Started", "board"))


async def test_programs_stop_in_the_reverse_order(tmp_path: Path, diary: Diary) -> None:
    async with Supervisor(tmp_path, diary.tell) as supervisor:
        await supervisor.start(
            [a_program("store", STEADY), a_program("board", STEADY, needs=("store",))]
        )

    assert [it.child for it in diary.of(Stopped)] == ["board", "store"]


async def test_a_program_that_does_not_stop_by_itself_is_killed(
    tmp_path: Path, diary: Diary
) -> None:
    flag = tmp_path / "flag"
    text = STUBBORN.replace("FLAG", repr(str(flag)))
    stubborn = replace(
        a_program("store", text, probe=written(flag)), stop_within=timedelta(milliseconds=100)
    )

    async with Supervisor(tmp_path, diary.tell) as supervisor:
        await supervisor.start([stubborn])

    assert diary.of(Stopped) == [Stopped("store", by_force=True)]


async def test_what_is_killed_for_good_is_not_started_again(tmp_path: Path, diary: Diary) -> None:
    async with Supervisor(tmp_path, diary.tell) as supervisor:
        await supervisor.start([a_program("store", STEADY)])

        supervisor.kill()

        # It would last as long as the program is started again.
        async with asyncio.timeout(60):
            await supervisor.watch()
    assert len(diary.of(Started)) == 1
    assert diary.of(Died) == []


async def test_a_program_that_never_comes_up_is_given_up_with_its_last_words(
    tmp_path: Path, diary: Diary
) -> None:
    async with Supervisor(tmp_path, diary.tell) as supervisor:
        with pytest.raises(ChildFailedError) as failed:
            await supervisor.start(
                [replace(a_program("store", FAULTY), probe=written(tmp_path / "never"))]
            )

    assert failed.value.why == "ended with exit code 3, 4 times in a row"
    assert failed.value.last_lines == ("no space left on device",)


async def test_a_program_that_is_not_installed_is_named(tmp_path: Path, diary: Diary) -> None:
    missing = replace(a_program("store", STEADY), command=(str(tmp_path / "no such program"),))

    async with Supervisor(tmp_path, diary.tell) as supervisor:
        with pytest.raises(
            ChildFailedError, match=r"store could not be started: .*no such program"
        ):
            await supervisor.start([missing])


async def test_what_clears_the_way_is_done_before_each_start(tmp_path: Path, diary: Diary) -> None:
    cleared: list[str] = []
    store = replace(a_program("store", STEADY), prepare=lambda: cleared.append("cleared"))

    async with Supervisor(tmp_path, diary.tell) as supervisor:
        await supervisor.start([store])
        os.kill(diary.pid_of("store"), signal.SIGKILL)
        await diary.until(lambda it: len(it.of(Ready)) == 2)

    assert cleared == ["cleared", "cleared"]


async def test_a_fault_in_the_telling_is_not_swallowed(tmp_path: Path, diary: Diary) -> None:
    def tell(happening: Happening) -> None:
        diary.tell(happening)
        if isinstance(happening, Died):
            raise LookupError("a defect of the teller")

    async with Supervisor(tmp_path, tell) as supervisor:
        await supervisor.start([a_program("store", STEADY)])
        os.kill(diary.pid_of("store"), signal.SIGKILL)

        with pytest.raises(LookupError, match="a defect of the teller"):
            await supervisor.watch()
