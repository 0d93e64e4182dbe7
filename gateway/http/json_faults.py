"""Finds in the JSON form of a message what the library refused: where it stands, and its remedy.

The library says what is wrong, in its own words and without a place that a program could read. So
what it refused is gone through again, value by value, in its order; only a refusal pays for that.
"""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from google.protobuf import json_format
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import DecodeError
from google.protobuf.message_factory import GetMessageClass

from chassis.errors import FieldViolation
from gateway.http.forms import JSONS_OWN, LIST, OBJECT, fields_of, form_of, listed

MOST_LEVELS = 32
"""How deep a body may be nested; the messages of the API need a fifth of it."""

UNREADABLE = (json_format.ParseError, DecodeError, ValueError, RecursionError, SystemError)
"""What the library raises of content that it does not take, half a surrogate pair among it."""

T = TypeVar("T")

_LONGEST_NAME = 80
_HALF_A_CHARACTER = re.compile("[\ud800-\udfff]")


def find_fault(
    tree: Any, descriptor: Any, at: str = "", levels: int = MOST_LEVELS
) -> FieldViolation | None:
    """Returns the first fault of the JSON form of a message, which stands at a path; None if there
    is none within so many levels.
    """
    if not isinstance(tree, dict):
        return FieldViolation(at or "body", OBJECT)
    if levels == 0:
        return None
    said: dict[str, str] = {}
    for name, value in tree.items():
        field = fields_of(descriptor).get(name)
        if field is None:
            return FieldViolation(_below(at, name), _no_such_field(descriptor))
        if value is not None:
            place = _below(at, field.json_name)
            fault = _beside(field, place, said) or _of_field(field, value, place, levels)
            if fault is not None:
                return fault
    return None


def _of_field(field: FieldDescriptor, value: Any, at: str, levels: int) -> FieldViolation | None:
    if not field.is_repeated:
        return _of_value(field, value, at, levels)
    if field.message_type is not None and field.message_type.GetOptions().map_entry:
        return _of_map(field, value, at, levels)
    if not isinstance(value, list):
        return FieldViolation(at, LIST)
    index = _first_refused(value, lambda part: _takes(field, part))
    return None if index is None else _of_value(field, value[index], f"{at}[{index}]", levels)


def _of_map(field: FieldDescriptor, tree: Any, at: str, levels: int) -> FieldViolation | None:
    if not isinstance(tree, dict):
        return FieldViolation(at, OBJECT)
    entries = list(tree.items())
    index = _first_refused(entries, lambda part: _takes(field, dict(part)))
    if index is None:
        return None
    entry: Any = field.message_type
    key_field, value_field = (entry.fields_by_name[one] for one in ("key", "value"))
    key, value = entries[index]
    place = f"{at}[{_shown(key)}]"
    if value is None:
        return FieldViolation(place, _null(value_field))
    wrong_key = FieldViolation(place, f"its key {form_of(key_field)}")
    return _of_value(value_field, value, place, levels) or wrong_key


def _first_refused(values: list[T], takes: Callable[[list[T]], bool]) -> int | None:
    """Returns the place of the first value that is not taken; by halves, since one by one a million
    values would keep everybody waiting.
    """
    if takes(values):
        return None
    low, high = 0, len(values)
    while high - low > 1:
        middle = (low + high) // 2
        if takes(values[low:middle]):
            low = middle
        else:
            high = middle
    return low


def _of_value(field: FieldDescriptor, value: Any, at: str, levels: int) -> FieldViolation | None:
    if _takes(field, [value] if field.is_repeated else value):
        return None
    if value is None:
        return FieldViolation(at, _null(field))
    descriptor = field.message_type
    if descriptor is not None and not descriptor.full_name.startswith(JSONS_OWN):
        return find_fault(value, descriptor, at, levels - 1)
    if isinstance(value, str) and _HALF_A_CHARACTER.search(value):
        return FieldViolation(at, "holds half of a surrogate pair, which is no character")
    return FieldViolation(at, form_of(field))


def _takes(field: FieldDescriptor, value: Any) -> bool:
    """Tells whether the library takes a field with a value."""
    holder: Any = field.containing_type
    message = GetMessageClass(holder)()
    try:
        json_format.ParseDict({field.json_name: value}, message, max_recursion_depth=MOST_LEVELS)
    except UNREADABLE:
        return False
    return True


def _beside(field: FieldDescriptor, at: str, said: dict[str, str]) -> FieldViolation | None:
    """Refuses a second field of a oneof; `said` holds by oneof the name that came first."""
    if field.containing_oneof is None:
        return None
    other = said.get(field.containing_oneof.name)
    if other is None:
        said[field.containing_oneof.name] = field.json_name
        return None
    if other == field.json_name:
        return FieldViolation(at, "comes twice")
    return FieldViolation(at, f"excludes {other}: send one of them")


def _no_such_field(descriptor: Any) -> str:
    names = listed([field.json_name for field in descriptor.fields])
    return f"there is no such field; there are {names}" if names else "there are no fields here"


def _null(field: FieldDescriptor) -> str:
    return f"is null; what is in a list or map {form_of(field)}"


def _below(at: str, name: str) -> str:
    return f"{at}.{_shown(name)}" if at else _shown(name)


def _shown(name: str) -> str:
    """Returns a name of the caller's own as it can be sent back."""
    return name[:_LONGEST_NAME].encode(errors="backslashreplace").decode()
