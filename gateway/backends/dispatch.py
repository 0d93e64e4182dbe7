"""Dispatch, asked over gRPC."""

import asyncio
from collections.abc import Sequence
from datetime import UTC

import grpc
from muster.dispatch.v1 import contact_service_pb2 as pb
from muster.dispatch.v1 import contact_service_pb2_grpc, queue_pb2

from chassis.errors import Code, Refusal
from gateway.app.waiting import SiteQueues
from gateway.backends.refusals import refusing
from gateway.domain.heatmap import Place
from gateway.domain.waiting import Queue

_PAGE = 1000
_SECONDS = 2.0


class DispatchQueues:
    """The queues of sites and how they stand, asked in the name of the present caller."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._contacts = contact_service_pb2_grpc.ContactServiceStub(channel)

    async def queues_of(self, site: str) -> SiteQueues:
        """Returns the queues of a site."""
        with refusing():
            figures, known = await asyncio.gather(
                self._contacts.GetQueueFigures(
                    pb.GetQueueFiguresRequest(site=site), timeout=_SECONDS
                ),
                self._list(site),
            )
        cursor = figures.cursor
        return SiteQueues(
            Place(cursor.site, cursor.epoch, cursor.seq),
            [_queue(one, known.get(one.queue)) for one in figures.figures],
        )

    async def _list(self, site: str) -> dict[str, queue_pb2.Queue]:
        request = pb.ListQueuesRequest(site=site, page_size=_PAGE)
        found: dict[str, queue_pb2.Queue] = {}
        while True:
            page = await self._contacts.ListQueues(request, timeout=_SECONDS)
            found |= {queue.name: queue for queue in page.queues}
            if not page.next_page_token:
                return found
            request.page_token = page.next_page_token


class DispatchPartakers:
    """Who took part in contacts, asked in the gateway's own name: whom the present caller does not
    see learns of her looks as well.
    """

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._contacts = contact_service_pb2_grpc.ContactServiceStub(channel)

    async def find_partakers(self, contact: str) -> Sequence[str]:
        """Returns the agents of a contact's legs; none if there is no such contact."""
        request = pb.GetContactRequest(name=contact)
        try:
            with refusing():
                found = await self._contacts.GetContact(request, timeout=_SECONDS)
        except Refusal as refusal:
            if refusal.code is not Code.NOT_FOUND:
                raise
            return ()
        return [leg.agent for leg in found.legs]


def _queue(told: queue_pb2.QueueFigures, known: queue_pb2.Queue | None) -> Queue:
    oldest = told.oldest_enqueue_time
    return Queue(
        waiting=told.waiting_count,
        oldest_time=oldest.ToDatetime(UTC) if told.HasField("oldest_enqueue_time") else None,
        answered=told.answered_count,
        answered_in_time=told.answered_in_time_count,
        abandoned=told.abandoned_count,
        short_abandoned=told.short_abandoned_count,
        other_leavers=told.timed_out_count + told.overflowed_count + told.callback_count,
        policy=told.service_level_policy,
        includes_other_leavers=told.includes_other_leavers,
        packed_figures=told.SerializeToString(),
        packed_queue=known.SerializeToString() if known else b"",
    )
