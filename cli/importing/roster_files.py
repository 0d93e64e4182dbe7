"""Sites, teams and agents from CSV or XLSX files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.roster.v1 import people_pb2, roster_service_pb2

from chassis.errors import Refusal
from cli.importing.files import open_table
from cli.importing.mapping import FileRule
from cli.importing.rows import Row
from cli.importing.tables import FileRefusedError, check_columns

SITE_COLUMNS = ("id", "display_name", "time_zone")
TEAM_COLUMNS = ("id", "display_name", "site")
LEADS_COLUMN = "leads"
AGENT_COLUMNS = ("id", "display_name", "site", "team")

MOST_SITES = 1_000
MOST_TEAMS = 5_000
_AGENTS_PER_CALL = 10_000
_FAULTY_FIELD = re.compile(r"(sites|teams|agents)\[(\d+)\]\.(\w+)")


@dataclass(frozen=True, slots=True)
class RosterFiles:
    """The files of a roster; those that are not given are None."""

    sites: Path | None
    teams: Path | None
    agents: Path | None


@dataclass(frozen=True, slots=True)
class RosterRequest:
    """A part of the roster for one call; its agents begin at `first_agent` of the file.

    The leads of teams go along with a single part. Of several parts a last one brings them, when
    all agents are there (`leads_alone`).
    """

    message: roster_service_pb2.ApplyRosterRequest
    first_agent: int
    leads_alone: bool = False


def read_roster(files: RosterFiles) -> list[RosterRequest]:
    """Reads the files into calls of at most 10,000 agents, each with all sites and teams."""
    sites = [_site(cells) for cells in _cells(files.sites, SITE_COLUMNS, MOST_SITES)]
    teams = [_team(cells) for cells in _cells(files.teams, TEAM_COLUMNS, MOST_TEAMS)]
    agents = [_agent(cells) for cells in _cells(files.agents, AGENT_COLUMNS, None)]
    has_leads = files.teams is not None and _has_leads(files.teams)
    in_parts = len(agents) > _AGENTS_PER_CALL
    requests = [
        RosterRequest(
            roster_service_pb2.ApplyRosterRequest(
                sites=sites,
                teams=_without_leads(teams) if in_parts else teams,
                agents=agents[first : first + _AGENTS_PER_CALL],
                keep_leads=in_parts or not has_leads,
            ),
            first,
        )
        for first in range(0, max(len(agents), 1), _AGENTS_PER_CALL)
    ]
    if in_parts and has_leads:
        with_leads = roster_service_pb2.ApplyRosterRequest(teams=teams)
        return [*requests, RosterRequest(with_leads, len(agents), leads_alone=True)]
    return requests


def explain_refusal(refusal: Refusal, request: RosterRequest, files: RosterFiles) -> list[str]:
    """Says for each violation which row of which file is at fault."""
    named = {"sites": files.sites, "teams": files.teams, "agents": files.agents}
    lines = []
    for violation in refusal.violations:
        match = _FAULTY_FIELD.fullmatch(violation.field)
        if match is None:
            lines.append(f"{violation.field}: {violation.description}")
            continue
        collection, index, column = match[1], int(match[2]), match[3]
        row = index + 1 + (request.first_agent if collection == "agents" else 0)
        column = "id" if column == "name" else column
        lines.append(f"{named[collection]} row {row}, {column}: {violation.description}")
    return lines


def _cells(
    file: Path | None, columns: Sequence[str], most: int | None
) -> Iterator[Mapping[str, str]]:
    if file is None:
        return
    with open_table(file, FileRule()) as table:
        check_columns(table, columns)
        for row in table.rows:
            if most is not None and row.number > most:
                raise FileRefusedError(f"{file} has over {most} rows: split it")
            yield _cells_of(row, file)


def _cells_of(row: Row, file: Path) -> Mapping[str, str]:
    if row.cells is None:
        raise FileRefusedError(f"{file} row {row.number} has more or fewer cells than the header")
    return {column: cell.strip() for column, cell in row.cells.items()}


def _has_leads(file: Path) -> bool:
    with open_table(file, FileRule()) as table:
        return LEADS_COLUMN in table.header


def _without_leads(teams: Sequence[people_pb2.Team]) -> list[people_pb2.Team]:
    return [
        people_pb2.Team(name=team.name, display_name=team.display_name, site=team.site)
        for team in teams
    ]


def _site(cells: Mapping[str, str]) -> people_pb2.Site:
    return people_pb2.Site(
        name=f"sites/{cells['id']}",
        display_name=cells["display_name"],
        time_zone=cells["time_zone"],
    )


def _team(cells: Mapping[str, str]) -> people_pb2.Team:
    return people_pb2.Team(
        name=f"teams/{cells['id']}",
        display_name=cells["display_name"],
        site=f"sites/{cells['site']}",
        leads=[f"agents/{lead}" for lead in cells.get(LEADS_COLUMN, "").split()],
    )


def _agent(cells: Mapping[str, str]) -> people_pb2.Agent:
    return people_pb2.Agent(
        name=f"agents/{cells['id']}",
        display_name=cells["display_name"],
        site=f"sites/{cells['site']}",
        team=f"teams/{cells['team']}" if cells["team"] else "",
    )
