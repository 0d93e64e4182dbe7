"""The REST form of methods that exist in tests alone, with whom it is asked of and what arrived."""

import sysconfig
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import grpc_tools  # type: ignore[import-untyped]  # ships no types
import httpx
from google.protobuf import (
    descriptor_pool,
    duration_pb2,
    empty_pb2,
    field_mask_pb2,
    struct_pb2,
    timestamp_pb2,
    wrappers_pb2,
)
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.descriptor_pb2 import FileDescriptorSet
from google.protobuf.message import Message
from google.protobuf.message_factory import GetMessageClass
from grpc_tools import protoc
from muster.options.v1 import options_pb2
from starlette.types import Receive, Scope, Send

from chassis.clock import ManualClock
from chassis.rpc.call import Call, Proceed
from gateway.api.catalogue import Method, read_catalogue
from gateway.http.app import build_app
from gateway.http.layered import Layered
from gateway.http.routes import Routes
from gateway.http.transcoder import Transcoder
from tests.unit.gateway.fakes import MORNING

_HERE = Path(__file__).parent
# What the proto imports must be known before it.
_IMPORTED = (
    options_pb2,
    duration_pb2,
    empty_pb2,
    field_mask_pb2,
    struct_pb2,
    timestamp_pb2,
    wrappers_pb2,
)


def _file() -> FileDescriptor:
    with tempfile.TemporaryDirectory() as folder:
        image = Path(folder) / "rules.binpb"
        includes = (_HERE, "protos", sysconfig.get_path("purelib"))
        well_known = Path(grpc_tools.__file__).parent / "_proto"
        paths = [f"-I{place}" for place in (*includes, well_known)]
        assert protoc.main(["protoc", *paths, f"--descriptor_set_out={image}", "rules.proto"]) == 0
        (file,) = FileDescriptorSet.FromString(image.read_bytes()).file
    pool = descriptor_pool.Default()
    pool.AddSerializedFile(file.SerializeToString())
    return pool.FindFileByName(file.name)


FILE = _file()
CATALOGUE = read_catalogue([FILE])


def message_class(name: str) -> Any:
    """The class of a message of rules.proto."""
    return GetMessageClass(FILE.message_types_by_name[name])


Everything: Any = message_class("Everything")


@dataclass
class Backend:
    """Answers every method, and notes what it was asked."""

    asked: list[tuple[str, Message]] = field(default_factory=list)
    answer: Message | None = None

    async def invoke(self, method: Method, content: bytes) -> bytes:
        request = method.request()
        request.ParseFromString(content)
        self.asked.append((method.path.rpartition("/")[2], request))
        return self.answer.SerializeToString() if self.answer is not None else b""

    @property
    def last(self) -> tuple[str, Message]:
        """The method that was asked last, and its request."""
        return self.asked[-1]


async def _pass(_call: Call, proceed: Proceed) -> Any:
    return await proceed()


async def _nobody(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("nobody asked for this")


@asynccontextmanager
async def calling(backend: Backend) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole HTTP application over these methods; whoever calls may."""
    invoker: Any = backend
    api = Transcoder(Routes(CATALOGUE), invoker, Layered([_pass]), ManualClock(MORNING))
    app = build_app(api=api, push=_nobody, source_events=_nobody, web=_nobody)
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://gateway",
        headers={"authorization": "Bearer x", "accept-encoding": "identity"},
    ) as client:
        yield client
