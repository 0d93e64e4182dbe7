"""One source's stream of reports and heartbeats."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2
from muster.presence.v1 import source_service_pb2 as pb

from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from services.presence.app.heartbeats import Heartbeat, Heartbeats
from services.presence.app.report_states import ReportStates
from services.presence.domain.fate import Reason
from services.presence.rpc import answers, requests, source_answers, source_requests

MOST_IN_HAND = 8
"""Batches that may wait for their answers."""
BEAT_SECONDS = 5.0
"""How often the source hears of us while nothing else is to be said."""

Write = Callable[[pb.StreamReportsResponse], Awaitable[None]]


class ReportStream:
    """Takes what one source sends until it ends, and answers as answers are ready.

    What arrives proves that the source lives; that its connection is open proves nothing.
    """

    def __init__(
        self, report_states: ReportStates, heartbeats: Heartbeats, identity: Identity, write: Write
    ) -> None:
        self._report_states = report_states
        self._heartbeats = heartbeats
        self._identity = identity
        self._to_source = write
        self._turn = asyncio.Lock()
        self._in_hand = 0

    async def run(self, messages: AsyncIterator[pb.StreamReportsRequest]) -> None:
        """Returns when the source has sent all and has all answers; raises the first Refusal."""
        opened = source_requests.opening_of(await anext(messages, pb.StreamReportsRequest()))
        await self._beat(opened)
        try:
            async with asyncio.TaskGroup() as group:
                # In a task as well: a group puts what its own block raised behind what the tasks
                # raise while they are ended for it.
                group.create_task(self._take_all(messages, opened, group))
        except BaseExceptionGroup as failures:
            # The first one ended the others.
            raise failures.exceptions[0] from None

    async def _take_all(
        self,
        messages: AsyncIterator[pb.StreamReportsRequest],
        opened: Heartbeat,
        group: asyncio.TaskGroup,
    ) -> None:
        telling = group.create_task(self._tell())
        async for message in messages:
            await self._take(message, opened, group)
        telling.cancel()

    async def _take(
        self, message: pb.StreamReportsRequest, opened: Heartbeat, group: asyncio.TaskGroup
    ) -> None:
        kind = message.WhichOneof("message")
        if kind == "batch":
            self._make_room()
            group.create_task(self._answer(message.batch, opened))
        elif kind == "beat":
            beat = message.beat
            await self._beat(
                source_requests.heartbeat_of(
                    opened.source, opened.source_kind, beat.agents, beat.client_time
                )
            )
        else:
            raise invalid_fields([FieldViolation("message", "send a batch or a beat")])

    def _make_room(self) -> None:
        if self._in_hand == MOST_IN_HAND:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                Reason.OVERLOADED,
                f"{MOST_IN_HAND} batches wait for their answers; wait for one before the next.",
            )
        self._in_hand += 1

    async def _answer(self, batch: pb.StreamReportsRequest.Batch, opened: Heartbeat) -> None:
        request = presence_service_pb2.ReportStatesRequest(
            source=opened.source,
            source_kind=opened.source_kind.value,  # type: ignore[arg-type]  # the wire's number
            reports=batch.reports,
            sent_time=batch.sent_time if batch.HasField("sent_time") else None,
        )
        reported = await self._report_states(
            requests.reports_of(request.reports),
            requests.origin_of(request, self._identity.subject),
            self._identity.scope,
            requests.instant_or_none(request.sent_time),
        )
        response = answers.fates_answer(reported)
        answer = pb.StreamReportsResponse.Answer(number=batch.number, response=response)
        await self._write(pb.StreamReportsResponse(answer=answer))
        self._in_hand -= 1

    async def _beat(self, beat: Heartbeat) -> None:
        answer = await self._heartbeats(beat, self._identity.scope)
        await self._write(pb.StreamReportsResponse(beat=source_answers.heartbeat_answer(answer)))

    async def _tell(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            now = Timestamp()
            now.FromDatetime(self._heartbeats.now())
            await self._write(pb.StreamReportsResponse(beat=pb.HeartbeatResponse(server_time=now)))

    async def _write(self, message: pb.StreamReportsResponse) -> None:
        # gRPC takes one message at a time.
        async with self._turn:
            await self._to_source(message)
