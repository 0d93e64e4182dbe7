"""The service of reading on the wire."""

import asyncio
from dataclasses import dataclass
from typing import Any, TypeAlias

import grpc
from muster.presence.v1 import timeline_service_pb2 as pb
from muster.presence.v1 import timeline_service_pb2_grpc

from chassis.access import current_scope
from chassis.clock import Clock
from services.presence.app.read_timelines import Read, ReadTimelines
from services.presence.rpc import timeline_answers as answers
from services.presence.rpc import timeline_requests as requests
from services.presence.rpc.answer_cache import AnswerCache
from services.presence.rpc.requests import agent_of

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the service does."""

    timelines: ReadTimelines
    clock: Clock


class TimelineServicer(timeline_service_pb2_grpc.TimelineServiceServicer):
    """Maps messages to use cases and back; answers of whole sites are packed once and kept."""

    def __init__(self, use_cases: UseCases) -> None:
        self._timelines = use_cases.timelines
        self._clock = use_cases.clock
        self._exact = AnswerCache[pb.SiteTimelines]()
        self._strips = AnswerCache[pb.Strips]()

    async def GetSiteTimelines(  # noqa: N802 - the wire's name
        self, request: pb.GetSiteTimelinesRequest, context: Context
    ) -> pb.SiteTimelines:
        wanted, span_ms = requests.selection_of(request.site, request), requests.span_ms_of(request)
        known_by = requests.known_by_of(request)
        read = await self._timelines.of_site(wanted, span_ms, current_scope(), known_by)
        return await self._exact.get(read, 0, lambda: answers.site_timelines_answer(read))

    async def GetStrips(  # noqa: N802 - the wire's name
        self, request: pb.GetStripsRequest, context: Context
    ) -> pb.Strips:
        wanted, span_ms = requests.selection_of(request.site, request), requests.span_ms_of(request)
        read = await self._timelines.of_site(wanted, span_ms, current_scope())
        passed_ms = self._passed_ms(read)
        return await self._strips.get(
            read, answers.block_at(read, passed_ms), lambda: answers.strips_answer(read, passed_ms)
        )

    async def GetHeatmapCells(  # noqa: N802 - the wire's name
        self, request: pb.GetHeatmapCellsRequest, context: Context
    ) -> pb.HeatmapCells:
        wanted, axis = requests.selection_of(request.site, request), requests.axis_of(request)
        span_ms = range(*map(answers.milliseconds_of, (axis.start_time, axis.end_time)))
        read = await self._timelines.of_site(wanted, span_ms, current_scope())
        return await asyncio.to_thread(answers.cells_answer, read, axis, self._passed_ms(read))

    async def GetAgentTimeline(  # noqa: N802 - the wire's name
        self, request: pb.GetAgentTimelineRequest, context: Context
    ) -> pb.AgentTimeline:
        agent, span_ms = agent_of(request.agent), requests.span_ms_of(request)
        known_by = requests.known_by_of(request)
        place, folded = await self._timelines.of_agent(agent, span_ms, current_scope(), known_by)
        return answers.agent_timeline_answer(agent, place, folded)

    def _passed_ms(self, read: Read) -> int:
        return min(answers.milliseconds_of(self._clock.now()), read.timelines.end_ms)
