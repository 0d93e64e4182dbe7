"""What people are shown while the tree runs."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from chassis.supervisor import ChildFailedError, Died, Ready, Stopped
from cli.local.console import PatientConsole, TreeConsole

Show = Callable[[Callable[[TreeConsole], None]], list[str]]


@pytest.fixture
def show() -> Show:
    """Returns the lines that something shows."""

    def run(act: Callable[[TreeConsole], None]) -> list[str]:
        shown = StringIO()
        act(TreeConsole(Console(file=shown, width=80)))
        return shown.getvalue().splitlines()

    return run


def test_a_death_says_who_how_when_again_and_the_last_words(show: Show) -> None:
    died = Died("nats", "ended with exit code 1", timedelta(seconds=0.4), ("[ERR] no space left",))

    lines = show(lambda console: console.tell(died))

    assert lines == [
        "  nats        ended with exit code 1; starts again in 0.4 s",
        "      [ERR] no space left",
    ]


def test_a_child_that_is_ready_says_how_long_it_took(show: Show) -> None:
    lines = show(lambda console: console.tell(Ready("roster", timedelta(seconds=1.25))))

    assert lines == ["  roster      ready after 1.2 s"]


def test_a_child_that_had_to_be_killed_is_told_from_one_that_stopped(show: Show) -> None:
    stopped = show(lambda console: console.tell(Stopped("roster", by_force=False)))
    killed = show(lambda console: console.tell(Stopped("nats", by_force=True)))

    assert stopped == ["  roster      stopped"]
    assert killed == ["  nats        killed, it did not stop by itself"]


def test_a_failed_start_shows_the_last_lines_of_the_log(show: Show) -> None:
    error = ChildFailedError("roster", "ended with exit code 2", ("no such role",))

    lines = show(lambda console: console.failed(error))

    assert lines == ["  roster      ended with exit code 2", "      no such role"]


def test_the_addresses_are_shown_whole_however_long_they_are(show: Show) -> None:
    logs = Path("/srv") / ("a" * 100) / "logs"

    lines = show(lambda console: console.running({"board": "http://127.0.0.1:8080/board"}, logs))

    assert "  board       http://127.0.0.1:8080/board" in lines
    assert f"  logs        {logs}" in lines


def test_a_console_that_nobody_reads_falls_silent() -> None:
    class Closed(StringIO):
        def write(self, _: str) -> int:
            raise OSError(5, "Input/output error")

    console = PatientConsole(file=Closed())

    console.print("anybody there?")

    assert console.quiet
