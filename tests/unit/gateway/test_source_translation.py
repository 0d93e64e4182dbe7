import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.sources.body import BodyRefusedError, message_text, read_message, split_body
from gateway.domain.sources.mapping import parse_mapping
from gateway.domain.sources.translate import find_event_id, translate
from gateway.domain.sources.understood import Understood, Unknown

MAPPING = """
[events]
id = "id"
time = "at"
time_format = "unix_milliseconds"
sequence = "n"
ignore = "kind == 'beat'"
[agents]
id = "who"
name = "pbx-{agent}"
[agents.aliases]
"Ana María" = "ana"
[queues.aliases]
"Sales, new" = "sales"
[[states]]
when = "state"
value = "state"
contacts = "calls"
queue = "queue"
[states.values]
free = { state = "ONLINE" }
lunch = { state = "BREAK", reason = "meal" }
talk = { state = "BUSY", activity = "TALKING" }
3 = { state = "OFFLINE" }
[[contacts]]
when = "call"
with_agent = false
id = "call"
value = "what"
ignored = ["moh"]
queue = "queue"
channel = "via"
[contacts.values]
in = { kind = "ENQUEUED" }
[contacts.channels]
tel = "CALL"
"""
PARSED = parse_mapping(MAPPING)
NINE = 1_790_000_000_000
EVENT: dict[str, Any] = {"id": "e1", "at": NINE, "who": "Ana María", "state": "free", "n": 7}


def understood(**changes: Any) -> Understood:
    [event] = translate(PARSED, {**EVENT, **changes})
    return event


def test_an_event_becomes_a_change_of_state() -> None:
    [change] = understood().states

    assert (change.event_id, change.agent, change.state) == ("e1", "ana", "ONLINE")
    assert change.occurred_time == datetime.fromtimestamp(NINE / 1000, UTC)
    assert change.sequence == 7


def test_who_has_no_alias_is_written_into_the_name() -> None:
    [change] = understood(who=8001).states

    assert change.agent == "pbx-8001"


def test_numbers_find_their_meaning_as_well() -> None:
    [change] = understood(state=3).states

    assert change.state == "OFFLINE"


@pytest.mark.parametrize(
    ("changes", "unknown"),
    [
        ({"state": "coffee"}, Unknown("states.0.values", "coffee")),
        ({"state": {"a": 1}}, Unknown("states.0.values", '{"a": 1}')),
        ({"state": "x" * 500}, Unknown("states.0.values", "x" * 199 + "…")),
        ({"who": "王芳"}, Unknown("agents.aliases", "王芳")),
        ({"who": None}, Unknown("agents.aliases", "(missing)")),
        ({"state": None}, Unknown("events", "no rule applies")),
    ],
)
def test_what_no_table_has_is_unknown_and_not_guessed(
    changes: dict[str, Any], unknown: Unknown
) -> None:
    event = understood(**changes)

    assert event.unknowns == (unknown,)
    assert event.states == ()


def test_a_state_is_told_though_its_queue_is_unknown() -> None:
    event = understood(state="talk", calls=["c1", "c1", "c2"], queue="Weekend, late")

    assert event.states[0].contacts == ("c1", "c2")
    assert event.states[0].queue == ""
    assert event.unknowns == (Unknown("queues.aliases", "Weekend, late"),)


def test_a_contact_whose_queue_is_unknown_waits_until_it_is_known() -> None:
    told = {"state": None, "call": "c1", "what": "in", "via": "tel"}
    known = understood(**told, queue="Sales, new")
    unknown = understood(**told, queue="Weekend, late")

    assert [(one.kind, one.queue, one.channel) for one in known.contacts] == [
        ("ENQUEUED", "sales", "CALL")
    ]
    assert (unknown.contacts, len(unknown.unknowns)) == ((), 1)


def test_a_value_that_says_nothing_is_not_unknown() -> None:
    event = understood(state=None, call="c1", what="moh")

    assert (event.contacts, event.unknowns) == ((), ())


