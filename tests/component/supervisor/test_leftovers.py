"""The next start clears up what a killed one left behind."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.supervisor.leftovers import clear_postmaster, end_leftover_children
from chassis.supervisor.lock import LockHeldError, hold_lock
from chassis.supervisor.processes import ProcessId, end_processes, identify_process, is_alive
from chassis.supervisor.runfile import Run, RunningChild
from tests.component.supervisor.programs import STEADY

Spawn = Callable[[Path], ProcessId]


@pytest.fixture
def spawn() -> Iterator[Spawn]:
    """Starts programs that do nothing in a folder, and ends them."""
    running: list[subprocess.Popen[bytes]] = []

    def start(folder: Path) -> ProcessId:
        running.append(subprocess.Popen([sys.executable, "-S", "-E", "-c", STEADY], cwd=folder))
        process = identify_process(running[-1].pid)
        assert process is not None
        return process

    yield start
    for program in running:
        program.kill()
        program.wait()


def a_run(process: ProcessId) -> Run:
    child = RunningChild(name="store", phase="ready", process=process)
    return Run(supervisor=ProcessId(1, 1), phase="ready", urls={}, children=(child,))


def test_a_process_is_told_from_a_later_one_of_the_same_number() -> None:
    me = identify_process(os.getpid())

    assert me is not None
    assert is_alive(me)
    assert not is_alive(ProcessId(me.pid, me.began_ticks + 1))


def test_a_process_that_does_not_end_is_killed(tmp_path: Path, spawn: Spawn) -> None:
    process = spawn(tmp_path)

    killed = end_processes([process], timedelta(0))

    assert killed == [process]
    assert not is_alive(process)


def test_a_number_that_was_dealt_again_is_left_alone(tmp_path: Path, spawn: Spawn) -> None:
    process = spawn(tmp_path)
    earlier = ProcessId(process.pid, process.began_ticks - 1)

    killed = end_leftover_children(a_run(earlier))

    assert killed == []
    assert is_alive(process)


def test_a_pid_file_that_names_a_foreign_process_is_removed(tmp_path: Path, spawn: Spawn) -> None:
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n/elsewhere\n")

    clear_postmaster(tmp_path)

    assert not (tmp_path / "postmaster.pid").exists()


def test_a_pid_file_of_a_dead_process_is_left_to_the_database(tmp_path: Path) -> None:
    (tmp_path / "postmaster.pid").write_text("999999999\n")

    clear_postmaster(tmp_path)

    assert (tmp_path / "postmaster.pid").exists()


def test_a_pid_file_is_kept_while_anybody_works_in_the_folder(tmp_path: Path, spawn: Spawn) -> None:
    backend = spawn(tmp_path)
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n")

    clear_postmaster(tmp_path)

    assert is_alive(backend)
    assert (tmp_path / "postmaster.pid").exists()


def test_a_database_that_nobody_watches_is_stopped(tmp_path: Path, spawn: Spawn) -> None:
    postmaster = spawn(tmp_path)
    (tmp_path / "postmaster.pid").write_text(f"{postmaster.pid}\n")

    clear_postmaster(tmp_path)

    assert not is_alive(postmaster)


def test_a_lock_is_held_by_one_at_a_time_and_free_afterwards(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "lock"), pytest.raises(LockHeldError), hold_lock(tmp_path / "lock"):
        pass

    with hold_lock(tmp_path / "lock"):
        pass
