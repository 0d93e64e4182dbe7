"""The record as the API tells it."""

from datetime import UTC, date, datetime

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import record_service_pb2 as pb

from cli.verify.record import stray_fault
from proof.checkpoint import Checkpoint
from proof.daily_root import DailyRoot
from proof.link import Link
from proof.receipt import Opening, ProvenEntry, Receipt, ReceiptLink, RootPath
from proof.verify import Fault, StoredEntry, StoredLink


def receipt_of(message: pb.Receipt) -> Receipt:
    """Returns a receipt."""
    return Receipt(
        agent=message.agent,
        day=message.day,
        zone=message.zone,
        openings=tuple(map(opening_of, message.openings)),
        links=tuple(map(_receipt_link, message.links)),
    )


def opening_of(message: pb.Opening) -> Opening:
    """Returns what opens a digest."""
    return Opening(message.digest, message.value, message.salt)


def checkpoint_of(message: pb.Checkpoint) -> Checkpoint:
    """Returns a checkpoint."""
    place = message.place
    return Checkpoint(
        site=_bare(place.site),
        epoch=place.epoch,
        seq=place.seq,
        link_hash=message.link_hash,
        recorded_time=instant_of(message.recorded_time),
        key_id=message.key_id,
        signature=message.signature,
    )


def root_of(message: pb.DailyRoot) -> DailyRoot:
    """Returns a daily root."""
    site, _, day = message.name.partition("/dailyRoots/")
    return DailyRoot(
        site=_bare(site),
        day=date.fromisoformat(day),
        epoch=message.epoch,
        first_seq=message.first_seq,
        last_seq=message.last_seq,
        entry_count=message.entry_count,
        last_hash=message.last_hash,
        links_root=message.links_root,
        previous_hash=message.previous_hash,
        leaves_hash=message.leaves_hash,
        key_id=message.key_id,
        signature=message.signature,
    )


def stored_link_of(message: pb.VerifiableLink) -> StoredLink:
    """Returns a link as it is stored."""
    entries = tuple(
        StoredEntry(
            entry.position, entry.agent, entry.hashed_bytes, instant_of(entry.recorded_time)
        )
        for entry in message.entries
    )
    return StoredLink(_link(message.link), message.link.hash, entries)


def instant_of(timestamp: Timestamp) -> datetime:
    """Returns an instant, to the microsecond."""
    return timestamp.ToDatetime(UTC)


def _receipt_link(message: pb.ReceiptLink) -> ReceiptLink:
    proof = message.root_proof
    path = RootPath(proof.daily_root, proof.position, proof.link_count, tuple(proof.path))
    return ReceiptLink(
        link=_link(message.link),
        checkpoint=checkpoint_of(message.checkpoint),
        entries=tuple(
            ProvenEntry(entry.position, entry.hashed_bytes, tuple(entry.path))
            for entry in message.entries
        ),
        root_path=path if message.HasField("root_proof") else None,
    )


def _link(message: pb.ChainLink) -> Link:
    place = message.place
    return Link(
        site=_bare(place.site),
        epoch=place.epoch,
        seq=place.seq,
        recorded_time=instant_of(message.recorded_time),
        previous_hash=message.previous_hash,
        root=message.root,
        entry_count=message.entry_count,
    )


def _bare(site: str) -> str:
    return site.removeprefix("sites/")


def stray_fault_of(message: pb.StrayEntry) -> Fault:
    """Returns the fault of an entry that is in no link."""
    at = instant_of(message.occurred_time)
    return stray_fault(message.seq, message.position, message.agent, message.event_id, at)
