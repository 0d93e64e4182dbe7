"""A small Asterisk: its manager interface, with what a test makes it say."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

Event = Mapping[str, str]
USER, SECRET = "muster", "s3cret"
_CHALLENGE = "840415273"


class Asterisk:
    """Listens on a port of its own; `members` and `channels` are what it answers when asked."""

    def __init__(self) -> None:
        self.members: list[Event] = []
        self.channels: list[Event] = []
        self.port = 0
        self._writers: set[asyncio.StreamWriter] = set()

    async def say(self, name: str, **fields: str) -> None:
        """Sends an event to whoever has signed in."""
        for writer in self._writers:
            await _write(writer, {"Event": name} | fields)

    def hang_up(self) -> None:
        """Drops all connections, as a restart does."""
        for writer in self._writers:
            writer.close()
        self._writers.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speaks with one client."""
        writer.write(b"Asterisk Call Manager/7.0.3\r\n")
        while action := await _read(reader):
            await self._answer(action, writer)
        writer.close()

    async def _answer(self, action: Event, writer: asyncio.StreamWriter) -> None:
        match action["Action"]:
            case "Challenge":
                await _write(writer, {"Response": "Success", "Challenge": _CHALLENGE})
            case "Login" if action["Key"] == _key(SECRET) and action["Username"] == USER:
                await _write(writer, {"Response": "Success", "Message": "Authentication accepted"})
                self._writers.add(writer)
            case "Login":
                await _write(writer, {"Response": "Error", "Message": "Authentication failed"})
            case "QueueStatus":
                await _list(writer, "QueueMember", self.members, "QueueStatusComplete")
            case "CoreShowChannels":
                await _list(writer, "CoreShowChannel", self.channels, "CoreShowChannelsComplete")
            case "Ping":
                await _write(writer, {"Response": "Success", "Ping": "Pong"})


@asynccontextmanager
async def an_asterisk() -> AsyncIterator[Asterisk]:
    """Serves an Asterisk while the context lasts."""
    asterisk = Asterisk()
    server = await asyncio.start_server(asterisk.serve, "127.0.0.1", 0)
    asterisk.port = server.sockets[0].getsockname()[1]
    yield asterisk
    asterisk.hang_up()
    server.close()


def _key(secret: str) -> str:
    return hashlib.md5((_CHALLENGE + secret).encode()).hexdigest()


async def _list(writer: asyncio.StreamWriter, name: str, of: Sequence[Event], end: str) -> None:
    await _write(writer, {"Response": "Success", "EventList": "start"})
    for fields in of:
        await _write(writer, {"Event": name} | dict(fields))
    await _write(writer, {"Event": end, "EventList": "Complete"})


async def _write(writer: asyncio.StreamWriter, block: Event) -> None:
    lines = "".join(f"{key}: {value}\r\n" for key, value in block.items())
    writer.write(f"{lines}\r\n".encode())
    await writer.drain()


async def _read(reader: asyncio.StreamReader) -> Event:
    block: dict[str, str] = {}
    while (line := (await reader.readline()).decode().strip()) or not block:
        if not line and reader.at_eof():
            return {}
        key, _, value = line.partition(": ")
        block[key] = value
    return block
