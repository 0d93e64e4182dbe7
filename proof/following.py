"""Tells whether links follow each other, before anything of them is signed."""

from collections.abc import Iterable

from proof.merkle import leaf_hash, root_of
from proof.verify import StoredLink


class ChainFollower:
    """Follows a chain from a place whose hash is trusted."""

    def __init__(self, seq: int = 0, link_hash: bytes = b"") -> None:
        """Make a follower that stands at a link; at its default, before the first one."""
        self.seq = seq
        self.hash = link_hash

    def find_break(self, links: Iterable[StoredLink], *, with_entries: bool) -> int | None:
        """Returns the seq at which links do not continue the chain, or None; moves on to the last.

        With entries, each link must also be made of just those that are stored.
        """
        for stored in links:
            link = stored.link
            follows = (link.seq, link.previous_hash) == (self.seq + 1, self.hash)
            if not follows or link.hash != stored.hash:
                return self.seq + 1
            if with_entries and not _is_whole(stored):
                return link.seq
            self.seq, self.hash = link.seq, stored.hash
        return None


def _is_whole(stored: StoredLink) -> bool:
    leaves = [leaf_hash(entry.raw) for entry in stored.entries]
    return len(leaves) == stored.link.entry_count and root_of(leaves) == stored.link.root
