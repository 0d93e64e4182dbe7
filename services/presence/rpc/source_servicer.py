"""The service of sources on the wire."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import grpc
from muster.presence.v1 import source_service_pb2 as pb
from muster.presence.v1 import source_service_pb2_grpc, state_pb2

from chassis.access import current_caller, current_scope
from chassis.rpc.pages import page_size
from services.presence.app.extend_wrap_up import ExtendWrapUp
from services.presence.app.heartbeats import Heartbeats
from services.presence.app.list_sources import ListSources
from services.presence.app.report_states import ReportStates
from services.presence.rpc import answers, source_answers, source_requests
from services.presence.rpc.page_token import sources_after, sources_token
from services.presence.rpc.requests import site_of
from services.presence.rpc.source_stream import ReportStream

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"


@dataclass(frozen=True, slots=True)
class SourceUseCases:
    """What the service does."""

    report_states: ReportStates
    heartbeats: Heartbeats
    list_sources: ListSources
    extend_wrap_up: ExtendWrapUp


class SourceServicer(source_service_pb2_grpc.SourceServiceServicer):
    """Maps messages to use cases and back."""

    def __init__(self, use_cases: SourceUseCases) -> None:
        self._do = use_cases

    async def Heartbeat(  # noqa: N802 - the wire's name
        self, request: pb.HeartbeatRequest, context: Context
    ) -> pb.HeartbeatResponse:
        beat = source_requests.heartbeat_of(
            request.source, request.source_kind, request.agents, request.client_time
        )
        return source_answers.heartbeat_answer(await self._do.heartbeats(beat, current_scope()))

    async def StreamReports(  # noqa: N802 - the wire's name
        self, request_iterator: AsyncIterator[pb.StreamReportsRequest], context: Context
    ) -> None:
        identity = current_caller().identity
        stream = ReportStream(self._do.report_states, self._do.heartbeats, identity, context.write)
        await stream.run(request_iterator)

    async def ListSources(  # noqa: N802 - the wire's name
        self, request: pb.ListSourcesRequest, context: Context
    ) -> pb.ListSourcesResponse:
        site, limit = site_of(request.site), page_size(request)
        source, after = source_requests.wanted_source(request), sources_after(request)
        page = await self._do.list_sources(site, source, after, limit, current_scope())
        return pb.ListSourcesResponse(
            sources=[source_answers.source_of(*each) for each in page.sources],
            next_page_token=sources_token(request, page.next_after),
        )

    async def ExtendWrapUp(  # noqa: N802 - the wire's name
        self, request: pb.ExtendWrapUpRequest, context: Context
    ) -> state_pb2.StateLogEntry:
        identity = current_caller().identity
        asked = source_requests.extension_of(request, identity.subject)
        return answers.log_entry_of(await self._do.extend_wrap_up(asked, identity.scope))