def test_what_the_mapping_ignores_says_nothing() -> None:
    assert understood(kind="beat", at="nonsense").ignored


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": None}, "events.id: id finds nothing"),
        ({"at": "noon"}, "'noon' is no time of the form unix_milliseconds"),
        ({"at": True}, "True is no time"),
        ({"at": 10**30}, "is no time"),
        ({"n": "seven"}, "events.sequence: seven is no whole number"),
        ({"n": -1}, "events.sequence"),
    ],
)
def test_an_event_that_cannot_be_read_says_why(changes: dict[str, Any], said: str) -> None:
    event = understood(**changes)

    assert said in event.faults[0]
    assert (event.states, event.contacts) == ((), ())


def test_a_long_event_id_becomes_one_that_is_taken() -> None:
    [first], [second] = (understood(id=end * 200).states for end in "ab")

    assert len(first.event_id) <= 128
    assert first.event_id != second.event_id


def test_times_without_a_zone_need_the_mappings() -> None:
    text = MAPPING.replace('"unix_milliseconds"', '"%Y-%m-%d %H:%M"')
    event = {**EVENT, "at": "2026-11-20 09:00"}

    [without] = translate(parse_mapping(text), event)
    zoned = text.replace('sequence = "n"', 'time_zone = "Asia/Shanghai"')
    [within] = translate(parse_mapping(zoned), event)

    assert "names no zone" in without.faults[0]
    assert within.occurred_time == datetime(2026, 11, 20, 1, tzinfo=UTC)


def test_one_message_can_hold_several_events() -> None:
    mapping = parse_mapping(MAPPING.replace("[events]", '[events]\neach = "data"'))

    events = translate(mapping, {"data": [EVENT, {**EVENT, "id": "e2", "who": "x y"}]})

    assert [event.event_id for event in events] == ["e1", "e2"]
    assert [len(event.states) for event in events] == [1, 0]
    assert find_event_id(mapping, {"data": [EVENT]}) == ""
    assert "finds no list" in translate(mapping, {"data": 7})[0].faults[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(
    changes=st.dictionaries(
        st.sampled_from(
            ["id", "at", "who", "state", "n", "call", "what", "queue", "via", "calls", "kind"]
        ),
        JSON,
    )
)
def test_no_event_breaks_the_translation(changes: dict[str, Any]) -> None:
    event = understood(**changes)

    assert all(len(change.event_id) <= 128 for change in event.states)
    assert all(len(change.event_id) <= 128 for change in event.contacts)
    assert all(one.value.isprintable() for one in event.unknowns)


@given(content=st.binary() | st.text().map(str.encode) | JSON.map(json.dumps).map(str.encode))
def test_a_body_is_taken_apart_or_refused(content: bytes) -> None:
    try:
        messages = split_body(content)
    except BodyRefusedError:
        return
    for message in messages:
        text = message_text(message)
        assert text.encode()
        assert message_text(read_message(text)) == text


@pytest.mark.parametrize(
    ("content", "count"),
    [
        (b'{"a":1}', 1),
        (b'[{"a":1},{"a":2}]', 2),
        (b'{"a":1}\n\n{"a":2}\r\n', 2),
        (b"\xef\xbb\xbf{}", 1),
    ],
)
def test_a_body_is_an_object_an_array_or_an_object_a_line(content: bytes, count: int) -> None:
    assert len(split_body(content)) == count


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is no JSON"),
        (b"[]", "holds no event"),
        (b"[1]", "something other than an object, at place 0"),
        (b'{"a":1}\nnonsense', "line 2"),
        (b'{"a":NaN}', "NaN"),
        (b'{"a":"\\ud83d"}', "half a character"),
        (b"\xff", "UTF-8"),
        (b"[" * 100_000, "cannot be read"),
        (b'{"a":' * 150 + b"1" + b"}" * 150, "100 deep"),
        (b"[" + b"{}," * 1000 + b"{}]", "more than 1000"),
        (b'{"a":' + b"9" * 5000 + b"}", "cannot be read"),
    ],
)
def test_a_body_that_is_none_is_refused_with_what_is_wrong(content: bytes, said: str) -> None:
    with pytest.raises(BodyRefusedError, match=said):
        split_body(content)
