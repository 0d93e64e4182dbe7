"""Presence, asked over gRPC."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from datetime import UTC, datetime

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import events_pb2, presence_service_pb2_grpc, state_pb2
from muster.presence.v1 import presence_service_pb2 as pb

from chassis.calendar import ZoneDay
from gateway.backends.refusals import refusing
from gateway.domain.feed import Changes, Position
from gateway.domain.heatmap import Coverage, Intervals, Place, Timelines

# The board answers without presence rather than late.
_SECONDS = 4.0

_STATES = {number: name for name, number in state_pb2.State.items()}
_ACTIVITIES = {number: name for name, number in state_pb2.Activity.items()}


class PresenceTimelines:
    """Timelines as presence tells them to the present caller."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(channel)

    async def get_coverage(self, site: str) -> Coverage:
        with refusing():
            found = await self._presence.GetSiteCoverage(
                pb.GetSiteCoverageRequest(site=site), timeout=_SECONDS
            )
        first, last = (
            _instant(getattr(found, name)) if found.HasField(name) else None
            for name in ("first_occurred_time", "last_occurred_time")
        )
        return Coverage(first, last)

    async def get_timelines(self, site: str, day: ZoneDay) -> Timelines:
        request = pb.GetTimelinesRequest(site=site)
        request.start_time.FromDatetime(day.start_time)
        request.end_time.FromDatetime(day.end_time)
        with refusing():
            answer = await self._presence.GetTimelines(request, timeout=_SECONDS)
        return _timelines(answer)


class PresenceOrder:
    """The order of a site's links, asked in the gateway's own name."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(channel)

    async def get_position(self, site: str) -> Position:
        """Returns the newest place of a site."""
        with refusing():
            found = await self._presence.GetSiteCoverage(pb.GetSiteCoverageRequest(site=site))
        return Position(found.cursor.epoch, found.cursor.seq)

    async def replay(
        self, site: str, after: Position
    ) -> AsyncGenerator[events_pb2.AgentStatesChanged, None]:
        """Streams a site's links after a place, up to the newest; refuses a place that is too old
        with OUT_OF_RANGE.
        """
        cursor = state_pb2.Cursor(site=site, epoch=after.epoch, seq=after.seq)
        call = self._presence.ReplayChanges(pb.ReplayChangesRequest(after=cursor))
        try:
            with refusing():
                async for message in call:
                    yield message
        finally:
            call.cancel()


def replayed(order: PresenceOrder) -> Callable[[str, Position], AsyncIterator[Changes]]:
    """Returns the replay of links as what the board shows of them."""

    async def replay(site: str, after: Position) -> AsyncIterator[Changes]:
        async with aclosing(order.replay(site, after)) as messages:
            async for message in messages:
                yield to_changes(message)

    return replay


def to_changes(message: events_pb2.AgentStatesChanged) -> Changes:
    """Reads what the board shows of a link."""
    reasons = tuple(message.reasons) or ("",)
    return Changes(
        Position(message.cursor.epoch, message.cursor.seq),
        tuple(message.agents),
        tuple(_STATES.get(state, _STATES[0]) for state in message.states),
        tuple(reasons[index] for index in message.reason_indexes),
        tuple(_ACTIVITIES.get(one, _ACTIVITIES[0]) for one in message.activities),
        tuple(time // 1000 for time in message.occurred_times_us),
        tuple(message.inferred),
    )


def _timelines(answer: pb.Timelines) -> Timelines:
    cursor = answer.cursor
    return Timelines(
        Place(cursor.site, cursor.epoch, cursor.seq),
        tuple(answer.agents),
        answer.interval_counts[:],
        tuple(map(_instant, answer.last_change_times)),
        # Slices are lists: cutting rows out of them takes a tenth of what it takes in a message.
        Intervals(
            answer.start_offsets_ms[:],
            answer.states[:],
            answer.reason_indexes[:],
            answer.activities[:],
            answer.inferred[:],
        ),
        tuple(answer.reasons) or ("",),
    )


def _instant(timestamp: Timestamp) -> datetime:
    return timestamp.ToDatetime(UTC)
