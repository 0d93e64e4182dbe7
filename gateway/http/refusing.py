"""Refusals of requests that are not what a method takes."""

import re

from google.protobuf import descriptor_pool
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from chassis.errors import Code, FieldViolation, Refusal

_LONGEST = 300
_MOST_VALUES = 20
_OF_ENUM = re.compile(r"Invalid enum value \S{1,80} for enum type ([\w.]+) at ")


def malformed(field: str, description: str) -> Refusal:
    """Refuses a request for one of its parts: a field, a parameter, `body`, a header."""
    return Refusal(
        Code.INVALID_ARGUMENT,
        "MALFORMED_REQUEST",
        f"{field}: {description}",
        violations=[FieldViolation(field, description)],
    )


def check_oneof(message: Message, field: FieldDescriptor, name: str) -> None:
    """Refuses a field whose oneof has another one set: setting both would drop the other without a
    word.
    """
    if field.containing_oneof is not None:
        other = message.WhichOneof(field.containing_oneof.name)
        if other not in (None, field.name):
            raise malformed(name, f"excludes {other}: send one of them")


def told(error: Exception) -> str:
    """Returns what a library says of its input, as far as it is worth reading; of a value that an
    enum has not, those that it has.
    """
    said = str(error)[:_LONGEST] or type(error).__name__
    values = _values_beside(said)
    return f"{said} It is one of {', '.join(values)}." if values else said


def _values_beside(said: str) -> list[str]:
    found = _OF_ENUM.search(said)
    if found is None:
        return []
    try:
        enum = descriptor_pool.Default().FindEnumTypeByName(found[1])
    except KeyError:
        return []  # the words were the caller's own, in the value that is none
    return [value.name for value in enum.values[:_MOST_VALUES]]
