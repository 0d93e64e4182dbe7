"""What presence tells of changes, over gRPC."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator
from contextlib import aclosing
from operator import lt

import grpc
from muster.presence.v1 import (
    events_pb2,
    presence_service_pb2_grpc,
    state_pb2,
)
from muster.presence.v1 import presence_service_pb2 as pb

from gateway.backends.refusals import refusing, streamed
from gateway.domain.feed import Change, Changes, Position

_STATES = {number: name for name, number in state_pb2.State.items()}
_OF_THE_MOMENT = frozenset(
    {state_pb2.ENTRY_KIND_CHANGE, state_pb2.ENTRY_KIND_LIMIT, state_pb2.ENTRY_KIND_LOSS}
)
_ACTIVITIES = {number: name for name, number in state_pb2.Activity.items()}


class PresenceOrder:
    """The order of a site's links, asked in the gateway's own name."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(channel)

    async def get_position(self, site: str) -> Position:
        """Returns the newest place of a site."""
        with refusing():
            found = await self._presence.GetSiteCoverage(pb.GetSiteCoverageRequest(site=site))
        return Position(found.cursor.epoch, found.cursor.seq)

    async def is_empty(self, site: str) -> bool:
        """Tells whether no state was ever recorded at a site."""
        return (await self.get_position(site)).seq == 0

    def replay(
        self, site: str, after: Position
    ) -> AsyncGenerator[events_pb2.AgentStatesChanged, None]:
        """Streams a site's links after a place, up to the newest; refuses a place that is too old
        with OUT_OF_RANGE.
        """
        cursor = state_pb2.Cursor(site=site, epoch=after.epoch, seq=after.seq)
        request = pb.ReplayChangesRequest(after=cursor)
        return streamed(lambda: self._presence.ReplayChanges(request))


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
    columns = zip(
        message.agents,
        (_STATES.get(state, _STATES[0]) for state in message.current_states),
        (reasons[index] for index in message.current_reason_indexes),
        (_ACTIVITIES.get(one, _ACTIVITIES[0]) for one in message.current_activities),
        (time // 1000 for time in message.occurred_times_us),
        message.current_marks,
        (time // 1000 for time in message.current_since_times_us),
        _revised(message),
        _capacity_left(message),
        strict=True,
    )
    position = Position(message.cursor.epoch, message.cursor.seq)
    return Changes(position, tuple(Change(*values) for values in columns))


def _capacity_left(message: events_pb2.AgentStatesChanged) -> Iterator[bool]:
    """Tells of each change whether she is busy and could take more."""
    loads = map(lt, message.current_load_counts, message.current_capacity_counts)
    for state, is_free in zip(message.current_states, loads, strict=True):
        yield is_free and state == state_pb2.STATE_BUSY


def _revised(message: events_pb2.AgentStatesChanged) -> Iterator[bool]:
    """Tells of each change whether it altered the past: it came late, or lies over a span."""
    times = zip(message.occurred_times_us, message.current_since_times_us, strict=True)
    for kind, (occurred_us, since_us) in zip(message.kinds, times, strict=True):
        yield kind not in _OF_THE_MOMENT or occurred_us < since_us
