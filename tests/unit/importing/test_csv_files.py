import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cli.importing.files import FileRefusedError, open_table
from cli.importing.mapping import FileRule
from cli.importing.rows import Row


def read(file: Path, content: bytes, **rule: object) -> list[Row]:
    file.write_bytes(content)
    with open_table(file, FileRule(**rule)) as table:  # type: ignore[arg-type]  # as a mapping has it
        return list(table.rows)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "any.csv"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "big5"])
def test_chinese_text_is_read_in_its_encoding(file: Path, encoding: str) -> None:
    [row] = read(file, "姓名,狀態\n李娜,通話\n".encode(encoding), encoding=encoding)

    assert row.cells == {"姓名": "李娜", "狀態": "通話"}


def test_text_of_another_encoding_is_refused_with_the_setting_that_helps(file: Path) -> None:
    with pytest.raises(FileRefusedError, match=r"under \[file\] .*gb18030"):
        read(file, "姓名\n李娜\n".encode("gb18030"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_of_the_header(file: Path, delimiter: str) -> None:
    content = f"a{delimiter}b\n1,5{delimiter}2\n".encode()

    [row] = read(file, content if delimiter != "," else b'a,b\n"1,5",2\n')

    assert row.cells == {"a": "1,5", "b": "2"}


def test_a_delimiter_may_be_given(file: Path) -> None:
    assert read(file, b"a^b\n1^2\n", delimiter="^")[0].cells == {"a": "1", "b": "2"}


def test_rows_keep_their_lines_past_titles_blank_lines_and_quoted_breaks(file: Path) -> None:
    content = b'a title; not a header\na,b\n1,"x\ny"\n\n2,z\n'

    rows = read(file, content, header_line=2)

    assert [(row.number, row.line) for row in rows] == [(1, 3), (2, 6)]


def test_columns_without_a_name_go_by_their_number(file: Path) -> None:
    assert read(file, b"a,,\n1,2,3\n")[0].cells == {"a": "1", "#2": "2", "#3": "3"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from(["utf-8-sig", "gb18030", "utf-16", "latin-1", "big5"]),
    st.integers(1, 4),
    st.booleans(),
)
@example(b"a\n" + b'"' * 5, "latin-1", 1, False)
@example(b"\x00,\r\n\r", "latin-1", 1, False)
def test_any_bytes_are_rows_or_refused(
    file: Path, content: bytes, encoding: str, header_line: int, packed: bool
) -> None:
    if packed:
        content = gzip.compress(content)[: len(content) + 15]
    try:
        rows = read(file, content, encoding=encoding, header_line=header_line)
    except FileRefusedError as refusal:
        assert str(refusal)  # noqa: PT017 - either outcome is right
        return

    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert [row.line for row in rows] == sorted({row.line for row in rows})
