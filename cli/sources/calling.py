"""Calls of SourceService."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from muster.gateway.v1.source_service_pb2_grpc import SourceServiceStub

from cli.calling import call_gateway

_Answer = TypeVar("_Answer")


def call_sources(gateway: str, call: Callable[[SourceServiceStub], Awaitable[_Answer]]) -> _Answer:
    """Makes calls with the stored session and returns what they answer."""
    return call_gateway(gateway, SourceServiceStub, call)
