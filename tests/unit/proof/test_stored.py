from proof.stored import ENTRIES_AT_ONCE, with_few_entries


def rows(*entry_counts: int) -> list[tuple[object, ...]]:
    return [("bank", 1, seq, None, b"", b"", count) for seq, count in enumerate(entry_counts, 1)]


def test_links_are_read_until_they_hold_as_many_entries_as_fit() -> None:
    half = ENTRIES_AT_ONCE // 2

    assert with_few_entries(rows(1, 2, 3)) == rows(1, 2, 3)
    assert with_few_entries(rows(half, half, 1)) == rows(half, half)


def test_a_link_of_any_size_is_read() -> None:
    assert len(with_few_entries(rows(2 * ENTRIES_AT_ONCE, 1))) == 1
