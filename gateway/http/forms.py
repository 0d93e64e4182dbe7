"""How the values of fields are written: what is said to whoever wrote one differently."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from google.protobuf.descriptor import FieldDescriptor

JSONS_OWN = "google.protobuf."
"""Begins the names of messages whose JSON form is a matter of JSON, not of their fields."""
OBJECT, LIST = "is a JSON object", "is a JSON list"

WRAPPERS = frozenset(
    f"{JSONS_OWN}{kind}Value"
    for kind in ("Bool", "Bytes", "Double", "Float", "Int32", "Int64", "String", "UInt32", "UInt64")
)
EXAMPLES: Mapping[str, str] = MappingProxyType(
    {
        f"{JSONS_OWN}Timestamp": "2026-11-22T08:00:00Z",
        f"{JSONS_OWN}Duration": "1.5s",
        f"{JSONS_OWN}FieldMask": "displayName,team",
    }
)
"""Messages whose JSON form is one string, with an example of it."""

_MOST_NAMES = 20
_WHOLE_NUMBERS = MappingProxyType(
    {
        FieldDescriptor.CPPTYPE_INT32: (-(2**31), 2**31 - 1),
        FieldDescriptor.CPPTYPE_INT64: (-(2**63), 2**63 - 1),
        FieldDescriptor.CPPTYPE_UINT32: (0, 2**32 - 1),
        FieldDescriptor.CPPTYPE_UINT64: (0, 2**64 - 1),
    }
)
_OTHERS = MappingProxyType(
    {
        FieldDescriptor.CPPTYPE_BOOL: "is `true` or `false`",
        FieldDescriptor.CPPTYPE_FLOAT: "is a number of 32 bits",
        FieldDescriptor.CPPTYPE_DOUBLE: "is a number",
    }
)


@lru_cache(maxsize=4096)
def fields_of(descriptor: Any) -> Mapping[str, FieldDescriptor]:
    """Returns the fields of a message by their names in JSON and in the proto."""
    fields = {field.name: field for field in descriptor.fields}
    return fields | {field.json_name: field for field in descriptor.fields}


def form_of(field: FieldDescriptor) -> str:
    """Says how a value of a field is written; of a list, each of its values."""
    if field.message_type is not None:
        return _form_of_message(field.message_type)
    if field.enum_type is not None:
        return (
            f"is one of {listed([value.name for value in field.enum_type.values])}, or its number"
        )
    if field.cpp_type in _WHOLE_NUMBERS:
        least, most = _WHOLE_NUMBERS[field.cpp_type]
        return f"is a whole number from {least} to {most}"
    if field.type == FieldDescriptor.TYPE_BYTES:
        return "is bytes in base64, in quotes"
    return _OTHERS.get(field.cpp_type, "is a text in quotes")


def listed(names: list[str]) -> str:
    """Returns names as part of a sentence, as many as are worth reading."""
    return ", ".join(names[:_MOST_NAMES]) + (" ..." if len(names) > _MOST_NAMES else "")


def _form_of_message(descriptor: Any) -> str:
    name = descriptor.full_name
    if name in EXAMPLES:
        return f"is not written like {EXAMPLES[name]}"
    if name in WRAPPERS:
        return form_of(descriptor.fields_by_name["value"])
    return LIST if name == f"{JSONS_OWN}ListValue" else OBJECT
