"""What lies in the folder is private and is made once."""

import json
from pathlib import Path

import pytest

from cli.errors import CommandError
from cli.local.layout import prepare_layout
from cli.local.secrets import load_secrets


def test_passwords_are_made_once_and_kept(tmp_path: Path) -> None:
    first = load_secrets(tmp_path / "secrets.json", ["roster"])

    again = load_secrets(tmp_path / "secrets.json", ["roster"])

    assert first == again
    assert len(first["roster"]) >= 32


def test_a_new_name_gets_a_password_and_the_others_keep_theirs(tmp_path: Path) -> None:
    first = load_secrets(tmp_path / "secrets.json", ["roster"])

    both = load_secrets(tmp_path / "secrets.json", ["roster", "presence"])

    assert both["roster"] == first["roster"]
    assert both["presence"] != both["roster"]
    assert json.loads((tmp_path / "secrets.json").read_text()) == both


def test_only_its_owner_can_read_the_passwords(tmp_path: Path) -> None:
    load_secrets(tmp_path / "secrets.json", ["roster"])

    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_damaged_passwords_are_refused_with_advice(tmp_path: Path) -> None:
    (tmp_path / "secrets.json").write_text("{")

    with pytest.raises(CommandError, match="is damaged: restore it"):
        load_secrets(tmp_path / "secrets.json", ["roster"])


def test_an_ordinary_user_keeps_everything_in_the_folder_to_itself(tmp_path: Path) -> None:
    layout = prepare_layout(tmp_path, None, tmp_path.stat().st_uid)

    assert layout.data == layout.home == tmp_path / ".muster"
    assert layout.home.stat().st_mode & 0o777 == 0o700


def test_a_folder_of_somebody_else_is_refused_by_name(tmp_path: Path) -> None:
    stranger = tmp_path.stat().st_uid + 1

    with pytest.raises(CommandError, match="start Muster as its owner"):
        prepare_layout(tmp_path, None, stranger)
