"""What the audit log keeps of a request: names, numbers and instants, and a digest of it.

Never what somebody wrote in her own words, and never a secret: of texts only the names of resources
are taken, and what a field of a secret holds is left out of the digest as well, since a digest of
something short gives it away.
"""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.duration_pb2 import Duration
from google.protobuf.message import Message
from google.protobuf.timestamp_pb2 import Timestamp

LONGEST_SUMMARY = 500

_SECRETS = frozenset(
    {"password", "new_password", "code", "token", "secret", "client_secret", "api_key"}
)
_SITE = re.compile(r"(sites/(?!-(?:/|$))[a-z0-9-]{1,63})(/.*)?")
_COLLECTIONS = "sites|teams|agents|accounts|serviceAccounts|roles|sources|lines|skills|contacts"
_NAME = re.compile(rf"(?:{_COLLECTIONS})/[A-Za-z0-9_./~-]{{1,200}}")
_MOST_OF_A_LIST = 3
_DEEPEST = 3
_INSTANTS = (Timestamp, Duration)


def summary_of(request: Message) -> str:
    """Returns what may be shown of a request, as `field=value` with spaces between."""
    return " ".join(_pairs(request, "", _DEEPEST))[:LONGEST_SUMMARY]


def digest_of(request: Message) -> bytes:
    """Returns the SHA-256 of a request without its secrets."""
    copy = type(request)()
    copy.CopyFrom(request)
    _clear_secrets(copy)
    return sha256(copy.SerializeToString(deterministic=True)).digest()


def site_of(request: Message) -> str:
    """Returns the site that a request names in a field of its own or as the place of what it names;
    empty if it names none, or all of them by `sites/-`.
    """
    for name, text in _texts(request, _DEEPEST):
        match = _SITE.fullmatch(text) if name not in _SECRETS else None
        if match:
            return match[1]
    return ""


def claimed_actor(request: Message) -> str:
    """Returns whom a call without an identity claims to be, as `accounts/{account}`; empty if it
    claims nothing.
    """
    account = str(getattr(request, "account", ""))
    return f"accounts/{account}" if re.fullmatch("[a-z0-9-]{1,63}", account) else ""


def _pairs(message: Message, path: str, depth: int) -> Iterator[str]:
    for field, value in message.ListFields():
        name = f"{path}{field.name}"
        if field.name in _SECRETS:
            continue
        if field.is_repeated:
            yield from _pairs_of_many(field, value, name)
        elif field.message_type is not None:
            yield from _pairs_of_message(value, name, depth)
        else:
            yield from (f"{name}={shown}" for shown in _shown(field, value))


def _pairs_of_message(value: Message, name: str, depth: int) -> Iterator[str]:
    if isinstance(value, _INSTANTS):
        yield f"{name}={_instant_of(value)}"
    elif depth:
        yield from _pairs(value, f"{name}.", depth - 1)


def _instant_of(value: Timestamp | Duration) -> str:
    try:
        return value.ToJsonString()
    except ValueError:
        # Whoever serves the call will refuse it; that it was made is written down all the same.
        return "invalid"


def _pairs_of_many(field: FieldDescriptor, values: Sequence[Any], name: str) -> Iterator[str]:
    yield f"{name}.count={len(values)}"
    if field.message_type is None:
        shown = (text for value in values for text in _shown(field, value))
        yield from (f"{name}={text}" for text in islice(shown, _MOST_OF_A_LIST))


def _shown(field: FieldDescriptor, value: Any) -> Iterator[str]:
    """Yields a value as it may be shown, or nothing."""
    if field.enum_type is not None:
        known = field.enum_type.values_by_number.get(value)
        yield known.name if known else str(value)
    elif field.type == FieldDescriptor.TYPE_STRING:
        if _NAME.fullmatch(value):
            yield value
    elif field.type != FieldDescriptor.TYPE_BYTES:
        yield str(value)


def _texts(message: Message, depth: int) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        values = value if field.is_repeated else (value,)
        for one in islice(values, _MOST_OF_A_LIST):
            if isinstance(one, str):
                yield field.name, one
            elif isinstance(one, Message) and depth:
                yield from _texts(one, depth - 1)


def _clear_secrets(message: Message) -> None:
    for field, value in message.ListFields():
        if field.name in _SECRETS:
            message.ClearField(field.name)
        elif field.message_type is not None:
            for one in value if field.is_repeated else (value,):
                if isinstance(one, Message):
                    _clear_secrets(one)
