import gzip
import io
import os
import sys
import threading
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from cli.importing.files import FileRefusedError
from cli.importing.queue_log.files import LONGEST_LINE, STANDARD_INPUT, oldest_first, read_lines
from cli.importing.queue_log.rules import Rules
from tests.unit.importing.queue_log.golden_logs import read_files

UTC = ZoneInfo("UTC")


def a_file(folder: Path, name: str, *times: int) -> Path:
    """A log with a line at each time."""
    text = "".join(f"{at}|NONE|NONE|NONE|CONFIGRELOAD|\n" for at in times)
    file = folder / name
    file.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    return file


def test_files_are_read_by_their_first_time_and_not_by_name(tmp_path: Path) -> None:
    newest = a_file(tmp_path, "queue_log", 300)
    middle = a_file(tmp_path, "queue_log.0", 200)
    oldest = a_file(tmp_path, "queue_log.1.gz", 100)
    damaged = tmp_path / "notes"
    damaged.write_text("no log\n")

    assert oldest_first([newest, damaged, middle, oldest], UTC) == [oldest, middle, newest, damaged]


def test_a_file_that_is_named_twice_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_file(tmp_path, "queue_log", 100)
    monkeypatch.chdir(tmp_path)

    assert oldest_first([file, Path("queue_log"), file], UTC) == [file]


def test_a_copy_and_an_earlier_part_of_a_file_are_left_out(tmp_path: Path) -> None:
    whole = a_file(tmp_path, "queue_log", 100, 200, 300)
    copy = a_file(tmp_path, "queue_log.copy.gz", 100, 200, 300)
    part = a_file(tmp_path, "queue_log.part", 100, 200)
    other = a_file(tmp_path, "other", 100, 250)

    assert oldest_first([part, whole, other, copy], UTC) == [whole, other]


def test_a_first_line_that_is_damaged_does_not_move_a_file(tmp_path: Path) -> None:
    file = a_file(tmp_path, "queue_log", 100)
    file.write_text("half a li\n" + file.read_text())
    later = a_file(tmp_path, "other", 200)

    assert oldest_first([later, file], UTC) == [file, later]


def test_standard_input_is_read_after_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_file(tmp_path, "queue_log", 100)
    piped = gzip.compress(b"50|NONE|NONE|NONE|CONFIGRELOAD|\n")
    standard_input = SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(piped)))
    monkeypatch.setattr(sys, "stdin", standard_input)

    files = oldest_first([STANDARD_INPUT, file], UTC)

    assert files == [file, STANDARD_INPUT]
    assert [line.text[:2] for line in read_lines(STANDARD_INPUT)] == ["50"]


def test_a_pipe_is_read_once_and_after_the_files(tmp_path: Path) -> None:
    file = a_file(tmp_path, "queue_log", 100)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    threading.Thread(
        target=pipe.write_text, args=("50|NONE|NONE|NONE|CONFIGRELOAD|\n",), daemon=True
    ).start()

    result = read_files([pipe, file], Rules())

    assert result["lines"]["used"] == 2


def test_a_mark_of_byte_order_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    file = tmp_path / "queue_log"
    file.write_bytes(b"\xef\xbb\xbf100|NONE|NONE|NONE|CONFIGRELOAD|\n")

    assert read_files([file], Rules())["lines"]["used"] == 1


def test_an_empty_file_comes_to_nothing(tmp_path: Path) -> None:
    file = tmp_path / "queue_log"
    file.touch()

    result = read_files([file], Rules())

    assert (result["agents"], result["queues"], result["contacts"]) == ({}, {}, [])


def test_a_line_without_end_is_one_rejected_line(tmp_path: Path) -> None:
    file = tmp_path / "queue_log"
    file.write_bytes(b"x" * (3 * LONGEST_LINE) + b"\n100|NONE|NONE|NONE|CONFIGRELOAD|\r\n")

    result = read_files([file], Rules())

    assert result["lines"] == {"read": 2, "used": 1, "unknown": 0, "rejected": 1, "blank": 0}
    assert result["rejected"][0]["reason"] == "LINE_TOO_LONG"


def test_a_gzip_that_is_cut_off_is_refused_by_name(tmp_path: Path) -> None:
    file = a_file(tmp_path, "queue_log.gz", *range(1000))
    file.write_bytes(file.read_bytes()[:-20])

    with pytest.raises(FileRefusedError, match=r"queue_log\.gz is a damaged gzip file"):
        read_files([file], Rules())


def test_a_file_that_is_not_there_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="missing cannot be read: No such file"):
        read_files([tmp_path / "missing"], Rules())


def test_a_log_split_over_files_comes_to_what_it_is_in_one(tmp_path: Path) -> None:
    lines = [
        "100|M|care|SIP/1|ADDMEMBER|\n",
        "110|c1|care|NONE|ENTERQUEUE||1|1\n",
        "120|c1|care|SIP/1|CONNECT|10|u|5\n",
        "180|c1|care|SIP/1|COMPLETECALLER|10|60|1\n",
        "200|M|care|SIP/1|REMOVEMEMBER|\n",
    ]
    whole, first, second = (tmp_path / name for name in ("whole", "b", "a"))
    whole.write_text("".join(lines))
    first.write_text("".join(lines[:3]))
    second.write_text("".join(lines[3:]))

    assert read_files([second, first], Rules()) == read_files([whole], Rules())


def test_names_that_are_not_utf_8_are_read_as_latin_1_and_stay_apart(tmp_path: Path) -> None:
    log = tmp_path / "queue_log"
    lines = ["100|MANAGER|care|José|ADDMEMBER|", "100|MANAGER|care|Josè|ADDMEMBER|"]
    log.write_bytes("\n".join(lines).encode("latin-1"))

    assert [line.text for line in read_lines(log)] == lines
