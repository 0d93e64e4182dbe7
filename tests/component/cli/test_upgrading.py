"""What `muster db upgrade` says when a migration fails."""

import json
import sys
from pathlib import Path

import pytest

from chassis.database.migrate import OWNERS
from cli.local.start import last_words
from cli.main import app
from tests.support.postgres import OWNER_PASSWORD

_BROKEN = """
from alembic import op
revision = "0001"
down_revision = None
def upgrade():
    {}
"""


@pytest.fixture
def versions(tmp_path: Path, admin_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of roster's migrations, the only ones there are, seen from a folder of Muster."""
    folder = tmp_path / "roster" / "migrations" / "versions"
    folder.mkdir(parents=True)
    (tmp_path / ".muster" / "logs").mkdir(parents=True)
    monkeypatch.setattr(
        "chassis.database.migrate.folder_of", lambda owner: tmp_path / owner / "migrations"
    )
    monkeypatch.setenv("MUSTER_DATABASE_URL", admin_url)
    # Roles belong to the whole cluster: others' tests go on to sign in as these.
    passwords = tmp_path / "passwords.json"
    passwords.write_text(json.dumps(dict.fromkeys(OWNERS, OWNER_PASSWORD)))
    monkeypatch.setenv("MUSTER_PASSWORDS_FILE", str(passwords))
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("op.execute('SELECT 1 / 0')", "(psycopg.errors.DivisionByZero) division by zero"),
        ("raise ValueError('a day has no end')", "a day has no end"),
        ("raise LookupError", "LookupError"),
    ],
)
def test_a_migration_that_fails_is_one_sentence_that_names_the_log(
    versions: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    statement: str,
    reason: str,
) -> None:
    (versions / "first.py").write_text(_BROKEN.format(statement))
    monkeypatch.setattr(sys, "argv", ["muster", "db", "upgrade", "--json"])

    with pytest.raises(SystemExit) as ended:
        app()

    log = Path.cwd() / ".muster" / "logs" / "upgrade.log"
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert said == (
        f"muster: the schema of roster could not be upgraded: {reason}; the whole log is {log}\n"
    )
    assert "Traceback" in log.read_text("utf-8")


def test_a_database_of_a_newer_release_is_one_sentence(
    versions: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _BROKEN.format("pass")
    (versions / "first.py").write_text(first.replace('"0001"', '"0009"'))
    monkeypatch.setattr("cli.db.create_first_accounts", lambda _url: {})
    monkeypatch.setattr(sys, "argv", ["muster", "db", "upgrade", "--json"])
    with pytest.raises(SystemExit):
        app()
    (versions / "first.py").write_text(first)

    with pytest.raises(SystemExit):
        app()

    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "the schema of roster could not be upgraded: Can't locate revision" in said[0]


def test_muster_up_tells_the_last_words_alone() -> None:
    traceback = b"Traceback (most recent call last):\n  File x\nImportError: no module named y\n"

    assert last_words(b"muster: the database refuses: no\n") == "the database refuses: no"
    assert last_words(traceback) == "ImportError: no module named y"
    assert last_words(b"") == "the upgrade ended without a word"
