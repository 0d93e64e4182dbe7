"""How fresh a site's data is, asked of presence in the name of the present caller."""

from datetime import UTC, datetime
from typing import Any

import grpc
from muster.presence.v1 import presence_service_pb2 as presence_pb
from muster.presence.v1 import (
    presence_service_pb2_grpc,
    record_service_pb2_grpc,
    source_service_pb2_grpc,
)
from muster.presence.v1 import record_service_pb2 as record_pb
from muster.presence.v1 import source_service_pb2 as source_pb

from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Coverage
from gateway.domain.site_sources import Chain, Client, SourceHealth, sources_of

_SECONDS = 2.0
_PAGE = 1000


class PresenceData:
    """What presence tells of the data of sites."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._presence = presence_service_pb2_grpc.PresenceServiceStub(channel)
        self._sources = source_service_pb2_grpc.SourceServiceStub(channel)
        self._record = record_service_pb2_grpc.RecordServiceStub(channel)

    async def coverage_of(self, site: str) -> Coverage:
        """Returns from when to when something is recorded."""
        with refusing():
            found = await self._coverage(site)
        first = _instant_of(found, "first_occurred_time")
        return Coverage(first, _instant_of(found, "last_occurred_time"))

    async def sources_of(self, site: str) -> list[SourceHealth]:
        """Returns the sources, by name."""
        request = source_pb.ListSourcesRequest(site=site, page_size=_PAGE)
        clients: list[Client] = []
        while True:
            with refusing():
                page = await self._sources.ListSources(request, timeout=_SECONDS)
            clients += [_client(one) for one in page.sources]
            request.page_token = page.next_page_token
            if not request.page_token:
                return sources_of(clients)

    async def chain_of(self, site: str) -> Chain:
        """Returns how far the chain is signed."""
        request = record_pb.ListCheckpointsRequest(site=site, last_only=True)
        with refusing():
            # The checkpoint first: what is signed in between is not counted as unsigned.
            signed = await self._record.ListCheckpoints(request, timeout=_SECONDS)
            found = await self._coverage(site)
        last = next(iter(signed.checkpoints), None)
        return Chain(
            found.cursor.seq,
            last.place.seq if last is not None else 0,
            _instant_of(last, "recorded_time") if last is not None else None,
        )

    async def _coverage(self, site: str) -> presence_pb.SiteCoverage:
        request = presence_pb.GetSiteCoverageRequest(site=site)
        found: presence_pb.SiteCoverage = await self._presence.GetSiteCoverage(
            request, timeout=_SECONDS
        )
        return found


def _client(told: source_pb.Source) -> Client:
    skew = told.skew.ToTimedelta() if told.HasField("skew") else None
    proof = _instant_of(told, "last_proof_time")
    return Client(told.source, told.source_kind, told.state, proof, skew)


def _instant_of(message: Any, name: str) -> datetime | None:
    return getattr(message, name).ToDatetime(UTC) if message.HasField(name) else None
