"""A gateway that remembers what live sources tell it."""

from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
from muster.dispatch.v1 import contact_service_pb2, contact_service_pb2_grpc
from muster.presence.v1 import (
    presence_service_pb2,
    presence_service_pb2_grpc,
    source_service_pb2,
    source_service_pb2_grpc,
    state_pb2,
)

Context = grpc.aio.ServicerContext[Any, Any]


class Gateway(
    presence_service_pb2_grpc.PresenceServiceServicer,
    source_service_pb2_grpc.SourceServiceServicer,
    contact_service_pb2_grpc.ContactServiceServicer,
):
    """Records each report once; `away` calls are refused as by a gateway that restarts."""

    def __init__(self) -> None:
        self.states: dict[str, presence_service_pb2.StateReport] = {}
        self.events: dict[str, Any] = {}
        self.beats = 0
        self.away = 0
        self.lost: deque[str] = deque()

    @property
    def story(self) -> list[str]:
        """What was told of agents, in the order of the source."""
        reports = sorted(self.states.values(), key=lambda report: report.source_sequence)
        return [
            " ".join(
                (
                    report.agent,
                    state_pb2.State.Name(report.state).removeprefix("STATE_"),
                    *report.contacts,
                )
            )
            for report in reports
        ]

    async def ReportStates(  # noqa: N802 - the wire's name
        self, request: presence_service_pb2.ReportStatesRequest, context: Context
    ) -> presence_service_pb2.ReportStatesResponse:
        for report in request.reports:
            self.states.setdefault(report.event_id, report)
        # What was recorded and never answered comes again.
        await self._be_away(context)
        recorded = presence_service_pb2.ReportStatesResponse.OUTCOME_RECORDED
        return presence_service_pb2.ReportStatesResponse(outcomes=[recorded] * len(request.reports))

    async def ReportContacts(  # noqa: N802 - the wire's name
        self, request: contact_service_pb2.ReportContactsRequest, context: Context
    ) -> contact_service_pb2.ReportContactsResponse:
        await self._be_away(context)
        for event in request.events:
            self.events.setdefault(event.event_id, event)
        recorded = contact_service_pb2.ReportContactsResponse.OUTCOME_RECORDED
        return contact_service_pb2.ReportContactsResponse(outcomes=[recorded] * len(request.events))

    async def Heartbeat(  # noqa: N802 - the wire's name
        self, request: source_service_pb2.HeartbeatRequest, context: Context
    ) -> source_service_pb2.HeartbeatResponse:
        self.beats += 1
        answer = source_service_pb2.HeartbeatResponse()
        answer.lease.FromMilliseconds(150)
        while self.lost:
            answer.resend.append(self.lost.popleft())
        return answer

    async def _be_away(self, context: Context) -> None:
        if self.away:
            self.away -= 1
            await context.abort(grpc.StatusCode.UNAVAILABLE, "restarting")


@asynccontextmanager
async def a_gateway(gateway: Gateway) -> AsyncIterator[grpc.aio.Channel]:
    """Serves the gateway and yields a channel to it."""
    server = grpc.aio.server()
    presence_service_pb2_grpc.add_PresenceServiceServicer_to_server(gateway, server)
    source_service_pb2_grpc.add_SourceServiceServicer_to_server(gateway, server)
    contact_service_pb2_grpc.add_ContactServiceServicer_to_server(gateway, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    async with grpc.aio.insecure_channel(f"127.0.0.1:{port}") as channel:
        yield channel
    await server.stop(None)
