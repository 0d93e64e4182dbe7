"""Muster runs where it is put, and opens nobody's folder for its servers."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers import server_folder
from tests.support.tree import run_muster, running_tree, up_command


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that root alone may enter."""
    with server_folder() as parent:
        parent.chmod(0o700)
        yield parent / "centre"
        if (link := parent / "centre" / ".muster" / "data").is_symlink():
            shutil.rmtree(link.resolve())


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as parent:
        yield parent / "centre"


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user's servers run as the user")
async def test_as_root_in_a_closed_folder_the_data_lies_elsewhere(closed_folder: Path) -> None:
    async with running_tree(closed_folder) as tree:
        data = (tree.folder / ".muster" / "data").resolve()

        assert data.parent == Path("/var/lib/muster")
        assert (data / "postgres").stat().st_uid == 65534
        assert stat.S_IMODE(closed_folder.parent.stat().st_mode) == 0o700


async def test_a_database_without_its_passwords_is_not_touched(folder: Path) -> None:
    data = folder / ".muster" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("18\n")

    code, shown = await run_muster(folder, *up_command())

    assert code == 1
    assert "secrets.json is missing" in shown
    assert [file.name for file in data.iterdir()] == ["PG_VERSION"]
