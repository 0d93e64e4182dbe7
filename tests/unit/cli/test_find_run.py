"""Where a command looks for what runs."""

from pathlib import Path

import pytest

from cli.errors import CommandError
from cli.local.layout import find_run


def test_a_folder_in_which_nothing_ran_has_no_run(tmp_path: Path) -> None:
    assert find_run(tmp_path) is None


def test_a_folder_of_somebody_else_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_file: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)

    with pytest.raises(CommandError, match="belongs to somebody else"):
        find_run(tmp_path)
