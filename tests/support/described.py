"""Services that exist in tests alone, described as if a proto file held them."""

from typing import Any

from google.api import annotations_pb2
from google.protobuf import descriptor_pb2, descriptor_pool, wrappers_pb2
from google.protobuf.descriptor import FileDescriptor
from muster.options.v1 import options_pb2


def described(
    service: str, *, permission: str, rest: str = "", **methods: tuple[bool, bool]
) -> FileDescriptor:
    """The file of a service with public methods on strings, known to the pool from then on. Each
    method is given with whether it takes a stream and whether it answers with one; all of them have
    the same REST form, if any.
    """
    package, _, name = service.rpartition(".")
    file = descriptor_pb2.FileDescriptorProto(
        name=f"{service}.proto",
        package=package,
        syntax="proto3",
        dependency=[wrappers_pb2.DESCRIPTOR.name, options_pb2.DESCRIPTOR.name],
    )
    described_service = file.service.add(name=name)
    for method, (takes_stream, answers_with_stream) in methods.items():
        described_method = described_service.method.add(
            name=method,
            input_type=".google.protobuf.StringValue",
            output_type=".google.protobuf.StringValue",
            client_streaming=takes_stream,
            server_streaming=answers_with_stream,
        )
        _set_options(described_method, permission, rest)
    pool = descriptor_pool.Default()
    pool.AddSerializedFile(file.SerializeToString())
    return pool.FindFileByName(file.name)


def _set_options(method: descriptor_pb2.MethodDescriptorProto, permission: str, rest: str) -> None:
    options: Any = method.options  # the stubs of extensions know another type of options
    access = options.Extensions[options_pb2.access]
    access.visibility = options_pb2.VISIBILITY_PUBLIC
    access.permission = permission
    if rest:
        options.Extensions[annotations_pb2.http].get = rest
