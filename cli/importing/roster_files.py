"""Sites, teams and agents from CSV files."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from muster.roster.v1 import people_pb2, roster_service_pb2

from chassis.errors import Refusal
from cli.importing.calls import Row
from cli.importing.files import FileRefusedError, read_rows

SITE_COLUMNS = ("id", "display_name", "time_zone")
TEAM_COLUMNS = ("id", "display_name", "site")
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
    """A part of the roster for one call; its agents begin at `first_agent` of the file."""

    message: roster_service_pb2.ApplyRosterRequest
    first_agent: int


def read_roster(files: RosterFiles) -> list[RosterRequest]:
    """Reads the files into calls of at most 10,000 agents, each with all sites and teams."""
    sites = [_site(cells) for cells in _cells(files.sites, SITE_COLUMNS, MOST_SITES)]
    teams = [_team(cells) for cells in _cells(files.teams, TEAM_COLUMNS, MOST_TEAMS)]
    agents = [_agent(cells) for cells in _cells(files.agents, AGENT_COLUMNS, None)]
    return [
        RosterRequest(
            roster_service_pb2.ApplyRosterRequest(
                sites=sites, teams=teams, agents=agents[first : first + _AGENTS_PER_CALL]
            ),
            first,
        )
        for first in range(0, max(len(agents), 1), _AGENTS_PER_CALL)
    ]


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


def _cells(file: Path | None, columns: Sequence[str], most: int | None) -> Iterator[Sequence[str]]:
    if file is None:
        return
    for row in read_rows(file, tuple(columns)):
        if most is not None and row.number > most:
            raise FileRefusedError(f"{file} has over {most} rows: split it")
        yield _cells_of(row, columns, file)


def _cells_of(row: Row, columns: Sequence[str], file: Path) -> Sequence[str]:
    if row.cells is None:
        raise FileRefusedError(f"{file} row {row.number} has more or fewer cells than the header")
    return [row.cells[column].strip() for column in columns]


def _site(cells: Sequence[str]) -> people_pb2.Site:
    site, display_name, time_zone = cells
    return people_pb2.Site(name=f"sites/{site}", display_name=display_name, time_zone=time_zone)


def _team(cells: Sequence[str]) -> people_pb2.Team:
    team, display_name, site = cells
    return people_pb2.Team(name=f"teams/{team}", display_name=display_name, site=f"sites/{site}")


def _agent(cells: Sequence[str]) -> people_pb2.Agent:
    agent, display_name, site, team = cells
    return people_pb2.Agent(
        name=f"agents/{agent}",
        display_name=display_name,
        site=f"sites/{site}",
        team=f"teams/{team}" if team else "",
    )
