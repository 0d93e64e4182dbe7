"""Entries and links whose bytes are committed. Whoever changes one of them changes a format."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from proof.encoding import salted_digest
from proof.entry import HashedEntry, encode_entry
from proof.link import Link
from proof.merkle import leaf_hash, root_of
from services.presence.domain.agent_state import replay
from services.presence.domain.chain import hashed_entry_of
from services.presence.domain.entry import Details, Entry
from services.presence.domain.precedence import PrecedenceHistory
from services.presence.domain.state import (
    Activity,
    EntryKind,
    LossScope,
    Mark,
    SourceKind,
    State,
)

_NINE = datetime(2026, 3, 29, 9, 0, 0, 123456, tzinfo=UTC)

ENTRIES = (
    Entry(
        agent="agents/ana",
        event_id="e-1",
        state=State.ONLINE,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=_NINE,
        source="pbx",
        source_kind=SourceKind.TELEPHONY,
        actor="processes/floor",
    ),
    Entry(
        agent="agents/ana",
        event_id="e-2",
        state=State.BUSY,
        reason="",
        activity=Activity.TALKING,
        occurred_time=_NINE + timedelta(seconds=30),
        source="pbx",
        source_kind=SourceKind.TELEPHONY,
        actor="processes/floor",
        contacts=("call-7", "聊天-8"),
        source_sequence=41,
    ),
    Entry(
        agent="agents/bob",
        event_id="2026-03-29/17",
        state=State.BREAK,
        reason="meal",
        activity=Activity.UNSPECIFIED,
        occurred_time=_NINE - timedelta(hours=2),
        source="import-bank",
        source_kind=SourceKind.IMPORT,
        actor="accounts/supervisor",
        marks=Mark.INFERRED,
        source_sequence=-1,
    ),
    Entry(
        agent="agents/ana",
        event_id="9c2b",
        state=State.BREAK,
        reason="meal",
        activity=Activity.UNSPECIFIED,
        occurred_time=_NINE - timedelta(hours=1),
        source="amendments",
        source_kind=SourceKind.SUPERVISOR,
        actor="accounts/supervisor",
        kind=EntryKind.AMENDMENT,
        details=Details(
            end_time=_NINE - timedelta(minutes=30),
            text="Asked for at the desk / 当面申请",
        ),
    ),
    Entry(
        agent="agents/bob",
        event_id="limit",
        state=State.WRAP_UP,
        reason="",
        activity=Activity.UNSPECIFIED,
        occurred_time=_NINE + timedelta(seconds=90),
        source="pbx",
        source_kind=SourceKind.TELEPHONY,
        actor="processes/presence",
        contacts=("call-6",),
        kind=EntryKind.LIMIT,
        details=Details(
            source_time=_NINE + timedelta(seconds=91),
            limit_time=_NINE + timedelta(seconds=120),
            refers_to_time=_NINE,
            refers_to_source="pbx",
            refers_to_event_id="e-9",
            loss_scope=LossScope.CLIENT,
            queue="cards",
            load_count=2,
            capacity_count=3,
        ),
    ),
)

SALTS = {
    value: sha256(f"salt of {value}".encode()).digest()
    for value in (
        "agents/ana",
        "agents/bob",
        "processes/floor",
        "processes/presence",
        "accounts/supervisor",
        "Asked for at the desk / 当面申请",
    )
}
DIGESTS = {value: salted_digest(salt, value) for value, salt in SALTS.items()}


def hashed(entry: Entry) -> HashedEntry:
    """An entry as it is hashed, by the salts above."""
    return hashed_entry_of(entry, DIGESTS, DIGESTS.get(entry.details.text, b""))


LEAVES = [leaf_hash(encode_entry(hashed(entry))) for entry in ENTRIES]

FIRST_LINK = Link(
    site="bank",
    epoch=1,
    seq=1,
    recorded_time=_NINE + timedelta(minutes=1),
    previous_hash=b"",
    root=root_of(LEAVES[:1]),
    entry_count=1,
)
SECOND_LINK = Link(
    site="bank",
    epoch=1,
    seq=2,
    recorded_time=_NINE + timedelta(minutes=2),
    previous_hash=FIRST_LINK.hash,
    root=root_of(LEAVES),
    entry_count=5,
)
STATES_AFTER_SECOND = {
    agent: replay([entry for entry in ENTRIES if entry.agent == agent], PrecedenceHistory())
    for agent in ("agents/ana", "agents/bob")
}
