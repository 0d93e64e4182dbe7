"""The service of reading on the wire."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

import grpc
from muster.presence.v1 import timeline_service_pb2 as pb
from muster.presence.v1 import timeline_service_pb2_grpc

from chassis.access import (
    current_caller,
    current_permissions,
    current_scope,
    current_scopes,
)
from chassis.clock import Clock
from chassis.fields import may_read
from chassis.rpc.pages import page_size, page_token, place_after
from chassis.scope import Scope, Scopes
from services.presence.app.directory import AgentDirectory
from services.presence.app.read_states import ReadStates
from services.presence.app.read_timelines import ReadTimelines, Selection
from services.presence.app.watch_states import WatchStates
from services.presence.domain.entry import Place, instant_of
from services.presence.rpc import timeline_answers as answers
from services.presence.rpc import timeline_requests as requests
from services.presence.rpc.answer_cache import AnswerCache
from services.presence.rpc.answers import cursor_of
from services.presence.rpc.requests import agent_of, place_of
from services.presence.rpc.state_answers import (
    Sees,
    state_message_of,
    watch_answer,
)

_CHECKPOINT_SECONDS = 5.0
Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the service does."""

    timelines: ReadTimelines
    states: ReadStates
    watch: WatchStates
    directory: AgentDirectory
    clock: Clock


class TimelineServicer(timeline_service_pb2_grpc.TimelineServiceServicer):
    """Maps messages to use cases and back; answers of whole sites are packed once and kept."""

    def __init__(self, use_cases: UseCases) -> None:
        self._do = use_cases
        self._timelines = use_cases.timelines
        self._exact = AnswerCache[pb.SiteTimelines]()
        self._strips = AnswerCache[pb.Strips]()

    async def ListAgentStates(  # noqa: N802 - the wire's name
        self, request: pb.ListAgentStatesRequest, context: Context
    ) -> pb.ListAgentStatesResponse:
        wanted, states = (
            requests.selection_of(request.site, request),
            requests.states_of(request.states),
        )
        after, limit = place_after(request, str) or "", page_size(request)
        page = await self._do.states(wanted, states, current_scope(), after=after, limit=limit)
        team_of = self._do.directory.team_of
        return pb.ListAgentStatesResponse(
            agent_states=[state_message_of(now, team_of(now.agent)) for now in page.states],
            next_page_token=page_token(request, page.states[-1].agent) if page.has_more else "",
            cursor=cursor_of(page.place),
        )

    async def WatchAgentStates(  # noqa: N802 - the wire's name
        self, request: pb.WatchAgentStatesRequest, context: Context
    ) -> AsyncIterator[pb.WatchAgentStatesResponse]:
        wanted = requests.selection_of(request.after.site, request)
        scopes = current_scopes()
        self._do.states.ensure_sees_somebody(wanted.site, scopes.live)
        sees = self._sight(wanted, scopes)
        place: Place | None = place_of(request.after)
        if request.after.epoch == 0:
            place = None
        told_at = float("-inf")
        async for step in self._do.watch(wanted.site, place, current_caller().identity.subject):
            answer = watch_answer(step, sees)
            now = asyncio.get_running_loop().time()
            if answer.HasField("changes") or now - told_at >= _CHECKPOINT_SECONDS:
                told_at = now
                yield answer

    async def GetSiteTimelines(  # noqa: N802 - the wire's name
        self, request: pb.GetSiteTimelinesRequest, context: Context
    ) -> pb.SiteTimelines:
        wanted, span_ms = requests.selection_of(request.site, request), requests.span_ms_of(request)
        known_by = requests.known_by_of(request)
        scope = self._scope_of(span_ms, known_by)
        read = await self._timelines.of_site(wanted, span_ms, scope, known_by)
        told = may_read(pb.SiteTimelines.Look, "reason", current_permissions())
        return await self._exact.get(
            read, int(told), lambda: answers.site_timelines_answer(read, with_reasons=told)
        )

    async def GetStrips(  # noqa: N802 - the wire's name
        self, request: pb.GetStripsRequest, context: Context
    ) -> pb.Strips:
        wanted, span_ms = requests.selection_of(request.site, request), requests.span_ms_of(request)
        read = await self._timelines.of_site(wanted, span_ms, self._scope_of(span_ms))
        passed_ms = self._passed_ms(span_ms)
        return await self._strips.get(
            read, answers.block_at(read, passed_ms), lambda: answers.strips_answer(read, passed_ms)
        )

    async def GetHeatmapCells(  # noqa: N802 - the wire's name
        self, request: pb.GetHeatmapCellsRequest, context: Context
    ) -> pb.HeatmapCells:
        wanted, axis = requests.selection_of(request.site, request), requests.axis_of(request)
        span_ms = range(*map(answers.milliseconds_of, (axis.start_time, axis.end_time)))
        read = await self._timelines.of_site(wanted, span_ms, self._scope_of(span_ms))
        return await asyncio.to_thread(answers.cells_answer, read, axis, self._passed_ms(span_ms))

    async def GetAgentTimeline(  # noqa: N802 - the wire's name
        self, request: pb.GetAgentTimelineRequest, context: Context
    ) -> pb.AgentTimeline:
        agent, span_ms = agent_of(request.agent), requests.span_ms_of(request)
        known_by = requests.known_by_of(request)
        scope = self._scope_of(span_ms, known_by)
        read = await self._timelines.of_agent(agent, span_ms, scope, known_by)
        told = may_read(pb.AgentTimeline.Interval, "reason", current_permissions())
        passed_ms = self._passed_ms(span_ms, known_by)
        return answers.agent_timeline_answer(agent, read, passed_ms, with_reasons=told)

    def _scope_of(self, span_ms: range, known_by: datetime | None = None) -> Scope:
        start_time = instant_of(span_ms.start * 1_000)
        return current_scopes().of_span(start_time, self._do.clock.now(), known_by)

    def _passed_ms(self, span_ms: range, known_by: datetime | None = None) -> int:
        """Returns how far a span has passed; as known at an instant, how far it had passed then."""
        now = self._do.clock.now()
        instant = now if known_by is None else min(now, known_by)
        return min(answers.milliseconds_of(instant), span_ms.stop)

    def _sight(self, wanted: Selection, scopes: Scopes) -> Sees:
        """Returns what tells whether a watcher sees a change; teams are those of the moment, and
        what occurred before the last day is history, however late it comes.
        """
        directory, clock = self._do.directory, self._do.clock

        def sees(agent: str, occurred_us: int) -> bool:
            is_wanted = not wanted.agents or agent in wanted.agents
            is_of_team = not wanted.teams or directory.team_of(agent) in wanted.teams
            scope = scopes.of_span(instant_of(occurred_us), clock.now())
            return is_wanted and is_of_team and directory.sees_entry(agent, wanted.site, scope)

        return sees
