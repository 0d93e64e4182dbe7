"""The public methods, read from the descriptors: what the gateway serves, and nothing besides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from google.api import annotations_pb2, http_pb2
from google.protobuf.descriptor import Descriptor, FileDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from muster.dispatch.v1 import contact_service_pb2
from muster.floor.v1 import floor_service_pb2
from muster.gateway.v1 import (
    account_service_pb2,
    audit_service_pb2,
    board_service_pb2,
    operations_service_pb2,
    protection_service_pb2,
    role_service_pb2,
    service_account_service_pb2,
    source_service_pb2,
    wall_service_pb2,
)
from muster.presence.v1 import (
    policy_service_pb2,
    presence_service_pb2,
    record_service_pb2,
    timeline_service_pb2,
)
from muster.presence.v1 import source_service_pb2 as presence_source_service_pb2
from muster.roster.v1 import roster_service_pb2, shift_service_pb2

from chassis.access import Visibility, access_of

FILES: tuple[FileDescriptor, ...] = (
    account_service_pb2.DESCRIPTOR,
    audit_service_pb2.DESCRIPTOR,
    board_service_pb2.DESCRIPTOR,
    operations_service_pb2.DESCRIPTOR,
    protection_service_pb2.DESCRIPTOR,
    role_service_pb2.DESCRIPTOR,
    service_account_service_pb2.DESCRIPTOR,
    source_service_pb2.DESCRIPTOR,
    wall_service_pb2.DESCRIPTOR,
    floor_service_pb2.DESCRIPTOR,
    contact_service_pb2.DESCRIPTOR,
    presence_service_pb2.DESCRIPTOR,
    timeline_service_pb2.DESCRIPTOR,
    policy_service_pb2.DESCRIPTOR,
    record_service_pb2.DESCRIPTOR,
    presence_source_service_pb2.DESCRIPTOR,
    roster_service_pb2.DESCRIPTOR,
    shift_service_pb2.DESCRIPTOR,
)


class UnsupportedMethodError(ValueError):
    """A public method of a form that the gateway does not serve. It does not start with one."""


class Kind(StrEnum):
    """How many messages go which way, by the names that gRPC has for it."""

    UNARY = "unary_unary"
    SERVER_STREAM = "unary_stream"
    BOTH_STREAM = "stream_stream"


@dataclass(frozen=True, slots=True)
class Method:
    """One public method, with the messages it takes and returns and its REST form, which a stream
    has none of.
    """

    path: str
    owner: str
    kind: Kind
    input: Descriptor
    output: Descriptor
    rule: http_pb2.HttpRule | None

    def request(self) -> Message:
        """Returns an empty request."""
        return GetMessageClass(self.input)()

    def response(self, content: bytes) -> Message:
        """Reads an answer."""
        return GetMessageClass(self.output).FromString(content)


Catalogue = Mapping[str, Method]
"""The public methods by path, `/muster.presence.v1.PresenceService/ReportStates`."""


def read_catalogue(files: Iterable[FileDescriptor] = FILES) -> Catalogue:
    """Returns the public methods of the services of the files."""
    methods = (
        _method(descriptor)
        for file in files
        for service in file.services_by_name.values()
        for descriptor in service.methods
    )
    return MappingProxyType({method.path: method for method in methods if method is not None})


def service_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Returns the full names of the services that have public methods."""
    return tuple(sorted({path.split("/")[1] for path in catalogue}))


def _method(descriptor: MethodDescriptor) -> Method | None:
    service = descriptor.containing_service
    path = f"/{service.full_name}/{descriptor.name}"
    if access_of(path).visibility is not Visibility.PUBLIC:
        return None
    owner = service.full_name.split(".")[1]
    kind = _kind(descriptor, path)
    rule = _rule(descriptor, path, kind)
    return Method(path, owner, kind, descriptor.input_type, descriptor.output_type, rule)


def _kind(descriptor: MethodDescriptor, path: str) -> Kind:
    if not descriptor.client_streaming:
        return Kind.SERVER_STREAM if descriptor.server_streaming else Kind.UNARY
    if not descriptor.server_streaming:
        raise UnsupportedMethodError(f"{path} takes a stream and answers with one message")
    return Kind.BOTH_STREAM


def _rule(descriptor: MethodDescriptor, path: str, kind: Kind) -> http_pb2.HttpRule | None:
    """Returns the REST form, which every unary method has and no stream."""
    options = descriptor.GetOptions()
    has_rule = options.HasExtension(annotations_pb2.http)
    if kind is Kind.UNARY and not has_rule:
        raise UnsupportedMethodError(f"{path} is public and carries no google.api.http")
    if kind is not Kind.UNARY and has_rule:
        raise UnsupportedMethodError(f"{path} streams, and streams have no REST form")
    return options.Extensions[annotations_pb2.http] if has_rule else None
