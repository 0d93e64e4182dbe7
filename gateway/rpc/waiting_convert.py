"""How queues stand, as a message."""

from muster.dispatch.v1 import contact_pb2, queue_pb2
from muster.gateway.v1 import board_service_pb2 as pb

from gateway.app.board_people import ALL_SITES
from gateway.app.waiting import Waiting
from gateway.domain.waiting import Queue
from gateway.rpc.board_convert import to_missing, to_timestamp


def to_waiting(told: Waiting) -> pb.Waiting:
    """Writes how queues stand."""
    totals = told.totals
    return pb.Waiting(
        site=told.sites[0].name if len(told.sites) == 1 else ALL_SITES,
        queues=[_queue(one) for site in told.told for one in site.queues],
        waiting_count=totals.waiting,
        oldest_enqueue_time=to_timestamp(totals.oldest_time) if totals.oldest_time else None,
        answered_count=totals.answered,
        abandoned_count=totals.abandoned,
        service_level_ratio=totals.service_level_ratio,
        service_level_policy=totals.policy,
        cursors=[
            contact_pb2.Cursor(site=site.place.site, epoch=site.place.epoch, seq=site.place.seq)
            for site in told.told
        ],
        missing=to_missing(told.missing),
        server_time=to_timestamp(told.read_time),
    )


def _queue(queue: Queue) -> pb.Waiting.Queue:
    known = queue_pb2.Queue.FromString(queue.packed_queue)
    return pb.Waiting.Queue(
        figures=queue_pb2.QueueFigures.FromString(queue.packed_figures),
        display_names=known.display_names,
        channel=known.channel,
    )
