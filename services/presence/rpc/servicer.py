"""The service on the wire."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import grpc
from muster.presence.v1 import events_pb2, presence_service_pb2_grpc, state_pb2
from muster.presence.v1 import presence_service_pb2 as pb

from chassis.access import current_caller, current_scope, current_scopes
from chassis.clock import Clock
from chassis.rpc.pages import page_size
from services.presence.app.amend_states import AmendStates
from services.presence.app.ports import LogQuery, SiteReader
from services.presence.app.read_log import ReadLog
from services.presence.app.read_site import ReadSite
from services.presence.app.report_states import ReportStates
from services.presence.rpc import answers, requests
from services.presence.rpc.amendment_requests import amendment_of, claim_of
from services.presence.rpc.page_token import log_after, log_token
from services.presence.rpc.timeline_requests import known_by_of

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the service does."""

    report_states: ReportStates
    amend_states: AmendStates
    read_log: ReadLog
    read_site: ReadSite
    changes: SiteReader
    clock: Clock


class PresenceServicer(presence_service_pb2_grpc.PresenceServiceServicer):
    """Maps messages to use cases and back."""

    def __init__(self, use_cases: UseCases) -> None:
        self._do = use_cases

    async def ReportStates(  # noqa: N802 - the wire's name
        self, request: pb.ReportStatesRequest, context: Context
    ) -> pb.ReportStatesResponse:
        identity = current_caller().identity
        origin = requests.origin_of(request, identity.subject)
        reports = requests.reports_of(request.reports)
        sent_time = requests.instant_or_none(request.sent_time)
        return answers.fates_answer(
            await self._do.report_states(reports, origin, identity.scope, sent_time)
        )

    async def ListStateLog(  # noqa: N802 - the wire's name
        self, request: pb.ListStateLogRequest, context: Context
    ) -> pb.ListStateLogResponse:
        query = LogQuery(
            agent=requests.agent_of(request.agent),
            span=requests.span_of(request),
            after=log_after(request),
            known_at=known_by_of(request),
        )
        limit, now = page_size(request), self._do.clock.now()
        page = await self._do.read_log(query, limit, current_scopes(), now)
        return pb.ListStateLogResponse(
            entries=map(answers.log_entry_of, page.entries),
            next_page_token=log_token(request, page.next_after),
            opening_entry=answers.log_entry_of(page.opening) if page.opening else None,
        )

    async def AmendStates(  # noqa: N802 - the wire's name
        self, request: pb.AmendStatesRequest, context: Context
    ) -> state_pb2.StateLogEntry:
        identity = current_caller().identity
        amendment = amendment_of(request, identity.subject)
        return answers.log_entry_of(await self._do.amend_states.amend(amendment, identity.scope))

    async def AcceptClaim(  # noqa: N802 - the wire's name
        self, request: pb.AcceptClaimRequest, context: Context
    ) -> state_pb2.StateLogEntry:
        identity = current_caller().identity
        accepted = await self._do.amend_states.accept(
            claim_of(request), identity.subject, identity.scope
        )
        return answers.log_entry_of(accepted)

    async def GetSiteCoverage(  # noqa: N802 - the wire's name
        self, request: pb.GetSiteCoverageRequest, context: Context
    ) -> pb.SiteCoverage:
        site = requests.site_of(request.site)
        return answers.coverage_answer(await self._do.read_site.coverage(site, current_scope()))

    async def ReplayChanges(  # noqa: N802 - the wire's name
        self, request: pb.ReplayChangesRequest, context: Context
    ) -> AsyncIterator[events_pb2.AgentStatesChanged]:
        async for payload in self._do.changes.replay(requests.place_of(request.after)):
            yield events_pb2.AgentStatesChanged.FromString(payload)
