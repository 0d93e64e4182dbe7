"""Refusals of requests that are not what a method takes."""

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message

from chassis.errors import Code, FieldViolation, Refusal

_LONGEST = 300


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
    """Returns what a library says of its input, as far as it is worth reading."""
    return str(error)[:_LONGEST] or type(error).__name__
