"""Makes a request message of the body and the path of a request."""

import json
from collections.abc import Sequence
from typing import Any

from google.api import httpbody_pb2
from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from gateway.http.bound import WHOLE_MESSAGE, PathField
from gateway.http.forms import JSONS_OWN, OBJECT, form_of
from gateway.http.json_faults import MOST_LEVELS, UNREADABLE, find_fault
from gateway.http.refusing import check_oneof, malformed, told
from gateway.http.templates import MalformedValueError

BINARY = "application/x-protobuf"
JSON = "application/json"


def fill_from_body(message: Message, body: str, content: bytes, media_type: str) -> None:
    """Fills what the rule's `body` names: the message, or its field of that name."""
    target = message if body == WHOLE_MESSAGE else getattr(message, body)
    at = "" if body == WHOLE_MESSAGE else message.DESCRIPTOR.fields_by_name[body].json_name
    try:
        if not isinstance(target, Message):
            _fill_field(message, at, content, media_type)
            return
        if target is not message:
            # Also an empty body says that it is there.
            target.SetInParent()
        _fill_message(target, at, content, media_type)
    except UNREADABLE as error:
        raise malformed("body", _why(error)) from None


def takes_anything(message: Message, body: str) -> bool:
    """Tells whether the body is taken as it is, whatever its type."""
    target = message if body == WHOLE_MESSAGE else getattr(message, body)
    return isinstance(target, httpbody_pb2.HttpBody)


def fill_from_path(message: Message, fields: Sequence[PathField], parts: Sequence[str]) -> None:
    """Sets the fields that the path names. A body that says something else, or another field of
    the same oneof, is refused, since nobody knows which of the two was meant.
    """
    for one in fields:
        name = one.variable.path
        try:
            value = one.variable.value(parts)
        except MalformedValueError as error:
            raise malformed(name, str(error)) from None
        parent = message
        for above in one.parents:
            check_oneof(parent, above, name)
            parent = getattr(parent, above.name)
            parent.SetInParent()
        check_oneof(parent, one.field, name)
        before = getattr(parent, one.field.name)
        _set(parent, one.field, value, name)
        if before and before != getattr(parent, one.field.name):
            raise malformed(name, f"the path says {value[:80]!r}, the body something else")


def _set(parent: Message, field: FieldDescriptor, value: str, name: str) -> None:
    if field.type == FieldDescriptor.TYPE_STRING:
        setattr(parent, field.name, value)
        return
    leaf = value == "true" if value in ("true", "false") else value
    try:
        json_format.ParseDict({field.json_name: leaf}, parent)
    except json_format.ParseError:
        raise malformed(name, form_of(field)) from None


def _fill_message(message: Message, at: str, content: bytes, media_type: str) -> None:
    if isinstance(message, httpbody_pb2.HttpBody):
        message.content_type, message.data = media_type, content
    elif media_type == BINARY:
        message.MergeFromString(content)
    elif content.strip():
        _parse(message, at, _load(content), MOST_LEVELS)


def _fill_field(message: Message, at: str, content: bytes, media_type: str) -> None:
    """Fills a field that is no message of its own, as a list or a text."""
    if media_type == BINARY:
        raise malformed("content-type", f"is {JSON}: this body is no message")
    if content.strip():
        _parse(message, "", {at: _load(content)}, MOST_LEVELS + 1)


def _parse(message: Message, at: str, tree: Any, levels: int) -> None:
    """Fills a message, whose JSON stands at a path; refuses it at the place that is wrong."""
    own = message.DESCRIPTOR.full_name.startswith(JSONS_OWN)
    if not (own or isinstance(tree, dict)):
        raise malformed(at or "body", OBJECT)
    try:
        json_format.ParseDict(tree, message, max_recursion_depth=levels)
    except UNREADABLE:
        fault = None if own else find_fault(tree, message.DESCRIPTOR, at)
        if fault is None:
            raise
        raise malformed(fault.field, fault.description) from None


def _load(content: bytes) -> Any:
    return json.loads(content.decode(), object_pairs_hook=_once, parse_constant=_no_number)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    tree = dict(pairs)
    if len(tree) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice[:80]!r} comes twice in one object")
    return tree


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON; write it as a string")


def _why(error: Exception) -> str:
    if isinstance(error, RecursionError) or "too deep" in str(error):
        return f"is nested deeper than {MOST_LEVELS} levels"
    return told(error)
