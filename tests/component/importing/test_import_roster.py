from pathlib import Path

import pytest

from cli.importing import roster_files
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


@pytest.fixture
def one_agent_a_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roster_files, "_AGENTS_PER_CALL", 1)


async def test_files_become_people(
    muster_import: Muster, gateway: FakeGateway, words: list[str | Path]
) -> None:
    answer = await muster_import(*words)

    assert answer.json["created"] == 4
    assert gateway.agents["agents/ana"].team == "teams/fiber"
    assert gateway.agents["agents/li"].display_name == "李娜"


async def test_a_dry_run_changes_nothing(
    muster_import: Muster, gateway: FakeGateway, words: list[str | Path]
) -> None:
    answer = await muster_import(*words, "--dry-run")

    assert (answer.json["dry_run"], gateway.agents) == (True, {})


@pytest.mark.parametrize("last", [(), ("--dry-run",)])
async def test_rows_in_parts_are_counted_once(
    muster_import: Muster, words: list[str | Path], last: tuple[str, ...], one_agent_a_call: None
) -> None:
    answer = await muster_import(*words, *last)

    counts = {name: answer.json[name] for name in ("created", "updated", "unchanged")}
    assert counts == {"created": 4, "updated": 0, "unchanged": 0}


async def test_a_faulty_row_of_a_later_part_leaves_all_as_it_was(
    muster_import: Muster, gateway: FakeGateway, words: list[str | Path], one_agent_a_call: None
) -> None:
    gateway.faulty_agents.add("agents/li")

    answer = await muster_import(*words)

    assert "agents.csv row 2, team: there is no such team" in answer.refusal
    assert "nothing was changed" in answer.refusal
    assert (gateway.site_names, gateway.teams, gateway.agents) == (set(), {}, {})


async def test_no_file_is_a_question_back(muster_import: Muster) -> None:
    answer = await muster_import("roster")

    assert "name at least one file" in answer.refusal
