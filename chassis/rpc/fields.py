"""Applies the rules of fields to what a server takes and to what it answers."""

from collections.abc import AsyncIterator
from typing import Any

from google.protobuf.message import Message

from chassis.access import current_permissions
from chassis.fields import check_writable, readable


def writable(request: Any) -> Any:
    """Returns the request, or the stream of requests, in which the present caller sets nothing that
    she may not: it is refused. Bytes that are passed through are judged by whoever reads them.
    """
    if isinstance(request, Message):
        check_writable(request, current_permissions())
    elif isinstance(request, AsyncIterator):
        return _Checked(request)
    return request


def seen(answer: Any) -> Any:
    """Returns an answer as the present caller may read it; bytes are what their owner made them."""
    return readable(answer, current_permissions()) if isinstance(answer, Message) else answer


class _Checked:
    """A stream of requests, each checked when it is read."""

    def __init__(self, requests: AsyncIterator[Any]) -> None:
        self._requests = requests

    def __aiter__(self) -> "_Checked":
        return self

    async def __anext__(self) -> Any:
        return writable(await anext(self._requests))
