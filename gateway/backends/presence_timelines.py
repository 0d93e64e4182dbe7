"""Timelines as presence tells them."""

from datetime import UTC, datetime

import grpc
import numpy as np
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2 as presence_pb
from muster.presence.v1 import (
    presence_service_pb2_grpc,
    timeline_service_pb2_grpc,
)
from muster.presence.v1 import timeline_service_pb2 as pb

from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Coverage, Place
from gateway.domain.timelines import Look, Timelines

# The board answers without presence rather than late; who is slow goes on for the next one.
_SECONDS = 4.0


class PresenceTimelines:
    """Timelines of whom the channel's caller may see: of the present one, or of the gateway."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._timelines = timeline_service_pb2_grpc.TimelineServiceStub(channel)
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(channel)

    async def get_coverage(self, site: str) -> Coverage:
        """Returns the span that a site's log covers."""
        request = presence_pb.GetSiteCoverageRequest(site=site)
        with refusing():
            found = await self._presence.GetSiteCoverage(request, timeout=_SECONDS)
        first, last = (
            _instant(getattr(found, name)) if found.HasField(name) else None
            for name in ("first_occurred_time", "last_occurred_time")
        )
        return Coverage(first, last)

    async def get_timelines(self, site: str, start: datetime, end: datetime) -> Timelines:
        """Returns the timelines of a site's agents."""
        request = pb.GetSiteTimelinesRequest(site=site)
        request.start_time.FromDatetime(start)
        request.end_time.FromDatetime(end)
        with refusing():
            answer = await self._timelines.GetSiteTimelines(request, timeout=_SECONDS)
        return timelines_from(answer)


def timelines_from(answer: pb.SiteTimelines) -> Timelines:
    """Reads timelines; the columns stay packed."""
    cursor = answer.cursor
    return Timelines(
        places=(Place(cursor.site, cursor.epoch, cursor.seq),),
        start_ms=answer.start_time.ToMilliseconds(),
        end_ms=answer.end_time.ToMilliseconds(),
        agents=tuple(answer.agents),
        counts=np.array(answer.interval_counts, np.int64),
        last_changes_ms=np.array(answer.last_change_times_ms, np.int64),
        unit_ms=answer.unit_ms,
        lengths_packed=answer.lengths_packed,
        looks=tuple(
            Look(look.state, look.activity, look.reason, look.marks, look.capacity_left)
            for look in answer.looks
        ),
        look_indexes_packed=answer.look_indexes_packed,
    )


def _instant(timestamp: Timestamp) -> datetime:
    return timestamp.ToDatetime(UTC)
