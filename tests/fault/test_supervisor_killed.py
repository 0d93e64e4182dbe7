"""`kill -9` of the supervisor: no child outlives it, and the next start recovers."""

import asyncio
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from chassis.embedded import run_as_account, spawn_options
from chassis.supervisor.processes import is_alive
from tests.support.desk import signed_in
from tests.support.ledger import reporting
from tests.support.servers import server_folder
from tests.support.tree import running_tree


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as parent:
        yield parent / "centre"


async def test_no_child_outlives_it_and_the_next_start_has_every_report(folder: Path) -> None:
    async with running_tree(folder) as killed:
        password = killed.passwords["supervisor"]
        processes = killed.processes()
        async with signed_in(killed) as desk:
            await desk.open_site("town", ["ana", "bo"])
            async with reporting(desk, ["ana", "bo"]) as ledger:
                await ledger.more(20)
                await killed.kill_supervisor()
    assert not any(is_alive(process) for process in processes)

    async with running_tree(folder) as next_run, signed_in(next_run, password=password) as desk:
        assert "The last run here was killed: recovering." in next_run.lines
        assert await ledger.differences(desk) == []


async def test_a_database_whose_number_was_dealt_to_another_process_starts(folder: Path) -> None:
    async with running_tree(folder) as killed:
        await killed.kill_supervisor()

    # As after a power failure, when the number in the file means somebody else.
    with another_process() as pid:
        await asyncio.to_thread(name_in_pid_file, pid, folder / ".muster" / "postgres")
        async with running_tree(folder) as next_run:
            restarts = next_run.child("postgres").restarts

    assert restarts == 0


def name_in_pid_file(pid: int, data: Path) -> None:
    (data / "postmaster.pid").write_text(f"{pid}\n{data}\n{int(time.time())}\n")


@contextmanager
def another_process() -> Iterator[int]:
    """A process of the account that the database runs as, which is no database."""
    with subprocess.Popen(["sleep", "600"], **spawn_options(run_as_account())) as process:
        yield process.pid
        process.kill()
