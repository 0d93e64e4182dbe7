"""A mail server of a few lines that keeps what it is sent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes
from email.message import Message


class MailBox:
    """Speaks as much SMTP as a client needs; may turn away what comes."""

    def __init__(self) -> None:
        self.port = 0
        self.messages: list[Message] = []
        self.recipients: list[str] = []
        self.turns_away = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                writer.write(b"221 bye\r\n")
                break
            if verb == b"RCPT":
                self.recipients.append(line.decode().split("<")[1].split(">")[0])
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                content = await reader.readuntil(b"\r\n.\r\n")
                self.messages.append(message_from_bytes(content[:-5]))
            refused = self.turns_away and verb == b"MAIL"
            writer.write(b"451 later\r\n" if refused else b"250 ok\r\n")
            await writer.drain()
        writer.close()


@asynccontextmanager
async def running_mail_box() -> AsyncIterator[MailBox]:
    box = MailBox()
    server = await asyncio.start_server(box.serve, "127.0.0.1", 0)
    box.port = server.sockets[0].getsockname()[1]
    async with server:
        yield box
