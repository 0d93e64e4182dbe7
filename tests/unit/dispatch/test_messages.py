"""How a commit is told."""

from datetime import UTC, datetime
from itertools import chain

from services.dispatch.bus.encoding import encode_change
from services.dispatch.domain.event import ContactKey, Place
from services.dispatch.domain.fold import fold_contact
from services.dispatch.domain.messages import MOST_ITEMS, split_contacts, split_queues
from services.dispatch.domain.queue import Queue, QueueKey
from services.dispatch.domain.recording import MOST_EVENTS
from services.dispatch.domain.words import Kind
from tests.unit.dispatch.builders import an_event, enqueued

LONG = "x" * 63
PLACE = Place(LONG, 2**31 - 1, 2**63 - 1)
NOW = datetime(2026, 11, 20, 9, 0, 0, 999_999, tzinfo=UTC)


def size_of(contacts: object = (), queues: object = ()) -> int:
    return len(encode_change(PLACE, NOW, contacts, queues))  # type: ignore[arg-type]  # either


def test_the_largest_contacts_are_told_in_messages_of_256_kib() -> None:
    key = ContactKey(LONG, LONG, "話" * 128)
    events = [
        an_event(Kind.OVERFLOWED, 2 * n + 0.1, queue=LONG, target_queue="y" * 63)
        for n in range(MOST_EVENTS)
    ]
    legs = [
        event
        for n in range(MOST_EVENTS // 2)
        for event in (
            an_event(Kind.ANSWERED, n, agent=f"agents/{LONG}"),
            an_event(Kind.LEG_ENDED, n + 0.5),
        )
    ]
    recordings = [
        an_event(Kind.RECORDED, n, recording_reference=f"r-{n}") for n in range(MOST_EVENTS)
    ]
    contacts = [fold_contact(key, it) for it in (events, legs, recordings)]

    messages = list(split_contacts(contacts))

    assert tuple(chain.from_iterable(messages)) == tuple(contacts)
    assert max(map(size_of, messages)) <= 256 * 1024


def test_many_contacts_are_told_by_two_thousand() -> None:
    contacts = [
        fold_contact(ContactKey("a", "b", str(n)), [enqueued(0)]) for n in range(MOST_ITEMS + 1)
    ]

    messages = list(split_contacts(contacts))

    assert tuple(chain.from_iterable(messages)) == tuple(contacts)
    assert max(map(len, messages)) <= MOST_ITEMS
    assert max(map(size_of, messages)) <= 256 * 1024


def test_queues_with_long_names_are_told_in_messages_of_256_kib() -> None:
    names = {f"aa-bbbbbbbb-cccccccc-dddddd{n:02}": "話" * 200 for n in range(20)}
    queues = [Queue(QueueKey(LONG, LONG), display_names=names) for _ in range(40)]

    messages = list(split_queues(queues))

    assert tuple(chain.from_iterable(messages)) == tuple(queues)
    assert max(size_of(queues=part) for part in messages) <= 256 * 1024
