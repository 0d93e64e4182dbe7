import gzip
from pathlib import Path

import pytest

from cli.importing.files import FileRefusedError, read_rows


def test_a_packed_file_is_read_like_a_plain_one(tmp_path: Path) -> None:
    plain, packed = tmp_path / "calls.csv", tmp_path / "calls.csv.gz"
    plain.write_bytes('\ufeffwho,what\r\nAna,"a, b"\r\n\r\n李娜,c\r\n'.encode())
    packed.write_bytes(gzip.compress(plain.read_bytes()))

    rows = list(read_rows(packed, ("who",)))

    assert rows == list(read_rows(plain, ("who",)))
    assert [row.cells for row in rows] == [
        {"who": "Ana", "what": "a, b"},
        {"who": "李娜", "what": "c"},
    ]


def test_a_row_of_another_width_keeps_its_number(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("who,what\nAna\nBen,c\n", encoding="utf-8")

    rows = list(read_rows(file, ()))

    assert [(row.number, row.cells is None) for row in rows] == [(1, True), (2, False)]


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("who,what\n", encoding="utf-8")

    with pytest.raises(FileRefusedError, match="no column when; the file has who, what"):
        list(read_rows(file, ("who", "when")))


@pytest.mark.parametrize(
    "content",
    [b"\x1f\x8bnot gzip", b"who\n\xff\xfe\n", gzip.compress(b"who\nAna\n" * 99, mtime=0)[:-9], b""],
)
def test_a_damaged_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "calls.csv"
    file.write_bytes(content)

    with pytest.raises(FileRefusedError):
        list(read_rows(file, ("who",)))


def test_a_header_that_names_a_column_twice_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "calls.csv"
    file.write_text("who,who\n", encoding="utf-8")

    with pytest.raises(FileRefusedError, match="twice"):
        list(read_rows(file, ("who",)))
