"""What the record holds as messages."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time

from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import record_service_pb2 as pb
from muster.presence.v1 import state_pb2

from proof.checkpoint import Checkpoint
from proof.link import Link
from proof.receipt import Opening, ProvenEntry, Receipt, ReceiptLink
from proof.verify import StoredEntry, StoredLink
from services.presence.app.record_ports import ChainPart, Erasure, KeptRoot, StrayEntry


def receipt_answer(receipt: Receipt, now: datetime) -> pb.Receipt:
    """Returns a receipt."""
    return pb.Receipt(
        agent=receipt.agent,
        day=receipt.day,
        zone=receipt.zone,
        issue_time=timestamp_of(now),
        openings=map(_opening, receipt.openings),
        links=map(_receipt_link, receipt.links),
    )


def checkpoint_answer(checkpoint: Checkpoint) -> pb.Checkpoint:
    """Returns a checkpoint."""
    return pb.Checkpoint(
        place=_cursor(checkpoint.site, checkpoint.epoch, checkpoint.seq),
        link_hash=checkpoint.link_hash,
        recorded_time=timestamp_of(checkpoint.recorded_time),
        key_id=checkpoint.key_id,
        signature=checkpoint.signature,
    )


def root_answer(kept: KeptRoot) -> pb.DailyRoot:
    """Returns a daily root."""
    root = kept.root
    return pb.DailyRoot(
        name=root.name,
        epoch=root.epoch,
        first_seq=root.first_seq,
        last_seq=root.last_seq,
        entry_count=root.entry_count,
        last_hash=root.last_hash,
        links_root=root.links_root,
        previous_hash=root.previous_hash,
        leaves_hash=root.leaves_hash,
        key_id=root.key_id,
        signature=root.signature,
        exported=kept.exported,
        mailed=kept.mailed,
    )


def chain_answers(
    part: ChainPart, kept_from: date | None, told: set[bytes], most_entries: int
) -> Iterable[pb.ReadChainResponse]:
    """Returns a part of a chain as messages of bounded size; opens each digest once a stream."""
    new = [opening for opening in part.openings if opening.digest not in told]
    told.update(opening.digest for opening in new)
    kept_time = None if kept_from is None else _start_of(kept_from)
    yield pb.ReadChainResponse(openings=map(_opening, new), kept_from_time=kept_time)
    group: list[StoredLink] = []
    count = 0
    for stored in part.links:
        group.append(stored)
        count += len(stored.entries)
        if count >= most_entries:
            yield pb.ReadChainResponse(links=map(_verifiable_link, group))
            group, count = [], 0
    yield pb.ReadChainResponse(links=map(_verifiable_link, group))


def strays_answer(strays: Sequence[StrayEntry], pseudonyms: Sequence[str]) -> pb.ReadChainResponse:
    """Returns entries that are in no link, and what explains the salts that are gone."""
    return pb.ReadChainResponse(
        pseudonyms=pseudonyms,
        stray_entries=[
            pb.StrayEntry(
                seq=stray.seq,
                position=stray.position,
                agent=stray.agent,
                event_id=stray.event_id,
                occurred_time=timestamp_of(stray.occurred_time),
            )
            for stray in strays
        ],
    )


def erasure_answer(erasure: Erasure) -> pb.EraseAgentResponse:
    """Returns how far an erasure came."""
    return pb.EraseAgentResponse(
        pseudonym=erasure.pseudonyms[0],
        request_time=timestamp_of(erasure.requested_time),
        completed=erasure.is_completed,
    )


def timestamp_of(instant: datetime) -> Timestamp:
    """Returns an instant as the wire has it."""
    made = Timestamp()
    made.FromDatetime(instant)
    return made


def _receipt_link(held: ReceiptLink) -> pb.ReceiptLink:
    path = held.root_path
    return pb.ReceiptLink(
        link=_link(held.link, held.link.hash),
        checkpoint=checkpoint_answer(held.checkpoint),
        entries=map(_proven_entry, held.entries),
        root_proof=None
        if path is None
        else pb.RootProof(
            daily_root=path.daily_root,
            position=path.position,
            link_count=path.link_count,
            path=path.path,
        ),
    )


def _proven_entry(entry: ProvenEntry) -> pb.ReceiptEntry:
    return pb.ReceiptEntry(position=entry.position, hashed_bytes=entry.raw, path=entry.path)


def _verifiable_link(stored: StoredLink) -> pb.VerifiableLink:
    return pb.VerifiableLink(
        link=_link(stored.link, stored.hash), entries=map(_verifiable_entry, stored.entries)
    )


def _verifiable_entry(entry: StoredEntry) -> pb.VerifiableEntry:
    return pb.VerifiableEntry(
        position=entry.position,
        agent=entry.agent,
        hashed_bytes=entry.raw,
        recorded_time=timestamp_of(entry.recorded_time),
    )


def _link(link: Link, stored_hash: bytes) -> pb.ChainLink:
    return pb.ChainLink(
        place=_cursor(link.site, link.epoch, link.seq),
        recorded_time=timestamp_of(link.recorded_time),
        previous_hash=link.previous_hash,
        root=link.root,
        hash=stored_hash,
        entry_count=link.entry_count,
    )


def _opening(opening: Opening) -> pb.Opening:
    return pb.Opening(digest=opening.digest, value=opening.value, salt=opening.salt)


def _cursor(site: str, epoch: int, seq: int) -> state_pb2.Cursor:
    return state_pb2.Cursor(site=f"sites/{site}", epoch=epoch, seq=seq)


def _start_of(day: date) -> Timestamp:
    return timestamp_of(datetime.combine(day, time(), UTC))
