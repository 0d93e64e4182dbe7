"""What the reference pages need of the protos: services, methods, reasons, and their comments."""

import re
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from google.api import annotations_pb2, http_pb2
from google.protobuf.descriptor_pb2 import (
    FileDescriptorProto,
    FileDescriptorSet,
    MethodDescriptorProto,
)
from muster.options.v1 import options_pb2

from tools.gen.stubs import proto_files, run_protoc

# Field numbers in descriptor.proto, as they appear in the paths of source locations.
SERVICE, METHOD, _ENUM, _VALUE = 6, 2, 5, 2


@dataclass(frozen=True, slots=True)
class Method:
    """One RPC, with what its options say about it."""

    name: str
    comment: str
    request: str
    response: str
    http: str
    visibility: str
    permission: str


@dataclass(frozen=True, slots=True)
class Service:
    """One service with its methods in the order of the file."""

    name: str
    comment: str
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One value of an error enum. `codes` are the gRPC status codes that its comment names."""

    owner: str
    name: str
    comment: str
    codes: tuple[str, ...]


def load_files() -> list[FileDescriptorProto]:
    """Compiles every proto, with comments kept."""
    return [file for file in load_files_and_imports() if file.name.startswith("muster/")]


@lru_cache(maxsize=1)
def load_files_and_imports() -> list[FileDescriptorProto]:
    """Compiles every proto and what they import, with comments kept."""
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "image.binpb"
        kept = ["--include_source_info", "--include_imports"]
        run_protoc([*kept, f"--descriptor_set_out={image}"], proto_files())
        return list(FileDescriptorSet.FromString(image.read_bytes()).file)


def list_services(files: list[FileDescriptorProto]) -> list[Service]:
    """Every service of the files, in their order."""
    services = []
    for file in files:
        comments = comments_of(file)
        for place, service in enumerate(file.service):
            methods = tuple(
                _method(method, comments.get((SERVICE, place, METHOD, number), ""))
                for number, method in enumerate(service.method)
            )
            name = f"{file.package}.{service.name}"
            services.append(Service(name, comments.get((SERVICE, place), ""), methods))
    return services


def list_reasons(files: list[FileDescriptorProto]) -> list[Reason]:
    """Every reason of every owner, without the zero values."""
    return [
        Reason(file.package.split(".")[1], value.name, comment, _codes_in(comment))
        for file in files
        for place, enum in enumerate(file.enum_type)
        if enum.name == "ErrorReason"
        for number, value in enumerate(enum.value)
        if value.number
        for comment in [comments_of(file).get((_ENUM, place, _VALUE, number), "")]
    ]


def _method(method: MethodDescriptorProto, comment: str) -> Method:
    # The stubs of extensions are looser than those of messages.
    extensions: Any = method.options.Extensions
    access: options_pb2.Access = extensions[options_pb2.access]
    return Method(
        name=method.name,
        comment=comment,
        request=_short(method.input_type),
        response=("stream of " if method.server_streaming else "") + _short(method.output_type),
        http=_http(extensions[annotations_pb2.http]),
        visibility=options_pb2.Visibility.Name(access.visibility).removeprefix("VISIBILITY_"),
        permission="anybody" if access.anonymous else access.permission,
    )


def _http(rule: http_pb2.HttpRule) -> str:
    verb = rule.WhichOneof("pattern")
    return f"{verb.upper()} {getattr(rule, verb)}" if verb else ""


def comments_of(file: FileDescriptorProto) -> dict[tuple[int, ...], str]:
    """The comment of each element by its path in the file."""
    return {
        tuple(location.path): " ".join(location.leading_comments.split())
        for location in file.source_code_info.location
    }


def _codes_in(comment: str) -> tuple[str, ...]:
    bracket = re.search(r"\(([^)]*)\)", comment)
    return tuple(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", bracket.group(1))) if bracket else ()


def _short(type_name: str) -> str:
    return type_name.rsplit(".", 1)[-1]
