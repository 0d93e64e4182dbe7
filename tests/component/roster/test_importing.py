"""`muster import file` as a person types it, against the process itself."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from muster.roster.v1 import roster_service_pb2 as roster_wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub
from typer.testing import CliRunner

from chassis.scope import Scope
from cli.importing.commands import app
from tests.component.roster.conftest import Running
from tests.component.roster.people import a_publication, a_request, a_shift, march
from tests.support.workbook import write_workbook

MAPPING = """
kind = "shifts"
time_zone = "Europe/Lisbon"
site = { id = "porto" }
columns = { agent = "who", date = "day", code = "shift" }
[shifts]
off = ["off"]
[shifts.codes]
"E" = "08:00-16:00"
"N" = "22:00-06:00"
"""
AGENTS = """
kind = "agents"
time_zone = "Europe/Lisbon"
site = { id = "porto", display_name = "Porto" }
columns = { agent = "who", display_name = "name", team = "team" }
teams = [{ id = "fiber", display_name = "Fiber", cells = ["光纤组"] }]
"""
ROWS = [
    ["who", "day", "shift"],
    ["ana", "2026-03-02", "E"],
    ["ana", "2026-03-03", "off"],
    ["ben", "2026-03-02", "N"],
    ["eva", "2026-03-02", "X"],
    ["nobody", "2026-03-02", "E"],
]

Import = Callable[..., Awaitable[Any]]


@pytest.fixture
def import_file(running: Running, tmp_path: Path) -> Import:
    """Imports rows as a workbook, and returns what the command answers."""
    environment = {
        "MUSTER_GATEWAY": running.target,
        "MUSTER_TOKEN": running.token_of(Scope(sites=None)),
    }

    async def run(rows: list[list[str]], mapping: str = MAPPING, *words: str) -> Any:
        (tmp_path / "mapping.toml").write_text(mapping, encoding="utf-8")
        file = write_workbook(tmp_path / "rows.xlsx", {"March": rows})
        arguments = ["file", str(file), "--mapping", str(tmp_path / "mapping.toml"), "--json"]
        invoke = CliRunner().invoke
        result = await asyncio.to_thread(invoke, app, [*arguments, *words], env=environment)
        if result.exception is not None:
            raise result.exception
        return json.loads(result.stdout)

    return run


@pytest.fixture(autouse=True)
async def _people(roster: RosterServiceStub) -> None:
    await roster.ApplyRoster(a_request())


async def test_importing_shifts_twice_publishes_once(
    import_file: Import, shifts: ShiftServiceStub
) -> None:
    first = await import_file(ROWS)
    second = await import_file(ROWS)

    assert first["shifts"] == {"created": 2, "amended": 0, "unchanged": 0}
    assert second["shifts"] == {"created": 0, "amended": 0, "unchanged": 2}
    versions = {each.version for each in (await shifts.ListShifts(march())).shifts}
    assert versions == {1}


async def test_every_row_is_imported_or_refused_with_its_line(import_file: Import) -> None:
    answer = await import_file(ROWS)

    refused = {(each["line"], each["reason"]): each["detail"] for each in answer["refused_rows"]}
    assert answer["rows"] == answer["imported"] + sum(answer["refused"].values()) == 5
    assert refused == {
        (3, "DAY_OFF"): "shift: 'off'",
        (5, "UNKNOWN_CODE"): "shift: 'X'",
        (6, "REFUSED_BY_SERVER"): "agent is no agent of sites/porto",
    }
    assert answer["unknown_values"] == {"shift: 'X'": 1}


async def test_a_shift_that_overlaps_a_published_one_is_refused_with_that_one_named(
    import_file: Import, shifts: ShiftServiceStub
) -> None:
    late = a_shift("late", "2026-03-02 15:00", "2026-03-02 22:00")
    await shifts.ApplyShifts(a_publication(late))

    answer = await import_file(ROWS[:2])

    [refused] = answer["refused_rows"]
    assert "overlaps shifts/late of agents/ana, 2026-03-02 15:00" in refused["detail"]


async def test_a_later_file_amends(import_file: Import, shifts: ShiftServiceStub) -> None:
    await import_file(ROWS[:2])

    answer = await import_file([ROWS[0], ["ana", "2026-03-02", "N"]])

    assert answer["shifts"] == {"created": 0, "amended": 1, "unchanged": 0}
    [shift] = (await shifts.ListShifts(march())).shifts
    assert (shift.version, shift.local_start.hours) == (2, 22)


async def test_a_dry_run_publishes_nothing_and_shows_what_it_understood(
    import_file: Import, shifts: ShiftServiceStub
) -> None:
    answer = await import_file(ROWS, MAPPING, "--dry-run")

    assert answer["sheet"] == "March"
    assert answer["columns"][2] == {
        "column": "shift",
        "meaning": "code",
        "samples": ["E", "off", "N"],
    }
    assert not (await shifts.ListShifts(march())).shifts


async def test_agents_come_in_with_their_teams_and_keep_its_leads(
    import_file: Import, roster: RosterServiceStub
) -> None:
    led = a_request()
    led.teams[1].leads.append("agents/eva")
    await roster.ApplyRoster(led)
    rows = [["who", "name", "team"], ["li", "李娜", "光纤组"], ["ana", "Ana", "铜缆组"]]

    first = await import_file(rows, AGENTS)
    second = await import_file(rows, AGENTS)

    assert first["applied"]["created"] == 1
    assert second["applied"] == {"created": 0, "updated": 0, "unchanged": 3}
    assert first["unknown_values"] == {"team: '铜缆组'": 1}
    teams = await roster.ListTeams(roster_wire.ListTeamsRequest(site="sites/porto"))
    assert [list(team.leads) for team in teams.teams] == [[], ["agents/eva"]]


async def test_agents_come_in_with_skills_and_teams_with_lines(
    import_file: Import, roster: RosterServiceStub
) -> None:
    mapping = AGENTS.replace('"team" }', '"team", skills = "knows" }')
    mapping = mapping.replace('cells = ["光纤组"]', 'cells = ["光纤组"], line = "sales"')
    mapping += """
lines = [{ id = "sales", display_names = { en = "Sales", zh = "销售" } }]
skills = [{ id = "english", display_names = { en = "English" }, cells = ["英语"] }]
"""
    rows = [["who", "name", "team", "knows"], ["li", "李娜", "光纤组", "英语:5"]]

    await import_file(rows, mapping)
    await import_file([row[:3] for row in rows], AGENTS)

    listing = roster_wire.ListAgentsRequest(site="sites/porto", lines=["lines/sales"])
    [_, li] = (await roster.ListAgents(listing)).agents
    assert [(each.skill, each.level) for each in li.skills] == [("skills/english", 5)]
