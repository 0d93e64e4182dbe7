from pathlib import Path

import pytest

from chassis.errors import FieldViolation, invalid_fields
from cli.importing.files import FileRefusedError
from cli.importing.roster_files import RosterFiles, explain_refusal, read_roster


def write_agents(folder: Path, count: int) -> Path:
    file = folder / "agents.csv"
    rows = (f"a{number},Agent,porto," for number in range(count))
    file.write_text("id,display_name,site,team\n" + "\n".join(rows), encoding="utf-8")
    return file


def test_many_agents_are_applied_in_parts(tmp_path: Path) -> None:
    requests = read_roster(RosterFiles(None, None, write_agents(tmp_path, 10_001)))

    assert [(len(r.message.agents), r.first_agent) for r in requests] == [(10_000, 0), (1, 10_000)]


def test_a_faulty_row_is_named_with_its_file_and_number(tmp_path: Path) -> None:
    files = RosterFiles(None, None, write_agents(tmp_path, 10_002))
    second = read_roster(files)[1]
    refusal = invalid_fields([FieldViolation("agents[1].name", "is no name")])

    (line,) = explain_refusal(refusal, second, files)

    assert line == f"{files.agents} row 10002, id: is no name"


def test_a_row_of_another_width_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "agents.csv"
    file.write_text("id,display_name,site,team\nana,Ana\n", encoding="utf-8")

    with pytest.raises(FileRefusedError, match="row 1"):
        read_roster(RosterFiles(None, None, file))
