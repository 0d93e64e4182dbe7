"""The run file says what runs, and never half of it."""

from datetime import timedelta
from pathlib import Path

from chassis.supervisor.child import Child
from chassis.supervisor.happenings import Died, Ready, Stopped
from chassis.supervisor.keeper import describe_end
from chassis.supervisor.probes import always_ready
from chassis.supervisor.processes import ProcessId
from chassis.supervisor.record import RunRecord
from chassis.supervisor.runfile import Run, RunningChild, read_run, write_run

SUPERVISOR = ProcessId(pid=7, began_ticks=70)
URLS = {"board": "http://127.0.0.1:8080/board"}


def a_record(file: Path) -> RunRecord:
    record = RunRecord(file, SUPERVISOR, URLS)
    record.add([Child(name="store", command=("store",), probe=always_ready)])
    return record


def the_store(file: Path) -> RunningChild:
    run = read_run(file)
    assert run is not None
    return run.children[0]


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    child = RunningChild("store", "ready", ProcessId(8, 80), 2, {"sql": "127.0.0.1:5432"})
    run = Run(supervisor=SUPERVISOR, phase="ready", urls=URLS, children=(child,))

    write_run(tmp_path / "run.json", run)

    assert read_run(tmp_path / "run.json") == run


def test_a_file_that_is_missing_or_damaged_says_that_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "damaged.json").write_text('{"supervisor": ')

    assert read_run(tmp_path / "missing.json") is None
    assert read_run(tmp_path / "damaged.json") is None


def test_a_child_that_is_to_start_is_waiting(tmp_path: Path) -> None:
    a_record(tmp_path / "run.json")

    assert the_store(tmp_path / "run.json").phase == "waiting"


def test_a_death_is_counted_and_takes_the_process_away(tmp_path: Path) -> None:
    record = a_record(tmp_path / "run.json")
    record.tell(Ready("store", timedelta(seconds=1)))

    record.tell(Died("store", "was killed by SIGKILL", timedelta(0), ()))

    child = the_store(tmp_path / "run.json")
    assert (child.phase, child.restarts, child.process) == ("restarting", 1, None)


def test_a_child_that_was_told_to_stop_counts_no_restart(tmp_path: Path) -> None:
    record = a_record(tmp_path / "run.json")

    record.tell(Stopped("store", by_force=False))

    child = the_store(tmp_path / "run.json")
    assert (child.phase, child.restarts) == ("stopped", 0)


def test_nothing_is_left_when_the_run_ends(tmp_path: Path) -> None:
    record = a_record(tmp_path / "run.json")

    record.end()

    assert list(tmp_path.iterdir()) == []


def test_the_end_of_a_program_is_told_in_words() -> None:
    assert describe_end(3) == "ended with exit code 3"
    assert describe_end(-9) == "was killed by SIGKILL"
    assert describe_end(-64) == "was killed by SIGRTMAX"
    assert describe_end(-99) == "was killed by signal 99"
