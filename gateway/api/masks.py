"""Field masks of updates: which fields of a message somebody means to change."""

from collections.abc import Iterable

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.message import Message

from chassis.errors import FieldViolation, invalid_fields


def masked(message: Message, mask: FieldMask, changeable: Iterable[str]) -> frozenset[str]:
    """Returns the fields that the mask names; without a mask, those of the changeable ones that the
    message holds. Refuses what cannot be changed.
    """
    allowed = frozenset(changeable)
    if not mask.paths:
        return frozenset(one.name for one, _ in message.ListFields()) & allowed
    if list(mask.paths) == ["*"]:
        return allowed
    faults = [
        FieldViolation(
            "update_mask", f"{path[:100]} cannot be changed: choose of {_named(allowed)}"
        )
        for path in mask.paths
        if path not in allowed
    ]
    if faults:
        raise invalid_fields(faults)
    return frozenset(mask.paths)


def _named(fields: Iterable[str]) -> str:
    return ", ".join(sorted(fields))
