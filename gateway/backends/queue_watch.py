"""How queues stand, watched over gRPC in the gateway's own name."""

from collections.abc import AsyncGenerator

import grpc
from muster.dispatch.v1 import contact_service_pb2 as pb
from muster.dispatch.v1 import contact_service_pb2_grpc, queue_pb2

from gateway.backends.refusals import streamed

_SECONDS = 300.0


class QueueWatch:
    """The figures of a site's queues as dispatch counts them."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._dispatch = contact_service_pb2_grpc.ContactServiceStub(channel)

    def watch(self, site: str) -> AsyncGenerator[queue_pb2.SiteQueueFigures, None]:
        """Streams all figures of a site, then those that change, for some minutes."""
        request = pb.WatchQueueFiguresRequest(site=site)
        return streamed(lambda: self._dispatch.WatchQueueFigures(request, timeout=_SECONDS))
