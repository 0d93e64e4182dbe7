"""A release closes the changelog's section; a migration is named by when it runs."""

from pathlib import Path

import pytest

from tools.migration.__main__ import migration_text
from tools.release.__main__ import VERSIONED, with_version
from tools.release.changelog import close_section


def test_a_release_dates_what_was_unreleased_and_opens_a_new_section() -> None:
    text = "# Changelog\n\n## Unreleased\n\n- a thing\n"

    assert close_section(text, "0.2.0", "2026-12-01") == (
        "# Changelog\n\n## Unreleased\n\n## 0.2.0 - 2026-12-01\n\n- a thing\n"
    )


def test_a_changelog_without_the_section_is_refused() -> None:
    with pytest.raises(ValueError, match="Unreleased"):
        close_section("# Changelog\n", "0.2.0", "2026-12-01")


@pytest.mark.parametrize("file", VERSIONED, ids=str)
def test_a_release_finds_the_version_wherever_it_stands(file: Path) -> None:
    text = (Path(__file__).parents[3] / file).read_text("utf-8")

    changed = with_version(text, VERSIONED[file], "98.7.6")

    assert changed.count("98.7.6") == 1


def test_a_file_without_the_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version = "):
        with_version('[project]\nname = "muster"\n', 'version = "', "0.2.0")


def test_a_new_migration_follows_the_newest_one() -> None:
    text = migration_text("pre_add_x", ["0001_pre_a", "0002_pre_b"], "0003_pre_add_x")

    assert 'revision = "0003_pre_add_x"' in text
    assert 'down_revision = "0002_pre_b"' in text


def test_the_first_migration_follows_nothing() -> None:
    assert "down_revision = None" in migration_text("pre_x", [], "0001_pre_x")
