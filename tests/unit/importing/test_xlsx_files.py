import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.importing import xlsx_files
from cli.importing.files import FileRefusedError, open_table
from cli.importing.mapping import FileRule
from cli.importing.rows import Row
from tests.support.workbook import Cell, write_parts, write_workbook

HEADER = ["工号", "when", "length"]


def rows_of(file: Path, **rule: object) -> list[Row]:
    with open_table(file, FileRule(**rule)) as table:  # type: ignore[arg-type]  # as a mapping has it
        return list(table.rows)


def cells_of(file: Path, **rule: object) -> list[list[str]]:
    return [list(row.cells.values()) for row in rows_of(file, **rule) if row.cells is not None]


def test_cells_are_read_as_the_program_shows_them(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [
        ["what", "cell"],
        ["text", " 李娜 "],
        ["number", 1001],
        ["fraction", 0.5],
        ["day", date(2026, 3, 2)],
        ["instant", datetime.fromisoformat("2026-03-02 09:10:20")],
        ["clock", time(9, 10, 20)],
        ["length", timedelta(hours=25, minutes=1)],
        ["truth", True],
    ]

    read = dict(cells_of(write_workbook(tmp_path / "a.xlsx", {"S": rows})))

    assert read == {
        "text": "李娜",
        "number": "1001",
        "fraction": "0.5",
        "day": "2026-03-02",
        "instant": "2026-03-02 09:10:20",
        "clock": "09:10:20",
        "length": "25:01:00",
        "truth": "TRUE",
    }


def test_every_second_of_a_day_is_read_as_itself() -> None:
    begin = datetime(2026, 3, 2)  # noqa: DTZ001 - a workbook knows no zones

    for second in range(0, 86_400, 7):
        at = begin + timedelta(seconds=second)
        assert xlsx_files.text_of(at - timedelta(microseconds=700)) == at.isoformat(sep=" ")


def test_rows_keep_the_lines_of_the_sheet(tmp_path: Path) -> None:
    rows = [["title"], [], HEADER, ["1", "a", "b"], [], ["2", "a", "b", "too much"], ["3"]]

    read = rows_of(write_workbook(tmp_path / "a.xlsx", {"S": rows}), header_line=3)

    assert [(row.number, row.line, row.cells is None) for row in read] == [
        (1, 4, False),
        (2, 6, True),
        (3, 7, False),
    ]


def test_a_sheet_is_found_by_its_name(tmp_path: Path) -> None:
    file = write_workbook(tmp_path / "a.xlsx", {"三月": [["a"], ["3"]], "四月": [["a"], ["4"]]})

    assert cells_of(file, sheet="四月") == [["4"]]
    assert cells_of(file) == [["3"]]
    with pytest.raises(FileRefusedError, match="no sheet '五月'; the workbook has 三月, 四月"):
        cells_of(file, sheet="五月")


def test_a_workbook_that_unpacks_to_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx_files, "MOST_UNPACKED_BYTES", 1_000_000)
    file = write_parts(tmp_path / "a.xlsx", ["S"], {"xl/worksheets/sheet1.xml": " " * 1_000_001})

    with pytest.raises(FileRefusedError, match="unpacks to over"):
        rows_of(file)


def test_two_cells_at_the_ends_of_a_sheet_are_refused(tmp_path: Path) -> None:
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
    content = f"<worksheet><sheetData>{cells}</row></sheetData></worksheet>"

    with pytest.raises(FileRefusedError, match="16,384 columns and 1,048,576 rows"):
        rows_of(write_parts(tmp_path / "a.xlsx", ["S"], {"xl/worksheets/sheet1.xml": content}))


def test_a_zip_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("readme.txt", "nothing")

    with pytest.raises(FileRefusedError, match="is no XLSX workbook"):
        rows_of(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "any.xlsx"
    file.write_bytes(b"PK\x03\x04" + content)

    with pytest.raises(FileRefusedError):
        rows_of(file)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text('<>/="rcv tsABZ019.e-row', max_size=60), st.sampled_from(["sheet", "book", "styles"])
)
def test_a_damaged_workbook_is_rows_or_refused(tmp_path: Path, damage: str, where: str) -> None:
    content = (
        f'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c>{damage}</row>'
        "</sheetData></worksheet>"
    )
    parts = {"xl/worksheets/sheet1.xml": content}
    if where != "sheet":
        parts = {"xl/worksheets/sheet1.xml": damage}
    file = write_parts(
        tmp_path / "damaged.xlsx", ["S", damage] if where == "book" else ["S"], parts
    )

    try:
        rows = rows_of(file)
    except FileRefusedError:
        return
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


CELLS = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)),  # noqa: DTZ001 - as workbooks are
    st.times(),
    st.timedeltas(timedelta(), timedelta(days=9)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=8))
def test_every_line_with_a_cell_is_a_row(tmp_path: Path, lines: list[list[Cell]]) -> None:
    file = write_workbook(tmp_path / "cells.xlsx", {"S": [["a", "b", "c"], *lines]})

    rows = rows_of(file)

    numbers = [row.number for row in rows]
    assert numbers == list(range(1, len(rows) + 1))
    assert len({row.line for row in rows}) == len(rows) <= len(lines)
