"""Messages and enums of the protos by their full names, with their comments."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from google.protobuf.descriptor_pb2 import (
    DescriptorProto,
    EnumDescriptorProto,
    FieldDescriptorProto,
    FileDescriptorProto,
)
from muster.options.v1 import options_pb2

from tools.gen.contracts import comments_of

# Field numbers in descriptor.proto, as they appear in the paths of source locations.
_MESSAGE, _ENUM = 4, 5
_NESTED, _NESTED_ENUM, _FIELD, _VALUE = 3, 4, 2, 2

Comments = Mapping[tuple[int, ...], str]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `type_name` is the full name of its message or enum, empty for a plain type."""

    name: str
    json_name: str
    comment: str
    type: int
    type_name: str
    is_repeated: bool
    read_permission: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message; that of a map's entry is one as well."""

    name: str
    comment: str
    fields: tuple[Field, ...]
    is_map_entry: bool

    def field(self, name: str) -> Field:
        """The field of that name in the proto."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Enum:
    """One enum with the comment of each value."""

    name: str
    comment: str
    values: tuple[tuple[str, str], ...]


Types = Mapping[str, Message | Enum]


def list_types(files: Iterable[FileDescriptorProto]) -> Types:
    """Every message and enum of the files, nested ones as well."""
    return {found.name: found for file in files for found in _of_file(file)}


def _of_file(file: FileDescriptorProto) -> Iterator[Message | Enum]:
    comments = comments_of(file)
    for place, message in enumerate(file.message_type):
        yield from _of_message(message, file.package, (_MESSAGE, place), comments)
    for place, enum in enumerate(file.enum_type):
        yield _enum(enum, file.package, (_ENUM, place), comments)


def _of_message(
    message: DescriptorProto, scope: str, path: tuple[int, ...], comments: Comments
) -> Iterator[Message | Enum]:
    name = f"{scope}.{message.name}"
    fields = tuple(
        _field(field, comments.get((*path, _FIELD, place), ""))
        for place, field in enumerate(message.field)
    )
    yield Message(name, comments.get(path, ""), fields, message.options.map_entry)
    for place, nested in enumerate(message.nested_type):
        yield from _of_message(nested, name, (*path, _NESTED, place), comments)
    for place, enum in enumerate(message.enum_type):
        yield _enum(enum, name, (*path, _NESTED_ENUM, place), comments)


def _field(field: FieldDescriptorProto, comment: str) -> Field:
    # The stubs of extensions are looser than those of messages.
    access: options_pb2.FieldAccess = field.options.Extensions[options_pb2.field_access]  # type: ignore[index]
    return Field(
        field.name,
        field.json_name,
        comment,
        field.type,
        field.type_name.removeprefix("."),
        field.label == FieldDescriptorProto.LABEL_REPEATED,
        access.read_permission,
    )


def _enum(enum: EnumDescriptorProto, scope: str, path: tuple[int, ...], comments: Comments) -> Enum:
    values = tuple(
        (value.name, comments.get((*path, _VALUE, place), ""))
        for place, value in enumerate(enum.value)
    )
    return Enum(f"{scope}.{enum.name}", comments.get(path, ""), values)
