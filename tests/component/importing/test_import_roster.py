from pathlib import Path

import pytest

from tests.component.importing.conftest import Muster
from tests.component.importing.gateway import FakeGateway


@pytest.fixture
def words(tmp_path: Path) -> list[str | Path]:
    texts = {
        "sites": "id,display_name,time_zone\nporto,Porto,Europe/Lisbon\n",
        "teams": "id,display_name,site\nfiber,Fiber,porto\n",
        "agents": "id,display_name,site,team\nana,Ana,porto,fiber\nli,李娜,porto,\n",
    }
    words: list[str | Path] = ["roster", "--json"]
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        words += [f"--{name}", tmp_path / f"{name}.csv"]
    return words


async def test_files_become_people(
    muster_import: Muster, gateway: FakeGateway, words: list[str | Path]
) -> None:
    answer = await muster_import(*words)

    assert answer.json["created"] == 2
    assert gateway.agents["agents/ana"].team == "teams/fiber"
    assert gateway.agents["agents/li"].display_name == "李娜"


async def test_a_dry_run_changes_nothing(
    muster_import: Muster, gateway: FakeGateway, words: list[str | Path]
) -> None:
    answer = await muster_import(*words, "--dry-run")

    assert (answer.json["dry_run"], gateway.agents) == (True, {})


async def test_no_file_is_a_question_back(muster_import: Muster) -> None:
    answer = await muster_import("roster")

    assert "name at least one file" in answer.refusal
