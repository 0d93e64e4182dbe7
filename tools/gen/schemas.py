"""The JSON form of messages as schemas of OpenAPI 3.1, which are JSON Schema."""

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from google.protobuf.descriptor_pb2 import FieldDescriptorProto as Kind

from tools.gen.messages import Enum, Field, Message, Types

Schema = dict[str, Any]

_INT32 = {"type": "integer", "format": "int32"}
_UINT32 = {"type": "integer", "format": "int64", "minimum": 0, "maximum": 2**32 - 1}
_INT64 = {"type": "string", "format": "int64", "pattern": "^-?[0-9]{1,19}$"}
_UINT64 = {"type": "string", "format": "uint64", "pattern": "^[0-9]{1,20}$"}
_NUMBER: Schema = {
    "anyOf": [{"type": "number"}, {"enum": ["NaN", "Infinity", "-Infinity"]}],
}
_BYTES = {"type": "string", "contentEncoding": "base64"}
_PLAIN: Mapping[int, Schema] = {
    Kind.TYPE_DOUBLE: _NUMBER,
    Kind.TYPE_FLOAT: _NUMBER,
    Kind.TYPE_INT64: _INT64,
    Kind.TYPE_SINT64: _INT64,
    Kind.TYPE_SFIXED64: _INT64,
    Kind.TYPE_UINT64: _UINT64,
    Kind.TYPE_FIXED64: _UINT64,
    Kind.TYPE_INT32: _INT32,
    Kind.TYPE_SINT32: _INT32,
    Kind.TYPE_SFIXED32: _INT32,
    Kind.TYPE_UINT32: _UINT32,
    Kind.TYPE_FIXED32: _UINT32,
    Kind.TYPE_BOOL: {"type": "boolean"},
    Kind.TYPE_STRING: {"type": "string"},
    Kind.TYPE_BYTES: _BYTES,
}
WELL_KNOWN: Mapping[str, Schema] = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]{1,9})?s$"},
    "google.protobuf.FieldMask": {"type": "string", "examples": ["displayName,team"]},
    "google.protobuf.Empty": {"type": "object"},
    "google.protobuf.Struct": {"type": "object"},
    "google.protobuf.Value": {},
    "google.protobuf.ListValue": {"type": "array"},
    "google.protobuf.BoolValue": _PLAIN[Kind.TYPE_BOOL],
    "google.protobuf.BytesValue": _BYTES,
    "google.protobuf.DoubleValue": _NUMBER,
    "google.protobuf.FloatValue": _NUMBER,
    "google.protobuf.Int32Value": _INT32,
    "google.protobuf.Int64Value": _INT64,
    "google.protobuf.StringValue": _PLAIN[Kind.TYPE_STRING],
    "google.protobuf.UInt32Value": _UINT32,
    "google.protobuf.UInt64Value": _UINT64,
}


def ref(name: str) -> Schema:
    """Points to the schema of a message or enum."""
    return {"$ref": f"#/components/schemas/{name}"}


def type_schema(name: str) -> Schema:
    """The schema of a message or enum by its full name."""
    return dict(WELL_KNOWN[name]) if name in WELL_KNOWN else ref(name)


def field_schema(field: Field, types: Types) -> Schema:
    """The schema of a field with its comment."""
    schema = _value_schema(field, types)
    comment = field.comment
    if field.read_permission:
        comment += f" Absent without the permission `{field.read_permission}`."
    return schema | ({"description": comment} if comment else {})


def _value_schema(field: Field, types: Types) -> Schema:
    if entry := map_entry(field, types):
        return {
            "type": "object",
            "additionalProperties": _value_schema(entry.field("value"), types),
        }
    one = type_schema(field.type_name) if field.type_name else dict(_PLAIN[field.type])
    return {"type": "array", "items": one} if field.is_repeated else one


def map_entry(field: Field, types: Types) -> Message | None:
    """The entry of a field that is a map."""
    found = types.get(field.type_name)
    return found if isinstance(found, Message) and found.is_map_entry else None


def object_schema(message: Message, fields: Iterable[Field], types: Types) -> Schema:
    """The schema of a message with these of its fields."""
    properties = {field.json_name: field_schema(field, types) for field in fields}
    return {"type": "object", "description": message.comment, "properties": properties}


def component_schemas(requests: Set[str], answers: Set[str], types: Types) -> dict[str, Schema]:
    """The schemas of all that requests and answers hold. What only requests hold takes no unknown
    properties; what is answered may gain some.
    """
    answered = set(_reachable(answers, types))
    named = sorted(answered | set(_reachable(requests, types)))
    return {name: _component(types[name], types, name in answered) for name in named}


def _component(found: Message | Enum, types: Types, is_answered: bool) -> Schema:
    if isinstance(found, Enum):
        lines = [found.comment, *(f"- `{name}`: {comment}" for name, comment in found.values)]
        names = [name for name, _ in found.values]
        return {"type": "string", "description": "\n".join(lines), "enum": names}
    schema = object_schema(found, found.fields, types)
    return schema if is_answered else schema | {"additionalProperties": False}


def _reachable(names: Iterable[str], types: Types) -> Iterator[str]:
    """The messages and enums with a schema of their own that these lead to, and these."""
    seen: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name in seen or name in WELL_KNOWN:
            continue
        seen.add(name)
        found = types[name]
        if isinstance(found, Enum) or not found.is_map_entry:
            yield name
        if isinstance(found, Message):
            waiting += [field.type_name for field in found.fields if field.type_name]
