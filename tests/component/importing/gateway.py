"""A gateway in memory, behind a real gRPC port."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import grpc
from muster.dispatch.v1 import contact_pb2, contact_service_pb2, contact_service_pb2_grpc
from muster.presence.v1 import presence_service_pb2, presence_service_pb2_grpc
from muster.roster.v1 import people_pb2, roster_service_pb2, roster_service_pb2_grpc

from chassis.errors import FieldViolation, invalid_fields
from chassis.rpc.status import DETAILS_KEY, status_of

_Response = presence_service_pb2.ReportStatesResponse


@dataclass(frozen=True)
class _Fate:
    """How many of the rows are new, different, and as they are already."""

    created: int
    updated: int
    unchanged: int

    @classmethod
    def of(cls, known: Mapping[str, Any], rows: Sequence[Any]) -> Self:
        created = sum(row.name not in known for row in rows)
        unchanged = sum(known.get(row.name) == row for row in rows)
        return cls(created, len(rows) - created - unchanged, unchanged)


class FakeGateway(
    roster_service_pb2_grpc.RosterServiceServicer,
    presence_service_pb2_grpc.PresenceServiceServicer,
    contact_service_pb2_grpc.ContactServiceServicer,
):
    """Knows people, reports and contacts as Muster does; fails as often as the test says."""

    def __init__(self) -> None:
        self.site_names: set[str] = set()
        self.teams: dict[str, people_pb2.Team] = {}
        self.agents: dict[str, people_pb2.Agent] = {}
        self.reports: dict[tuple[str, str, str], presence_service_pb2.StateReport] = {}
        self.contact_events: dict[tuple[str, str], contact_pb2.ContactEvent] = {}
        self.outages = 0
        self.unknown_agents: set[str] = set()
        self.faulty_agents: set[str] = set()

    def fail_next(self, outages: int) -> None:
        self.outages = outages

    def refuse(self, agents: Iterable[str]) -> None:
        self.unknown_agents.update(agents)

    async def GetSite(self, request: Any, context: Any) -> people_pb2.Site:  # noqa: N802 - as on the wire
        if request.name not in self.site_names:
            await context.abort(grpc.StatusCode.NOT_FOUND, "no such site")
        return people_pb2.Site(name=request.name)

    async def ListTeams(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        here = [team for team in self.teams.values() if team.site == request.site]
        return roster_service_pb2.ListTeamsResponse(teams=here)

    async def ListAgents(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        here = sorted(name for name, who in self.agents.items() if who.site == request.site)
        first = int(request.page_token or 0)
        more = first + 2 < len(here)
        return roster_service_pb2.ListAgentsResponse(
            agents=[self.agents[name] for name in here[first : first + 2]],
            next_page_token=str(first + 2) if more else "",
        )

    async def ApplyRoster(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        for index, agent in enumerate(request.agents):
            if agent.name in self.faulty_agents:
                await self._refuse_field(context, f"agents[{index}].team")
        fates = [
            _Fate.of(
                {each.name: each for each in request.sites if each.name in self.site_names},
                request.sites,
            ),
            _Fate.of(self.teams, request.teams),
            _Fate.of(self.agents, request.agents),
        ]
        if not request.validate_only:
            self.site_names.update(site.name for site in request.sites)
            self.teams.update({team.name: team for team in request.teams})
            self.agents.update({agent.name: agent for agent in request.agents})
        return roster_service_pb2.ApplyRosterResponse(
            created_count=sum(fate.created for fate in fates),
            updated_count=sum(fate.updated for fate in fates),
            unchanged_count=sum(fate.unchanged for fate in fates),
        )

    async def _refuse_field(self, context: Any, field: str) -> None:
        refusal = invalid_fields([FieldViolation(field, "there is no such team")])
        details = status_of(refusal, "roster").SerializeToString()
        await context.abort(
            grpc.StatusCode.INVALID_ARGUMENT, refusal.message, ((DETAILS_KEY, details),)
        )

    async def ReportStates(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        if self.outages:
            self.outages -= 1
            await context.abort(grpc.StatusCode.RESOURCE_EXHAUSTED, "too much in hand")
        answer = _Response()
        for index, report in enumerate(request.reports):
            key = (request.source, report.agent, report.event_id)
            if report.agent in self.unknown_agents:
                answer.outcomes.append(_Response.OUTCOME_REFUSED)
                answer.refusals.add(index=index, reason="UNKNOWN_AGENT", message="who?")
            elif key in self.reports:
                answer.outcomes.append(_Response.OUTCOME_ALREADY_RECORDED)
            else:
                self.reports[key] = report
                answer.outcomes.append(_Response.OUTCOME_RECORDED)
        return answer

    async def ReportContacts(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        told = contact_service_pb2.ReportContactsResponse
        answer = told()
        for event in request.events:
            key = (event.contact_id, event.event_id)
            known = key in self.contact_events
            self.contact_events[key] = event
            answer.outcomes.append(
                told.OUTCOME_ALREADY_RECORDED if known else told.OUTCOME_RECORDED
            )
        return answer
