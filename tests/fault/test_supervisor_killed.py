"""`kill -9` of the supervisor: no child outlives it, and the next start recovers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.clock import SystemClock
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
    # What is left after a power failure, when the number of the database means somebody else.
    me = Path("/proc/self").resolve().name
    pid_file = folder / ".muster" / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{me}\n{pid_file.parent}\n{int(SystemClock().now().timestamp())}\n")

    async with running_tree(folder) as next_run:
        assert next_run.child("postgres").restarts == 0
