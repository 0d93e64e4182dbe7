from hypothesis import given

from services.presence.domain.entry import Entry
from services.presence.domain.link import MOST_BYTES, MOST_ENTRIES, split_links
from services.presence.domain.state import State
from tests.unit.presence.builders import an_entry, entries


@given(entries())
def test_links_hold_all_entries_in_their_order(given_entries: list[Entry]) -> None:
    links = list(split_links(given_entries))

    assert [entry for link in links for entry in link] == given_entries
    assert all(links)


def test_a_link_holds_two_thousand_entries_at_most() -> None:
    sizes = [len(link) for link in split_links([an_entry()] * (2 * MOST_ENTRIES + 1))]

    assert sizes == [MOST_ENTRIES, MOST_ENTRIES, 1]


def test_entries_with_many_contacts_are_split_by_bytes() -> None:
    heavy = an_entry(state=State.BUSY, contacts=("呼" * 128,) * 64)

    links = list(split_links([heavy] * 20))

    assert len(links) > 1
    for link in links:
        size = sum(len(contact.encode()) for entry in link for contact in entry.contacts)
        assert size <= MOST_BYTES
