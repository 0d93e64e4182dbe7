"""Sets the fields of a request that the query names: nested ones by dots, in camelCase or as in
the proto.
"""

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from gateway.http.bound import WHOLE_MESSAGE, Route
from gateway.http.forms import EXAMPLES, JSONS_OWN, WRAPPERS, fields_of, form_of
from gateway.http.refusing import check_oneof, malformed

MOST_PARTS = 16
"""How many fields deep a parameter may reach."""

_MOST_NAMED = 6


def fill_from_query(message: Message, route: Route, query: Iterable[tuple[str, str]]) -> None:
    """Sets the fields that parameters name; refuses those that there are not, and those that path
    or body say.
    """
    values: dict[tuple[FieldDescriptor, ...], tuple[str, list[str]]] = {}
    for name, value in query:
        values.setdefault(_path(message.DESCRIPTOR, name), (name, []))[1].append(value)
    for path, (name, texts) in values.items():
        _check_beside(route, path, name)
        _set(message, path, name, texts)


def _check_beside(route: Route, path: Sequence[FieldDescriptor], name: str) -> None:
    if route.body in (WHOLE_MESSAGE, path[0].name):
        raise malformed(name, "the method takes it from the body")
    dotted = ".".join(field.name for field in path)
    if any(one.variable.path == dotted for one in route.path_fields):
        raise malformed(name, "the path says it already")


def _path(descriptor: Any, name: str) -> tuple[FieldDescriptor, ...]:
    """Returns the fields that a dotted name leads through."""
    parts = name.split(".")
    if len(parts) > MOST_PARTS:
        raise malformed(name[:80], f"reaches deeper than {MOST_PARTS} fields")
    path: list[FieldDescriptor] = []
    for place, part in enumerate(parts):
        if path:
            descriptor = _inside(path[-1], parts[place - 1], name)
        field = fields_of(descriptor).get(part)
        if field is None:
            raise malformed(name[:80], "there is no such parameter")
        path.append(field)
    return tuple(path)


def _inside(field: FieldDescriptor, part: str, name: str) -> Any:
    descriptor = field.message_type
    if descriptor is None or field.is_repeated or descriptor.full_name.startswith(JSONS_OWN):
        raise malformed(name, f"{part} has no parameters of its own")
    return descriptor


def _set(message: Message, path: Sequence[FieldDescriptor], name: str, texts: list[str]) -> None:
    *parents, field = path
    for parent in parents:
        check_oneof(message, parent, name)
        message = getattr(message, parent.name)
        message.SetInParent()
    check_oneof(message, field, name)
    if len(texts) > 1 and not field.is_repeated:
        raise malformed(name, "comes twice")
    leaves = [_leaf(field, name, text) for text in texts]
    tree = {field.json_name: leaves if field.is_repeated else leaves[0]}
    try:
        json_format.ParseDict(tree, message)
    except (json_format.ParseError, ValueError):
        raise malformed(name, form_of(field)) from None


def _leaf(field: FieldDescriptor, name: str, text: str) -> Any:
    """Returns a value as the JSON mapping has it."""
    if field.message_type is not None:
        return _message_leaf(field, field.message_type, name, text)
    if field.type == FieldDescriptor.TYPE_BOOL:
        if text not in ("true", "false"):
            raise malformed(name, form_of(field))
        return text == "true"
    if field.type == FieldDescriptor.TYPE_BYTES:
        return _base64(name, text)
    if field.enum_type is not None and not _is_value_of(field.enum_type, text):
        raise malformed(name, form_of(field))
    return text


def _message_leaf(field: FieldDescriptor, descriptor: Any, name: str, text: str) -> Any:
    kind = descriptor.full_name
    if field.is_repeated:
        raise malformed(name, "is a list or map of messages, which no parameter can carry")
    if kind in WRAPPERS:
        return _leaf(descriptor.fields_by_name["value"], name, text)
    if kind not in EXAMPLES:
        fields = ", ".join(f"{name}.{one.json_name}" for one in descriptor.fields[:_MOST_NAMED])
        raise malformed(name, f"name one of its fields: {fields}")
    if text == "":
        raise malformed(name, f"is empty; write it like {EXAMPLES[kind]}")
    return text


def _base64(name: str, text: str) -> str:
    """Takes both alphabets, with padding or without; the library would skip what is in neither."""
    standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return b64encode(b64decode(standard + "=" * (-len(standard) % 4), validate=True)).decode()
    except (binascii.Error, ValueError):
        raise malformed(name, "is bytes in base64, where + is written %2B or -") from None


def _is_value_of(enum: Any, text: str) -> bool:
    return text in enum.values_by_name or text.removeprefix("-").isdecimal()
