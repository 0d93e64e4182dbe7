"""Brings agents in, with their teams and their site."""

from collections import Counter
from collections.abc import Iterable, Sequence

from google.protobuf.field_mask_pb2 import FieldMask
from muster.roster.v1 import people_pb2, roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from rich.console import Console

from cli.importing.accounting import Accounting, account_for
from cli.importing.agent_rows import AgentRow, judge_agents
from cli.importing.applying import sift, without_refused
from cli.importing.calling import call_patiently
from cli.importing.mapping_kinds import AgentsMapping, TeamCells
from cli.importing.outcome import Outcome
from cli.importing.progress import progress
from cli.importing.rows import Row
from cli.session import Session, open_gateway

AGENTS_PER_CALL = 5_000


class AgentImport:
    """A file of agents, judged."""

    def __init__(self, mapping: AgentsMapping, rows: Iterable[Row]) -> None:
        judged = judge_agents(rows, mapping)
        self._mapping = mapping
        self._accounting = account_for(judged)
        self._agents = [each for each in judged if isinstance(each, AgentRow)]

    def preview(self) -> Outcome:
        """Tells who would be created or changed."""
        line = f"{len(self._agents):,} agents would be applied; nothing was sent."
        return _outcome(self._accounting, Counter(), line)

    async def send(self, session: Session, console: Console) -> Outcome:
        """Creates and changes agents, without those whom the server refuses."""
        counts: Counter[str] = Counter()
        accounting = self._accounting
        async with open_gateway(session) as channel:
            roster = RosterServiceStub(channel)

            async def check(agents: Sequence[AgentRow]) -> None:
                await call_patiently(roster.ApplyRoster, self._request(agents, trial=True))

            with progress(console, "agents", len(self._agents)) as sent:
                for first in range(0, len(self._agents), AGENTS_PER_CALL):
                    part = self._agents[first : first + AGENTS_PER_CALL]
                    sifted = await sift(part, "agents", check)
                    accounting = without_refused(accounting, sifted.refused)
                    request = self._request(sifted.taken, trial=False)
                    counts += _counts(await call_patiently(roster.ApplyRoster, request))
                    sent(first + len(part))
        line = (
            f"{counts['created']:,} rows of the roster created, "
            f"{counts['updated']:,} changed, {counts['unchanged']:,} as they were."
        )
        return _outcome(accounting, counts, line)

    def _request(
        self, agents: Sequence[AgentRow], *, trial: bool
    ) -> roster_service_pb2.ApplyRosterRequest:
        mapping = self._mapping
        site = f"sites/{mapping.site.id}"
        created = mapping.site.display_name is not None
        return roster_service_pb2.ApplyRosterRequest(
            sites=[
                people_pb2.Site(
                    name=site,
                    display_name=mapping.site.display_name or "",
                    time_zone=mapping.time_zone or "",
                )
            ][:created],
            lines=[
                people_pb2.Line(name=f"lines/{line.id}", display_names=line.display_names)
                for line in mapping.lines
            ],
            teams=[_team_message(team, site) for team in mapping.teams],
            skills=[
                people_pb2.Skill(name=f"skills/{skill.id}", display_names=skill.display_names)
                for skill in mapping.skills
            ],
            agents=[_message(row, site) for row in agents],
            validate_only=trial,
            update_mask=_mask_of(mapping),
        )


def _mask_of(mapping: AgentsMapping) -> FieldMask:
    paths = ["sites.display_name", "sites.time_zone", "teams.display_name"]
    paths += ["lines.display_names", "skills.display_names"]
    paths += ["agents.display_name", "agents.site", "agents.team"]
    if any(team.line is not None for team in mapping.teams):
        paths.append("teams.line")
    if mapping.columns.skills is not None:
        paths.append("agents.skills")
    return FieldMask(paths=paths)


def _team_message(team: TeamCells, site: str) -> people_pb2.Team:
    return people_pb2.Team(
        name=f"teams/{team.id}",
        display_name=team.display_name,
        site=site,
        line="" if team.line is None else f"lines/{team.line}",
    )


def _outcome(accounting: Accounting, counts: Counter[str], line: str) -> Outcome:
    figures = {name: counts[name] for name in ("created", "updated", "unchanged")}
    return Outcome(accounting, {"agents": accounting.imported_count, "applied": figures}, line)


def _counts(answer: roster_service_pb2.ApplyRosterResponse) -> Counter[str]:
    return Counter(
        created=answer.created_count,
        updated=answer.updated_count,
        unchanged=answer.unchanged_count,
    )


def _message(row: AgentRow, site: str) -> people_pb2.Agent:
    return people_pb2.Agent(
        name=f"agents/{row.agent.id}",
        display_name=row.agent.display_name,
        site=site,
        team=f"teams/{row.team}" if row.team else "",
        skills=[
            people_pb2.AgentSkill(skill=f"skills/{skill}", level=level)
            for skill, level in row.skills
        ],
    )
