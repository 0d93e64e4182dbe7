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


def test_what_a_file_has_no_columns_for_stays_as_it_is(tmp_path: Path) -> None:
    teams = tmp_path / "teams.csv"
    teams.write_text("id,display_name,site,line\nfiber,Fiber,porto,sales\n", encoding="utf-8")

    [request] = read_roster(RosterFiles(teams=teams, agents=write_agents(tmp_path, 1)))

    paths = set(request.message.update_mask.paths)
    assert paths >= {"teams.display_name", "teams.line", "agents.team"}
    assert paths.isdisjoint({"teams.leads", "agents.skills", "agents.end_date"})


def test_lines_and_skills_have_a_column_a_language(tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text("id,en,zh\nsales,Sales,销售\nother,Other,\n", encoding="utf-8")

    [request] = read_roster(RosterFiles(lines=lines))

    assert [(line.name, dict(line.display_names)) for line in request.message.lines] == [
        ("lines/sales", {"en": "Sales", "zh": "销售"}),
        ("lines/other", {"en": "Other"}),
    ]


def write_one_agent(folder: Path, skills: str, end_date: str) -> RosterFiles:
    file = folder / "agents.csv"
    row = f"ana,Ana,porto,,{skills},{end_date}"
    file.write_text(f"id,display_name,site,team,skills,end_date\n{row}\n", encoding="utf-8")
    return RosterFiles(agents=file)


def test_an_agent_comes_with_skills_and_the_day_she_leaves(tmp_path: Path) -> None:
    [request] = read_roster(write_one_agent(tmp_path, "chinese:5 dutch:2", "2026-03-31"))

    [ana] = request.message.agents
    assert [(each.skill, each.level) for each in ana.skills] == [
        ("skills/chinese", 5),
        ("skills/dutch", 2),
    ]
    assert (ana.end_date.year, ana.end_date.month, ana.end_date.day) == (2026, 3, 31)


@pytest.mark.parametrize(
    ("skills", "end_date", "told"),
    [
        ("chinese", "", "row 1, skills: write as chinese:5 dutch:2, with levels 1 to 5"),
        ("", "31.3.2026", "row 1, end_date: write as 2026-03-31, not '31.3.2026'"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named_with_its_row(
    tmp_path: Path, skills: str, end_date: str, told: str
) -> None:
    with pytest.raises(FileRefusedError, match=told):
        read_roster(write_one_agent(tmp_path, skills, end_date))
