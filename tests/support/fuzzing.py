"""Requests that nobody sends on purpose: valid in form and odd in content, or broken altogether."""

from random import Random
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from gateway.api.catalogue import Method

_TEXTS = (
    "",
    "\0",
    "a\0b",
    "x" * 5000,
    "你好\N{RIGHT-TO-LEFT OVERRIDE}",
    "sites/-",
    "sites/bank",
    "sites/\0",
    "agents/a",
    "agents/..",
    "teams/" + "t" * 300,
    "accounts/supervisor",
    "'; DROP TABLE accounts; --",
    "%00%s{}",
    "2026-11-22",
    "Europe/Nowhere",
    "Asia/Jerusalem",
    "00000000-0000-0000-0000-000000000000",
)
# What is there, by the name of the field that holds it: with it a request gets further.
SITE, TEAM, AGENT = "sites/odd", "teams/odd", "agents/odd"
_THERE = {
    "site": SITE,
    "sites": SITE,
    "team": TEAM,
    "teams": TEAM,
    "agent": AGENT,
    "agents": AGENT,
    "account": "accounts/agent",
    "time_zone": "Europe/Madrid",
    "event_id": "1",
    "display_name": "Odd",
}
_WHOLE = (0, 1, 2, 3, -1, 7, 1_795_000_000, 2**31 - 1, -(2**31), 2**53 + 1, 2**63 - 1, -(2**63))
_RANGES = {
    FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_ENUM: (-(2**31), 2**31 - 1),
    FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
    FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
    FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
}
_DEEPEST = 5


def odd_request(method: Method, random: Random) -> bytes:
    """The bytes of a request: a message of odd values, such bytes with some of them changed, or
    bytes at random.
    """
    kind = random.randrange(10)
    if kind == 0:
        return random.randbytes(random.randrange(60))
    message = method.request()
    _fill(message, random, 0)
    content = bytearray(message.SerializeToString())
    if kind < 4:
        for _ in range(random.randrange(1, 4)):
            if content:
                content[random.randrange(len(content))] = random.randrange(256)
    return bytes(content)


def _fill(message: Message, random: Random, depth: int) -> None:
    density = random.choice((0.2, 0.6, 0.9))
    for field in message.DESCRIPTOR.fields:
        if random.random() < density:
            _set(message, field, random, depth)


def _set(message: Message, field: Any, random: Random, depth: int) -> None:
    count = random.choice((1, 1, 2, 3))
    value: Any = getattr(message, field.name)
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return
    if field.message_type is None:
        values = [_plain(field, random) for _ in range(count)]
        if field.is_repeated:
            value.extend(values)
        else:
            setattr(message, field.name, values[0])
    elif depth < _DEEPEST:
        for inner in [value.add() for _ in range(count)] if field.is_repeated else [value]:
            inner.SetInParent()
            _fill(inner, random, depth + 1)


def _plain(field: Any, random: Random) -> Any:
    if field.cpp_type == FieldDescriptor.CPPTYPE_STRING:
        likely = _THERE.get(field.name, "")
        text = likely if likely and random.random() < 0.7 else random.choice(_TEXTS)
        return text.encode() if field.type == FieldDescriptor.TYPE_BYTES else text
    if field.cpp_type == FieldDescriptor.CPPTYPE_BOOL:
        return random.random() < 0.5
    if field.cpp_type in _RANGES:
        low, high = _RANGES[field.cpp_type]
        return min(max(random.choice(_WHOLE), low), high)
    return random.choice((0.0, -1.5, float("nan"), float("inf")))
