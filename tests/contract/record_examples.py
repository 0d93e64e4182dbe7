"""A checkpoint, a daily root, its leaves and a receipt of the links whose bytes are committed."""

from datetime import date
from hashlib import sha256

from proof.checkpoint import sign_checkpoint
from proof.daily_root import DailyRoot, sign_root
from proof.entry import encode_entry
from proof.leaves import leaves_head, leaves_of_link
from proof.merkle import audit_path, leaf_hash, root_of
from proof.receipt import Opening, ProvenEntry, Receipt, ReceiptLink, RootPath
from tests.contract.presence_examples import (
    DIGESTS,
    ENTRIES,
    FIRST_LINK,
    LEAVES,
    SALTS,
    SECOND_LINK,
    hashed,
)
from tests.unit.proof.builders import Key

KEY = Key("presence of the vectors")
CHECKPOINT = sign_checkpoint(SECOND_LINK, KEY)
LEAVES_FILE = b"".join(
    (
        leaves_head("bank", "2026-03-29", 1, b""),
        leaves_of_link(1, FIRST_LINK.recorded_time, LEAVES[:1]),
        leaves_of_link(2, SECOND_LINK.recorded_time, LEAVES),
    )
)
_LINK_LEAVES = [leaf_hash(FIRST_LINK.hash), leaf_hash(SECOND_LINK.hash)]
ROOT = sign_root(
    DailyRoot(
        site="bank",
        day=date(2026, 3, 29),
        epoch=1,
        first_seq=1,
        last_seq=2,
        entry_count=6,
        last_hash=SECOND_LINK.hash,
        links_root=root_of(_LINK_LEAVES),
        previous_hash=sha256(b"the root of the day before").digest(),
        leaves_hash=sha256(LEAVES_FILE).digest(),
    ),
    KEY,
)
RECEIPT = Receipt(
    agent="agents/ana",
    day="2026-03-29",
    zone="Europe/Madrid",
    openings=tuple(
        Opening(DIGESTS[value], value, salt)
        for value, salt in SALTS.items()
        if value not in {"agents/bob", "processes/presence"}
    ),
    links=(
        ReceiptLink(
            SECOND_LINK,
            CHECKPOINT,
            tuple(
                ProvenEntry(
                    position,
                    encode_entry(hashed(entry)),
                    tuple(audit_path(LEAVES, position)),
                )
                for position, entry in enumerate(ENTRIES)
                if entry.agent == "agents/ana"
            ),
            RootPath(ROOT.name, 1, 2, tuple(audit_path(_LINK_LEAVES, 1))),
        ),
    ),
)
