"""Chains as small as a test needs, and the keys that sign them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from proof.checkpoint import Checkpoint, sign_checkpoint
from proof.daily_root import DailyRoot, sign_root
from proof.keys import PublicKeys, key_id_of
from proof.leaves import Leaves, LinkLeaves
from proof.link import Link
from proof.merkle import leaf_hash, root_of
from proof.verify import StoredEntry, StoredLink

MORNING = datetime(2026, 3, 29, 9, tzinfo=UTC)
DAY = date(2026, 3, 29)


class Key:
    """An Ed25519 key made from a text, the same in every run."""

    def __init__(self, seed: str = "presence") -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(sha256(seed.encode()).digest())
        self.raw = self._key.public_key().public_bytes_raw()
        self.public = PublicKeys([self.raw])

    @property
    def key_id(self) -> str:
        return key_id_of(self.raw)

    def sign_record(self, message: bytes) -> bytes:
        return self._key.sign(message)


def a_chain(*links: Sequence[str], site: str = "bank", first: int = 1) -> list[StoredLink]:
    """A chain whose entries are texts; their bytes are no entries, which the chain is blind to."""
    chain: list[StoredLink] = []
    for number, entries in enumerate(links):
        time = MORNING + timedelta(minutes=number)
        raw = [entry.encode() for entry in entries]
        link = Link(
            site=site,
            epoch=1,
            seq=first + number,
            recorded_time=time,
            previous_hash=chain[-1].hash if chain else b"",
            root=root_of([leaf_hash(one) for one in raw]),
            entry_count=len(raw),
        )
        stored = tuple(StoredEntry(at, "agents/ana", one, time) for at, one in enumerate(raw))
        chain.append(StoredLink(link, link.hash, stored))
    return chain


def leaves_of(chain: Sequence[StoredLink]) -> list[LinkLeaves]:
    return [
        LinkLeaves(
            one.link.seq,
            one.link.recorded_time,
            tuple(leaf_hash(entry.raw) for entry in one.entries),
        )
        for one in chain
    ]


def a_leaves_file(chain: Sequence[StoredLink]) -> Leaves:
    first = chain[0].link
    return Leaves(first.site, str(DAY), 1, first.previous_hash, tuple(leaves_of(chain)))


def a_root(chain: Sequence[StoredLink], key: Key, previous: bytes = b"") -> DailyRoot:
    first, last = chain[0].link, chain[-1].link
    root = DailyRoot(
        site=first.site,
        day=DAY,
        epoch=1,
        first_seq=first.seq,
        last_seq=last.seq,
        entry_count=sum(one.link.entry_count for one in chain),
        last_hash=last.hash,
        links_root=root_of([leaf_hash(one.hash) for one in chain]),
        previous_hash=previous,
        leaves_hash=sha256(b"leaves").digest(),
    )
    return sign_root(root, key)


def a_checkpoint(stored: StoredLink, key: Key) -> Checkpoint:
    return sign_checkpoint(stored.link, key)
