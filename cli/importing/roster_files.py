"""Sites, lines, teams, skills and agents from CSV or XLSX files."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from google.protobuf.field_mask_pb2 import FieldMask
from muster.roster.v1 import people_pb2, roster_service_pb2

from chassis.errors import Refusal
from cli.importing.files import open_table
from cli.importing.mapping import FileRule
from cli.importing.roster_rows import (
    UnreadableCellError,
    agent_of,
    line_of,
    site_of,
    skill_of,
    team_of,
)
from cli.importing.rows import Row
from cli.importing.tables import FileRefusedError, check_columns

_COLUMNS = {
    "sites": ("id", "display_name", "time_zone"),
    "lines": ("id",),
    "teams": ("id", "display_name", "site"),
    "skills": ("id",),
    "agents": ("id", "display_name", "site", "team"),
}
_OPTIONAL_COLUMNS = {
    "sites": ("operating_day_start", "display_order"),
    "teams": ("leads", "line"),
    "agents": ("skills", "end_date"),
}
_MOST_ROWS = {"sites": 1_000, "lines": 500, "teams": 5_000, "skills": 2_000}
_AGENTS_PER_CALL = 10_000
_FAULTY_FIELD = re.compile(r"(sites|lines|teams|skills|agents)\[(\d+)\]\.(\w+)")

_Message = TypeVar("_Message")


@dataclass(frozen=True, slots=True)
class RosterFiles:
    """The files of a roster; those that are not given are None."""

    sites: Path | None = None
    teams: Path | None = None
    agents: Path | None = None
    lines: Path | None = None
    skills: Path | None = None

    def by_collection(self) -> Mapping[str, Path | None]:
        """The files by what they hold."""
        return {collection: getattr(self, collection) for collection in _COLUMNS}


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
    """Reads the files into calls of at most 10,000 agents, each with all other rows.

    What the files have no columns for stays as it is.
    """
    teams = list(_rows("teams", files.teams, team_of))
    agents = list(_rows("agents", files.agents, agent_of))
    mask = _mask_of(files)
    in_parts = len(agents) > _AGENTS_PER_CALL
    whole = roster_service_pb2.ApplyRosterRequest(
        sites=_rows("sites", files.sites, site_of),
        lines=_rows("lines", files.lines, line_of),
        teams=_without_leads(teams) if in_parts else teams,
        skills=_rows("skills", files.skills, skill_of),
        update_mask=FieldMask(paths=sorted(mask - {"teams.leads"} if in_parts else mask)),
    )
    requests = [
        RosterRequest(_with_agents(whole, agents[first : first + _AGENTS_PER_CALL]), first)
        for first in range(0, max(len(agents), 1), _AGENTS_PER_CALL)
    ]
    if in_parts and "teams.leads" in mask:
        leads = roster_service_pb2.ApplyRosterRequest(
            teams=teams, update_mask=FieldMask(paths=["teams.leads"])
        )
        return [*requests, RosterRequest(leads, len(agents), leads_alone=True)]
    return requests


def explain_refusal(refusal: Refusal, request: RosterRequest, files: RosterFiles) -> list[str]:
    """Says for each violation which row of which file is at fault."""
    named = files.by_collection()
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


def _rows(
    collection: str, file: Path | None, read: Callable[[Mapping[str, str]], _Message]
) -> Iterator[_Message]:
    if file is None:
        return
    most = _MOST_ROWS.get(collection)
    with open_table(file, FileRule()) as table:
        check_columns(table, _COLUMNS[collection])
        for row in table.rows:
            if most is not None and row.number > most:
                raise FileRefusedError(f"{file} has over {most} rows: split it")
            try:
                yield read(_cells_of(row, file))
            except UnreadableCellError as error:
                raise FileRefusedError(f"{file} row {row.number}, {error}") from None


def _cells_of(row: Row, file: Path) -> Mapping[str, str]:
    if row.cells is None:
        raise FileRefusedError(f"{file} row {row.number} has more or fewer cells than the header")
    return {column: cell.strip() for column, cell in row.cells.items()}


def _mask_of(files: RosterFiles) -> set[str]:
    mask = {"lines.display_names", "skills.display_names"}
    for collection, file in files.by_collection().items():
        header: tuple[str, ...] = ()
        if file is not None:
            with open_table(file, FileRule()) as table:
                header = table.header
        told = [column for column in _OPTIONAL_COLUMNS.get(collection, ()) if column in header]
        needed = [column for column in _COLUMNS[collection] if column != "id"]
        mask.update(f"{collection}.{column}" for column in (*needed, *told))
    return mask


def _with_agents(
    whole: roster_service_pb2.ApplyRosterRequest, agents: Sequence[people_pb2.Agent]
) -> roster_service_pb2.ApplyRosterRequest:
    message = roster_service_pb2.ApplyRosterRequest(agents=agents)
    message.MergeFrom(whole)
    return message


def _without_leads(teams: Sequence[people_pb2.Team]) -> list[people_pb2.Team]:
    bare = []
    for team in teams:
        bare.append(people_pb2.Team())
        bare[-1].CopyFrom(team)
        bare[-1].ClearField("leads")
    return bare
