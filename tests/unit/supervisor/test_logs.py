"""A child's log is bounded, and its end can be shown to people."""

import os
from pathlib import Path

from chassis.supervisor.logs import ChildLog, readable_line


def write(descriptor: int, text: str) -> None:
    os.write(descriptor, text.encode())


def test_the_last_lines_are_those_of_the_last_run(tmp_path: Path) -> None:
    log = ChildLog(tmp_path / "store.log")
    write(log.open_for_run(), "from the first run\n")

    write(log.open_for_run(), "one\ntwo\nthree\n")

    assert log.last_lines(2) == ("two", "three")
    assert log.last_lines(9) == ("one", "two", "three")


def test_a_child_that_wrote_nothing_has_no_last_lines(tmp_path: Path) -> None:
    assert ChildLog(tmp_path / "store.log").last_lines(5) == ()


def test_a_long_log_moves_to_the_older_file(tmp_path: Path) -> None:
    log = ChildLog(tmp_path / "store.log", most_bytes=10)
    write(log.open_for_run(), "much too long\n")

    log.keep_bounded()

    assert (tmp_path / "store.log").read_text() == ""
    assert (tmp_path / "store.old.log").read_text() == "much too long\n"


def test_a_running_child_goes_on_in_the_emptied_log(tmp_path: Path) -> None:
    log = ChildLog(tmp_path / "store.log", most_bytes=10)
    descriptor = log.open_for_run()
    write(descriptor, "much too long\n")
    log.keep_bounded()

    write(descriptor, "next\n")

    assert (tmp_path / "store.log").read_text() == "next\n"
    assert log.last_lines(5) == ("next",)


def test_a_short_log_stays_where_it_is(tmp_path: Path) -> None:
    log = ChildLog(tmp_path / "store.log", most_bytes=100)
    write(log.open_for_run(), "short\n")

    log.keep_bounded()

    assert not (tmp_path / "store.old.log").exists()


def test_a_json_line_reads_as_level_event_and_fields() -> None:
    line = '{"event": "bus.lost", "level": "warning", "time": "t", "waits_seconds": 2}'

    assert readable_line(line) == "warning bus.lost waits_seconds=2"


def test_a_line_that_is_no_json_stays_as_it_is() -> None:
    assert readable_line("FATAL: no space left") == "FATAL: no space left"
    assert readable_line("[1, 2]") == "[1, 2]"


def test_both_files_are_for_their_owner_alone(tmp_path: Path) -> None:
    log = ChildLog(tmp_path / "store.log", most_bytes=10)
    write(log.open_for_run(), "much too long\n")

    log.keep_bounded()

    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == {"store.log": 0o600, "store.old.log": 0o600}
