"""Bounds the head of a request while it arrives, and the time in which what is sent must be taken:
uvicorn itself takes a head of any size, however slowly it comes, and waits for ever for a peer that
reads no more.
"""

import socket
from asyncio import BaseTransport, TimerHandle
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 64 * 1024
HEAD_SECONDS = 15.0
TAKEN_SECONDS = 60.0

_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\n"
    b"content-length: 0\r\nconnection: close\r\n\r\n"
)


class BoundedProtocol(HttpToolsProtocol):
    """Ends a connection whose request line and headers are too large or too slow, and one whose
    peer takes nothing of what is sent, also while it is being closed.
    """

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._head_bytes: int | None = 0
        self._late: TimerHandle | None = None

    def connection_made(self, transport: BaseTransport) -> None:
        """Waits for a head from the start."""
        super().connection_made(transport)  # type: ignore[arg-type] # a transport of TCP
        opened: socket.socket = transport.get_extra_info("socket")
        taken_ms = int(TAKEN_SECONDS * 1_000)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, taken_ms)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Waits no longer."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Reads on, unless the head has grown too large."""
        super().data_received(data)
        if self._head_bytes is None or self.transport.is_closing():
            return
        self._head_bytes += len(data)
        if self._head_bytes > MOST_HEAD_BYTES:
            self.transport.write(_TOO_LARGE)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Waits for the head of the next request."""
        super().on_message_begin()
        self._await_head()

    def on_headers_complete(self) -> None:
        """Has the head whole."""
        self._stop_waiting()
        super().on_headers_complete()

    def _await_head(self) -> None:
        """Begins to count what comes before the end of the headers."""
        self._head_bytes = 0
        if self._late is None:
            self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _stop_waiting(self) -> None:
        self._head_bytes = None
        if self._late is not None:
            self._late.cancel()
            self._late = None
