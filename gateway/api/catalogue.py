"""The public methods, read from the descriptors: what the gateway serves, and nothing besides."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from google.api import annotations_pb2, http_pb2
from google.protobuf.descriptor import Descriptor, FileDescriptor, MethodDescriptor
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from muster.gateway.v1 import account_service_pb2, board_service_pb2
from muster.presence.v1 import presence_service_pb2
from muster.roster.v1 import roster_service_pb2

from chassis.access import Visibility, access_of

FILES: tuple[FileDescriptor, ...] = (
    account_service_pb2.DESCRIPTOR,
    board_service_pb2.DESCRIPTOR,
    presence_service_pb2.DESCRIPTOR,
    roster_service_pb2.DESCRIPTOR,
)


class UnsupportedMethodError(ValueError):
    """A public method of a form that the gateway does not serve. It does not start with one."""


@dataclass(frozen=True, slots=True)
class Method:
    """One public method, with the messages it takes and returns and its REST form."""

    path: str
    owner: str
    input: Descriptor
    output: Descriptor
    rule: http_pb2.HttpRule

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


def service_names(files: Iterable[FileDescriptor] = FILES) -> tuple[str, ...]:
    """Returns the full names of the services that have public methods, for reflection."""
    return tuple(service.full_name for file in files for service in file.services_by_name.values())


def _method(descriptor: MethodDescriptor) -> Method | None:
    service = descriptor.containing_service
    path = f"/{service.full_name}/{descriptor.name}"
    if access_of(path).visibility is not Visibility.PUBLIC:
        return None
    if descriptor.client_streaming or descriptor.server_streaming:
        raise UnsupportedMethodError(f"{path} streams, and public methods are unary")
    options = descriptor.GetOptions()
    if not options.HasExtension(annotations_pb2.http):
        raise UnsupportedMethodError(f"{path} is public and carries no google.api.http")
    owner = service.full_name.split(".")[1]
    rule = options.Extensions[annotations_pb2.http]
    return Method(path, owner, descriptor.input_type, descriptor.output_type, rule)
