"""The contracts as outsiders need them: public methods, and what their messages are made of."""

from collections.abc import Callable, Iterable
from typing import Any

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorProto, ServiceDescriptorProto
from google.protobuf.descriptor_pool import DescriptorPool
from grpc_health.v1 import health_pb2
from grpc_reflection.v1alpha import reflection_pb2

from gateway.api.catalogue import FILES, Catalogue
from gateway.api.contracts import with_imports, with_nested

_BESIDE = (health_pb2.DESCRIPTOR, reflection_pb2.DESCRIPTOR)
_OURS = "muster."


def public_contracts(
    catalogue: Catalogue, files: Iterable[FileDescriptor] = FILES
) -> DescriptorPool:
    """Returns the files of contracts without internal methods, and without what those alone need;
    with the services beside ours that every server has.
    """
    pool, kept, needed = DescriptorPool(), set[str](), _needed_types(catalogue)
    for file in with_imports((*files, *_BESIDE)):
        public = _public_part(file, catalogue, needed)
        if public.message_type or public.enum_type or public.service or public.extension:
            _keep(public.dependency, kept.__contains__)
            pool.Add(public)
            kept.add(file.name)
    return pool


def _needed_types(catalogue: Catalogue) -> frozenset[str]:
    """Returns the names of all types within which lies what public methods take and return."""
    found = set[str]()
    ahead: list[Descriptor | EnumDescriptor] = []
    for method in catalogue.values():
        ahead += (method.input, method.output)
    while ahead:
        visited = _outermost(ahead.pop())
        if visited.full_name in found:
            continue
        found.add(visited.full_name)
        if isinstance(visited, Descriptor):
            fields = (field for one in with_nested([visited]) for field in one.fields)
            ahead += filter(None, (field.message_type or field.enum_type for field in fields))
    return frozenset(found)


def _outermost(type_: Descriptor | EnumDescriptor) -> Descriptor | EnumDescriptor:
    while type_.containing_type is not None:
        type_ = type_.containing_type
    return type_


def _public_part(
    file: FileDescriptor, catalogue: Catalogue, needed: frozenset[str]
) -> FileDescriptorProto:
    part = FileDescriptorProto()
    file.CopyToProto(part)
    # What others made is no secret, and without our options nobody reads the rest.
    if not file.package.startswith(_OURS) or file.extensions_by_name:
        return part
    _keep(part.message_type, lambda one: f"{file.package}.{one.name}" in needed)
    _keep(part.enum_type, lambda one: f"{file.package}.{one.name}" in needed)
    for service in part.service:
        _keep_public(service, f"/{file.package}.{service.name}", catalogue)
    _keep(part.service, lambda one: bool(one.method))
    return part


def _keep_public(service: ServiceDescriptorProto, path: str, catalogue: Catalogue) -> None:
    _keep(service.method, lambda one: f"{path}/{one.name}" in catalogue)


def _keep(items: Any, holds: Callable[[Any], bool]) -> None:
    """Leaves of a repeated field what the rule holds for."""
    for place in reversed(range(len(items))):
        if not holds(items[place]):
            del items[place]
