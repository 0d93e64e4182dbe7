"""Who may read and write which field: rules stand in the protos (`muster.options.v1.field_access`)
and are applied here to answers, to each message of a stream, and to requests.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from google.protobuf.descriptor import Descriptor, FieldDescriptor
from google.protobuf.message import Message
from muster.options.v1 import options_pb2

from chassis.errors import SHARED_DOMAIN, Code, Refusal

AnyMessage = TypeVar("AnyMessage", bound=Message)


class _Right(StrEnum):
    """What somebody may do with a field, by the name that the option has for it."""

    READ = "read_permission"
    WRITE = "write_permission"


@dataclass(frozen=True, slots=True)
class _Lack:
    """What somebody lacks for one right."""

    right: _Right
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which fields of a message type are closed to somebody, and which lead to closed ones."""

    closed: tuple[FieldDescriptor, ...]
    leading: tuple[FieldDescriptor, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A closed field that is set, with the message that holds it and the way there."""

    holder: Message
    field: FieldDescriptor
    path: str


def may_read(kind: type[Message], field: str, permissions: frozenset[str]) -> bool:
    """Tells whether whoever holds the permissions may read a field of messages that she gets."""
    needed = _permission(_kind(kind).fields_by_name[field], _Right.READ)
    return not needed or needed in permissions


def read_permissions(kind: type[Message]) -> frozenset[str]:
    """Returns the permissions that open fields of a kind of message, or of messages within it."""
    return _permissions(_kind(kind), _Right.READ)


def visibility_class(kind: type[Message], permissions: frozenset[str]) -> frozenset[str]:
    """Returns those of the permissions that matter for reading a kind of message. Who has the same
    class and sees the same rows gets the same bytes.
    """
    return read_permissions(kind) & permissions


def readable(message: AnyMessage, permissions: frozenset[str]) -> AnyMessage:
    """Returns the message without the fields that may not be read: itself if all may be, otherwise
    a copy, since answers are kept and shared.
    """
    lack = _lack(message, _Right.READ, permissions)
    if not lack.missing:
        return message
    seen = type(message)()
    seen.CopyFrom(message)
    for found in _closed_in(seen, lack):
        found.holder.ClearField(found.field.name)
    return seen


def check_writable(message: Message, permissions: frozenset[str]) -> None:
    """Refuses a request that sets a field which needs a permission that is not held."""
    lack = _lack(message, _Right.WRITE, permissions)
    if not lack.missing:
        return
    for found in _closed_in(message, lack):
        needed = _permission(found.field, _Right.WRITE)
        raise Refusal(
            Code.PERMISSION_DENIED,
            "FIELD_FORBIDDEN",
            f"{found.path} may be set with the permission {needed} alone; leave it out",
            metadata={"field": found.path, "permission": needed},
            domain=SHARED_DOMAIN,
        )


def _lack(message: Message, right: _Right, permissions: frozenset[str]) -> _Lack:
    return _Lack(right, _permissions(_kind(message), right) - permissions)


@lru_cache(maxsize=4096)
def _permissions(kind: Descriptor, right: _Right) -> frozenset[str]:
    """Follows the types within a type; one that holds itself is visited once."""
    named, seen, ahead = set[str](), set[str](), [kind]
    while ahead:
        visited = ahead.pop()
        if visited.full_name not in seen:
            seen.add(visited.full_name)
            named.update(_permission(field, right) for field in visited.fields)
            ahead.extend(field.message_type for field in visited.fields if field.message_type)
    return frozenset(named - {""})


@lru_cache(maxsize=4096)
def _plan(kind: Descriptor, lack: _Lack) -> _Plan:
    closed = tuple(one for one in kind.fields if _permission(one, lack.right) in lack.missing)
    leading = (
        one
        for one in kind.fields
        if one.message_type and _permissions(one.message_type, lack.right) & lack.missing
    )
    return _Plan(closed, tuple(one for one in leading if one not in closed))


def _closed_in(message: Message, lack: _Lack, path: str = "") -> Iterator[_Found]:
    plan = _plan(_kind(message), lack)
    for field in plan.closed:
        if _is_set(message, field):
            yield _Found(message, field, path + field.name)
    for field in plan.leading:
        for place, part in _parts(message, field):
            yield from _closed_in(part, lack, f"{path}{field.name}{place}.")


def _parts(message: Message, field: FieldDescriptor) -> Iterable[tuple[str, Message]]:
    """Returns the messages that a field holds, each with what names it within the field."""
    held: Any = getattr(message, field.name)
    if _is_map(field):
        return ((f"[{key}]", held[key]) for key in held)
    if field.is_repeated:
        return ((f"[{index}]", one) for index, one in enumerate(held))
    return (("", held),) if message.HasField(field.name) else ()


def _is_set(message: Message, field: FieldDescriptor) -> bool:
    if field.has_presence:
        return message.HasField(field.name)
    return bool(getattr(message, field.name))


def _is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)


def _permission(field: FieldDescriptor, right: _Right) -> str:
    # The stubs of generated extensions know another type of descriptor, hence Any.
    options: Any = field.GetOptions()
    rule: options_pb2.FieldAccess = options.Extensions[options_pb2.field_access]
    return str(getattr(rule, right))


def _kind(message: Message | type[Message]) -> Descriptor:
    kind: Any = message.DESCRIPTOR  # the stubs name the class of each implementation
    described: Descriptor = kind
    return described
