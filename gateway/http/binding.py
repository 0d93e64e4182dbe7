"""Makes a request message of a path's variables, a query and a body."""

from collections.abc import Iterable, Mapping
from typing import Any

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError, Message

from chassis.errors import Code, FieldViolation, Refusal
from gateway.http.routes import WHOLE_MESSAGE

BINARY = "application/x-protobuf"
JSON = "application/json"

# Messages whose JSON form is one string, so that a query can carry them.
_STRINGS = frozenset(
    f"google.protobuf.{name}" for name in ("Timestamp", "Duration", "FieldMask", "StringValue")
)


def read_body(message: Message, content: bytes, media_type: str) -> None:
    """Fills the message from a body, in binary or as JSON."""
    try:
        if media_type == BINARY:
            message.MergeFromString(content)
        elif content.strip():
            _read_json(message, content)
    except (json_format.ParseError, DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise malformed("body", _told(error)) from None


def part_of(message: Message, body: str) -> Message:
    """Returns what the body fills: the message, or the one in its field of that name."""
    if body == WHOLE_MESSAGE:
        return message
    part: Message = getattr(message, body)
    # Also an empty body says that it is there.
    part.SetInParent()
    return part


def check_beside_body(body: str, query: Iterable[tuple[str, str]]) -> None:
    """Refuses parameters for what the body fills."""
    for name, _ in query:
        if body == WHOLE_MESSAGE or _canonical(name.partition(".")[0]) == _canonical(body):
            raise malformed(name, "the method takes it from the body")


def read_parameters(
    message: Message, variables: Mapping[str, str], query: Iterable[tuple[str, str]]
) -> None:
    """Sets the fields that path and query name; nested ones by dots, in camelCase or as in the
    proto.
    """
    tree: dict[str, Any] = {}
    for name, value in query:
        if _canonical(name) in {_canonical(variable) for variable in variables}:
            raise malformed(name, "the path says it already")
        _plant(tree, message.DESCRIPTOR, name, value)
    for name, value in variables.items():
        _plant(tree, message.DESCRIPTOR, name, value)
    try:
        json_format.ParseDict(tree, message)
    except json_format.ParseError as error:
        raise malformed("query", _told(error)) from None


def malformed(field: str, description: str) -> Refusal:
    """Refuses a request that is not what the method takes."""
    return Refusal(
        Code.INVALID_ARGUMENT,
        "MALFORMED_REQUEST",
        f"{field}: {description}",
        violations=[FieldViolation(field, description)],
    )


def _read_json(message: Message, content: bytes) -> None:
    # The library takes a list for an object without fields.
    if not content.lstrip().startswith(b"{"):
        raise malformed("body", "is a JSON object")
    json_format.Parse(content, message)


def _plant(tree: dict[str, Any], descriptor: Any, name: str, value: str) -> None:
    """Puts a value into the tree at the place that its dotted name says."""
    *parents, last = name.split(".")
    for part in parents:
        field = _field(descriptor, part, name)
        if field.message_type is None or field.is_repeated:
            raise malformed(name, f"{part} has no fields of its own")
        tree = tree.setdefault(field.json_name, {})
        if not isinstance(tree, dict):
            raise malformed(name, f"{part} comes whole as well")
        descriptor = field.message_type
    field = _field(descriptor, last, name)
    leaf = _leaf(field, name, value)
    if field.is_repeated:
        tree.setdefault(field.json_name, []).append(leaf)
    elif field.json_name in tree:
        raise malformed(name, "comes twice")
    else:
        tree[field.json_name] = leaf


def _field(descriptor: Any, part: str, name: str) -> FieldDescriptor:
    field: FieldDescriptor
    for field in descriptor.fields:
        if part in (field.name, field.json_name):
            return field
    raise malformed(name, "there is no such parameter")


def _leaf(field: FieldDescriptor, name: str, value: str) -> Any:
    if field.message_type is not None and field.message_type.full_name not in _STRINGS:
        raise malformed(name, "name one of its fields, as in `day.year`")
    if field.type != FieldDescriptor.TYPE_BOOL:
        return value
    if value not in ("true", "false"):
        raise malformed(name, "is `true` or `false`")
    return value == "true"


def _canonical(name: str) -> str:
    return name.replace("_", "").lower()


def _told(error: Exception) -> str:
    return str(error)[:300] or type(error).__name__
