"""Whether the packed days from which boards are read are what the log says."""

import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import grpc
import numpy as np
from muster.presence.v1 import timeline_service_pb2 as pb
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.rpc.channel import refusal_from
from cli.errors import CommandError
from cli.session import Session, open_gateway

_MOST_KNOWN_THEN = 500
_CALL_SECONDS = 60.0
_MOST_SHORT_INDEXES = 256

Intervals = tuple[tuple[int, str], ...]
"""Of each interval its length in milliseconds and its look."""


@dataclass(frozen=True, slots=True)
class CacheReport:
    """Which agents of a site's day are not in the cache as a fold of the log has them."""

    site: str
    day: date
    agents: int
    differing: tuple[str, ...]


class CacheJudge:
    """Compares what is read from packed days with a fold of the log, made for the purpose."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._timelines = TimelineServiceStub(channel)

    async def judge(self, site: str, day: date, now: datetime) -> CacheReport:
        """Verifies one UTC day of a site."""
        cached = await self._read(_request(site, day))
        folded: dict[str, Intervals] = {}
        names = iter(sorted(cached))
        while some := list(islice(names, _MOST_KNOWN_THEN)):
            request = _request(site, day)
            request.agents.extend(some)
            # What was known at an instant is folded from the log each time.
            request.as_known_at_time.FromDatetime(now)
            folded |= await self._read(request)
        differing = [agent for agent in cached if cached[agent] != folded.get(agent)]
        return CacheReport(site, day, len(cached), tuple(differing))

    async def _read(self, request: pb.GetSiteTimelinesRequest) -> dict[str, Intervals]:
        method: Callable[..., Awaitable[pb.SiteTimelines]] = self._timelines.GetSiteTimelines
        try:
            return _unpacked(await method(request, timeout=_CALL_SECONDS))
        except grpc.aio.AioRpcError as error:
            refusal = refusal_from(error)
            raise CommandError(f"{refusal.reason}: {refusal.message}", exit_code=2) from None


@asynccontextmanager
async def open_cache(session: Session) -> AsyncIterator[CacheJudge]:
    """Opens the timelines of an installation."""
    channel = open_gateway(session)
    try:
        yield CacheJudge(channel)
    finally:
        await channel.close()


def cache_lines(report: CacheReport) -> Iterator[str]:
    """Yields what is found, line by line."""
    verdict = "TAMPERED" if report.differing else "VALID"
    yield f"site {report.site}, {report.day}: {verdict}, {report.agents} agents"
    for agent in report.differing:
        yield f"  {agent}: the packed day is not what the log says"


def _request(site: str, day: date) -> pb.GetSiteTimelinesRequest:
    start = datetime.combine(day, time(), UTC)
    request = pb.GetSiteTimelinesRequest(site=f"sites/{site}")
    request.start_time.FromDatetime(start)
    request.end_time.FromDatetime(start + timedelta(days=1))
    return request


def _unpacked(timelines: pb.SiteTimelines) -> dict[str, Intervals]:
    lengths = _numbers(timelines.lengths_packed, 4)
    short = len(timelines.looks) <= _MOST_SHORT_INDEXES
    indexes = _numbers(timelines.look_indexes_packed, 1 if short else 2)
    looks = [str(look) for look in timelines.looks]
    intervals = iter(
        (length * timelines.unit_ms, looks[index])
        for length, index in zip(lengths, indexes, strict=True)
    )
    return {
        agent: tuple(islice(intervals, count))
        for agent, count in zip(timelines.agents, timelines.interval_counts, strict=True)
    }


def _numbers(packed: bytes, width: int) -> list[int]:
    """Unpacks numbers of so many bytes: a zlib stream of all lowest bytes, then the next ones."""
    planes = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(width, -1)
    numbers: list[int] = planes.T.copy().view(f"<u{width}").ravel().tolist()
    return numbers
