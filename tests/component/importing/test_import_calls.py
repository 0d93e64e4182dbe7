from pathlib import Path

from muster.presence.v1 import state_pb2
from muster.roster.v1 import people_pb2

from tests.component.importing.conftest import Muster
from tests.component.importing.gateway import FakeGateway


def words(files: Path, *more: str) -> tuple[str | Path, ...]:
    return ("calls", files / "calls.csv", "--mapping", files / "mapping.toml", "--json", *more)


async def test_a_file_becomes_people_and_state_changes(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    answer = await muster_import(*words(files))

    assert answer.json["rows"] == 5
    assert answer.json["imported"] == 3
    assert answer.json["refused"] == {"NOT_SERVED": 1, "NO_AGENT": 1}
    assert answer.json["reports"]["recorded"] == 6
    assert answer.json["board"].endswith("/board?site=harbour&day=1999-08-02")
    assert {name: who.team for name, who in gateway.agents.items()} == {
        "agents/h-a1": "teams/quay",
        "agents/h-a2": "teams/quay",
    }
    of_a1 = [report for report in gateway.reports.values() if report.agent == "agents/h-a1"]
    assert [(report.state, list(report.contacts), report.inferred) for report in of_a1] == [
        (state_pb2.STATE_BUSY, ["1"], False),
        (state_pb2.STATE_ONLINE, [], True),
        (state_pb2.STATE_BUSY, ["2"], False),
        (state_pb2.STATE_UNOBSERVED, [], False),
    ]


async def test_importing_twice_changes_nothing(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    await muster_import(*words(files))
    before = dict(gateway.reports)

    again = await muster_import(*words(files))

    assert gateway.reports == before
    assert again.json["created"] == 0
    assert again.json["reports"]["recorded"] == 0
    assert again.json["reports"]["already_recorded"] == 6


async def test_a_dry_run_asks_nobody(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    answer = await muster_import(*words(files, "--dry-run"))

    assert (answer.json["dry_run"], answer.json["imported"]) == (True, 3)
    assert (gateway.agents, gateway.reports) == ({}, {})


async def test_an_import_outlasts_a_gateway_that_has_too_much_in_hand(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    gateway.fail_next(2)

    answer = await muster_import(*words(files))

    assert answer.json["reports"]["recorded"] == 6


async def test_a_row_whose_report_the_server_refuses_is_counted_as_refused(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    gateway.refuse(["agents/h-a2"])

    answer = await muster_import(*words(files))

    assert answer.json["imported"] == 2
    assert answer.json["refused"]["REFUSED_BY_SERVER"] == 1
    assert answer.json["rows"] == answer.json["imported"] + sum(answer.json["refused"].values())
    assert answer.json["reports"]["refused"] == {"UNKNOWN_AGENT": 2}


async def test_agents_who_exist_keep_their_names_and_teams(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    gateway.site_names.add("sites/harbour")
    ana = people_pb2.Agent(name="agents/h-a1", display_name="Ana", site="sites/harbour")
    gateway.agents["agents/h-a1"] = ana

    await muster_import(*words(files))

    assert gateway.agents["agents/h-a1"] == ana
    assert sorted(gateway.agents) == ["agents/h-a1", "agents/h-a2"]


async def test_a_team_that_exists_keeps_its_name_and_takes_newcomers(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    gateway.site_names.add("sites/harbour")
    quay = people_pb2.Team(name="teams/quay", display_name="North quay", site="sites/harbour")
    gateway.teams["teams/quay"] = quay

    answer = await muster_import(*words(files))

    assert gateway.teams == {"teams/quay": quay}
    assert {who.team for who in gateway.agents.values()} == {"teams/quay"}
    assert answer.json["created"] == 2


async def test_an_agent_of_another_site_is_not_moved(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    ana = people_pb2.Agent(name="agents/h-a1", display_name="Ana", site="sites/elsewhere")
    gateway.agents["agents/h-a1"] = ana

    answer = await muster_import(*words(files))

    assert "belong to another site" in answer.refusal
    assert gateway.agents == {"agents/h-a1": ana}
    assert gateway.reports == {}


async def test_a_mapping_without_a_site_name_creates_nobody(
    muster_import: Muster, gateway: FakeGateway, files: Path
) -> None:
    mapping = files / "mapping.toml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace(', display_name = "Harbour"', ""), encoding="utf-8")

    answer = await muster_import(*words(files))

    assert "there is no site harbour" in answer.refusal
    assert gateway.agents == {}


async def test_the_table_shows_that_the_sum_is_the_file(muster_import: Muster, files: Path) -> None:
    answer = await muster_import("calls", files / "calls.csv", "--mapping", files / "mapping.toml")

    assert "5 of 5" in answer.output
    assert "NOT_SERVED" in answer.output
    assert "6 recorded" in answer.output


async def test_a_file_without_the_columns_of_the_mapping_is_refused(
    muster_import: Muster, files: Path
) -> None:
    (files / "calls.csv").write_text("a,b\n", encoding="utf-8")

    answer = await muster_import(*words(files))

    assert "no column day, from" in answer.refusal
