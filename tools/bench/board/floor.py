"""The floors: presence itself, asked at its own port by somebody who sees everything."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import grpc
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import timeline_service_pb2 as pb
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.clock import SystemClock
from chassis.identity import Identity, Signer
from chassis.rpc.channel import open_channel
from chassis.scope import EVERYTHING
from chassis.telemetry import silent_telemetry
from tests.support.tree import Tree
from tools.bench.heatmap.day import DAY

_PERMISSIONS = frozenset({"presence.timelines.read", "presence.reasons.read"})


class PresenceFloor:
    """Reads what the board and the day rest on, and nothing else."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._timelines = TimelineServiceStub(channel)

    async def site(self, site: str) -> None:
        """Reads the timelines of a site."""
        request = pb.GetSiteTimelinesRequest(
            site=site, start_time=_timestamp(0), end_time=_timestamp(1)
        )
        await self._timelines.GetSiteTimelines(request, timeout=30)

    async def agent(self, agent: str) -> None:
        """Reads the timeline of an agent."""
        request = pb.GetAgentTimelineRequest(
            agent=agent, start_time=_timestamp(0), end_time=_timestamp(1)
        )
        await self._timelines.GetAgentTimeline(request, timeout=30)


@asynccontextmanager
async def open_floor(tree: Tree) -> AsyncIterator[PresenceFloor]:
    """Yields the floor, vouched for as the gateway vouches for its callers."""
    signer = Signer.load(tree.folder / ".muster" / "keys" / "gateway.key", "gateway")
    sign = partial(signer.sign, Identity("accounts/bench", _PERMISSIONS, EVERYTHING))
    channel = open_channel(
        f"ipv4:{tree.child('presence').addresses['grpc']}",
        token=lambda: sign(SystemClock().now()),
        telemetry=silent_telemetry(),
    )
    async with channel:
        yield PresenceFloor(channel)


def _timestamp(days: int) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(DAY + timedelta(days=days))
    return timestamp
