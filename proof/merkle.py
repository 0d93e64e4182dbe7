"""Merkle trees of RFC 6962 (section 2.1) with SHA-256: roots, and audit paths of single leaves."""

from collections.abc import Sequence
from hashlib import sha256

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(leaf: bytes) -> bytes:
    """Returns the hash of a leaf's bytes."""
    return sha256(_LEAF + leaf).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Returns the tree hash over leaf hashes; of nothing, the hash of nothing."""
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        level = _level_above(level)
    return level[0]


def audit_path(leaves: Sequence[bytes], position: int) -> list[bytes]:
    """Returns the hashes that lead from the leaf hash at a position to the root, from below."""
    path = []
    level = list(leaves)
    while len(level) > 1:
        sibling = position ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level = _level_above(level)
        position //= 2
    return path


def root_by_path(leaf: bytes, position: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """Returns the root to which a path leads from a leaf hash among `count`; None if it fits not.

    The position counts, not only the path: a leaf proves to stand just there.
    """
    if not 0 <= position < count:
        return None
    rest = list(reversed(path))
    current, last = leaf, count - 1
    while last > 0:
        # A last node without a partner moves up unchanged.
        if position < last or position & 1:
            if not rest:
                return None
            sibling = rest.pop()
            pair = sibling + current if position & 1 else current + sibling
            current = sha256(_NODE + pair).digest()
        position //= 2
        last //= 2
    return None if rest else current


def _level_above(level: list[bytes]) -> list[bytes]:
    # A last node without a partner moves up unchanged, which is the RFC's split at the greatest
    # power of two.
    odd = level[len(level) & ~1 :]
    pairs = zip(level[::2], level[1::2], strict=False)
    return [sha256(_NODE + left + right).digest() for left, right in pairs] + odd
