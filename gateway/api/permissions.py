"""The permissions that there are, read from the descriptors: what they open is what needs them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.descriptor import Descriptor, FileDescriptor
from muster.options.v1 import options_pb2

from chassis.access import Visibility, access_of
from chassis.rpc.access import REFLECTION_PERMISSION
from gateway.api.catalogue import FILES
from gateway.api.contracts import with_imports, with_nested

_REFLECTION = "grpc.reflection.v1.ServerReflection/ServerReflectionInfo"


@dataclass(slots=True)
class Opened:
    """What a permission opens: methods, and fields to read and to set."""

    methods: set[str] = field(default_factory=set)
    read_fields: set[str] = field(default_factory=set)
    write_fields: set[str] = field(default_factory=set)


def list_permissions(files: Iterable[FileDescriptor] = FILES) -> dict[str, Opened]:
    """Returns the permissions that public methods and fields need, by name, with what they open."""
    opened: defaultdict[str, Opened] = defaultdict(Opened)
    for file in with_imports(files):
        _add_methods(file, opened)
        for message in with_nested(file.message_types_by_name.values()):
            _add_fields(message, opened)
    opened[REFLECTION_PERMISSION].methods.add(_REFLECTION)
    return dict(sorted(opened.items()))


def _add_methods(file: FileDescriptor, opened: defaultdict[str, Opened]) -> None:
    for service in file.services_by_name.values():
        if not service.full_name.startswith("muster."):
            continue
        for method in service.methods:
            rule = access_of(f"/{service.full_name}/{method.name}")
            if rule.visibility is Visibility.PUBLIC and rule.permission:
                opened[rule.permission].methods.add(f"{service.full_name}/{method.name}")


def _add_fields(message: Descriptor, opened: defaultdict[str, Opened]) -> None:
    for one in message.fields:
        # The stubs of generated extensions know another type of descriptor, hence Any.
        options: Any = one.GetOptions()
        rule: options_pb2.FieldAccess = options.Extensions[options_pb2.field_access]
        if rule.read_permission:
            opened[rule.read_permission].read_fields.add(one.full_name)
        if rule.write_permission:
            opened[rule.write_permission].write_fields.add(one.full_name)
