from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest

from proof.entry import encode_entry as encode
from proof.link import Link
from services.presence.domain.chain import hashed_entry_of
from services.presence.domain.entry import Details, Entry
from services.presence.domain.state import Activity, EntryKind, LossScope, Mark, SourceKind, State
from tests.unit.presence.builders import MORNING, an_entry

LINK = Link("bank", 1, 2, MORNING, b"\x01" * 32, b"\x02" * 32, 3)


class _Digests(dict[str, bytes]):
    """Stands for the digests of all names, each its own."""

    def __missing__(self, name: str) -> bytes:
        return sha256(name.encode()).digest()


def encode_entry(entry: Entry) -> bytes:
    digests = _Digests()
    text = entry.details.text
    return encode(hashed_entry_of(entry, digests, digests[text] if text else b""))


CHANGED: list[dict[str, object]] = [
    {"agent": "agents/anb"},
    {"event_id": "e-2"},
    {"state": State.BUSY},
    {"reason": "r"},
    {"activity": Activity.HOLD},
    {"occurred_time": MORNING + timedelta(microseconds=1)},
    {"source": "pbx2"},
    {"source_kind": SourceKind.IMPORT},
    {"actor": "accounts/x"},
    {"contacts": ("c",)},
    {"contacts": ("c", "d")},
    {"marks": Mark.INFERRED},
    {"source_sequence": 1},
    {"kind": EntryKind.LOSS},
    {"details": Details(end_time=MORNING)},
    {"details": Details(source_time=MORNING)},
    {"details": Details(limit_time=MORNING)},
    {"details": Details(refers_to_time=MORNING)},
    {"details": Details(refers_to_source="pbx")},
    {"details": Details(refers_to_event_id="pbx")},
    {"details": Details(loss_scope=LossScope.SOURCE)},
    {"details": Details(queue="pbx")},
    {"details": Details(load_count=1)},
    {"details": Details(capacity_count=1)},
    {"details": Details(text="pbx")},
]


@pytest.mark.parametrize("change", CHANGED)
def test_every_field_of_an_entry_is_in_its_bytes(change: dict[str, object]) -> None:
    entry = an_entry()

    changed = entry._replace(**change)  # type: ignore[arg-type]  # mixed by the test

    assert encode_entry(changed) != encode_entry(entry)


def test_no_two_changes_of_one_entry_have_the_same_bytes() -> None:
    changed = [an_entry()._replace(**change) for change in CHANGED]  # type: ignore[arg-type]  # mixed

    assert len({encode_entry(entry) for entry in changed}) == len(CHANGED)


def test_texts_do_not_run_into_each_other() -> None:
    one: Entry = an_entry(contacts=("ab", "c"), state=State.BUSY)
    other: Entry = an_entry(contacts=("a", "bc"), state=State.BUSY)

    assert encode_entry(one) != encode_entry(other)


@pytest.mark.parametrize(
    "other",
    [
        replace(LINK, site="bane"),
        replace(LINK, epoch=2),
        replace(LINK, seq=3),
        replace(LINK, recorded_time=MORNING + timedelta(microseconds=1)),
        replace(LINK, previous_hash=b"\x03" * 32),
        replace(LINK, previous_hash=b""),
        replace(LINK, root=b"\x03" * 32),
    ],
)
def test_every_field_of_a_link_is_in_its_hash(other: Link) -> None:
    assert other.hash != LINK.hash
