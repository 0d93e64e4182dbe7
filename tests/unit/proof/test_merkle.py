from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from proof.merkle import audit_path, leaf_hash, root_by_path, root_of

LEAVES = st.lists(st.binary(min_size=1, max_size=4), min_size=1, max_size=70)


def tree_hash_by_the_rfc(leaves: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word by word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    split = split_of(len(leaves))
    left, right = tree_hash_by_the_rfc(leaves[:split]), tree_hash_by_the_rfc(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


def path_by_the_rfc(position: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of RFC 6962, section 2.1.1, word by word."""
    if len(leaves) == 1:
        return []
    split = split_of(len(leaves))
    if position < split:
        return [*path_by_the_rfc(position, leaves[:split]), tree_hash_by_the_rfc(leaves[split:])]
    return [
        *path_by_the_rfc(position - split, leaves[split:]),
        tree_hash_by_the_rfc(leaves[:split]),
    ]


def split_of(count: int) -> int:
    split = 1
    while split * 2 < count:
        split *= 2
    return split


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_the_root_is_that_of_the_rfc(leaves: list[bytes]) -> None:
    assert root_of([leaf_hash(leaf) for leaf in leaves]) == tree_hash_by_the_rfc(leaves)


@given(LEAVES, st.data())
def test_an_audit_path_is_that_of_the_rfc(leaves: list[bytes], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(leaves) - 1))

    path = audit_path([leaf_hash(leaf) for leaf in leaves], position)

    assert path == path_by_the_rfc(position, leaves)


@given(LEAVES, st.data())
def test_an_audit_path_leads_to_the_root_from_its_leaf_and_place_alone(
    leaves: list[bytes], data: st.DataObject
) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    position = data.draw(st.integers(0, len(leaves) - 1))
    path = audit_path(hashes, position)
    other = data.draw(
        st.integers(0, len(leaves) - 1).filter(lambda at: at != position)
        if len(leaves) > 1
        else st.just(position + 1)
    )

    assert root_by_path(hashes[position], position, len(leaves), path) == root_of(hashes)
    assert root_by_path(leaf_hash(b"other!"), position, len(leaves), path) != root_of(hashes)
    if hashes[other % len(hashes)] != hashes[position]:
        assert root_by_path(hashes[position], other, len(leaves), path) != root_of(hashes)


@given(LEAVES, st.data())
def test_a_path_that_is_cut_or_lengthened_leads_nowhere(
    leaves: list[bytes], data: st.DataObject
) -> None:
    hashes = [leaf_hash(leaf) for leaf in leaves]
    position = data.draw(st.integers(0, len(leaves) - 1))
    path = audit_path(hashes, position)

    assert root_by_path(hashes[position], position, len(leaves), [*path, b"x" * 32]) is None
    if path:
        assert root_by_path(hashes[position], position, len(leaves), path[:-1]) is None
