"""JetStream as transport: publishing what an owner committed, and following it.

JetStream is never the record. Its acknowledgement does not mean the disk, and a stream may vanish:
what counts is in the outbox of the owner, from which every consumer reads again what it missed.
Messages carry their place in the order of their site, and no consumer applies anything twice or out
of order.
"""

from chassis.bus.connection import Bus
from chassis.bus.consumer import FullCopyConsumer
from chassis.bus.following import Apply, Expired, Replay
from chassis.bus.position import Position
from chassis.bus.publisher import OutboxPublisher
from chassis.bus.streams import ensure_stream, subject_of
from chassis.bus.work import ApplyInTransaction, ExpiredInTransaction, SiteWorkConsumer

__all__ = [
    "Apply",
    "ApplyInTransaction",
    "Bus",
    "Expired",
    "ExpiredInTransaction",
    "FullCopyConsumer",
    "OutboxPublisher",
    "Position",
    "Replay",
    "SiteWorkConsumer",
    "ensure_stream",
    "subject_of",
]
