"""Judges each row of a file of agents: she is an agent, or the row is refused for one reason."""

from collections.abc import Iterable
from collections.abc import Mapping as Cells
from dataclasses import dataclass, replace

from cli.importing.calls import Agent, parse_agent
from cli.importing.mapping_kinds import AgentsMapping
from cli.importing.reasons import Reason, RowRefusedError, cell_told
from cli.importing.rows import RefusedRow, Row, judge_each
from cli.importing.skill_cells import parse_skills

_LONGEST_LABEL = 200


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent with her team, or an empty one, her skills with their levels, and the line that
    tells her.
    """

    row: int
    line: int
    agent: Agent
    team: str
    skills: tuple[tuple[str, int], ...] = ()


def judge_agents(rows: Iterable[Row], mapping: AgentsMapping) -> list[AgentRow | RefusedRow]:
    """Judges every row, in the order of the file: as many results as rows. A second row of an agent
    is refused.
    """
    seen: dict[str, AgentRow] = {}

    def parse(row: Row, cells: Cells[str, str]) -> AgentRow:
        agent = parse_agent(cells, mapping.columns.agent, mapping.agent)
        display_name = _parse_name(cells, mapping.columns.display_name)
        team = _parse_team(cells, mapping)
        told = AgentRow(
            row.number,
            row.line,
            replace(agent, display_name=display_name),
            team,
            parse_skills(cells, mapping),
        )
        if agent.id in seen:
            former = seen[agent.id]
            same = replace(former, row=row.number, line=row.line) == told
            reason = Reason.IDENTICAL_LINE if same else Reason.REPEATED_AGENT
            raise RowRefusedError(reason, f"line {former.line}")
        seen[agent.id] = told
        return told

    return judge_each(rows, parse)


def _parse_name(cells: Cells[str, str], column: str) -> str:
    name = cells[column].strip()
    if not 1 <= len(name) <= _LONGEST_LABEL or not name.isprintable():
        raise RowRefusedError(Reason.UNUSABLE_NAME, cell_told(column, name))
    return name


def _parse_team(cells: Cells[str, str], mapping: AgentsMapping) -> str:
    column = mapping.columns.team
    cell = "" if column is None else cells[column].strip()
    if column is None or not cell:
        return ""
    for team in mapping.teams:
        if cell in team.cells:
            return team.id
    raise RowRefusedError(Reason.UNKNOWN_TEAM, cell_told(column, cell))
