"""The manager interface (AMI) of Asterisk on the wire: blocks of `Key: value` lines."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

_GREATEST_LINE = 64 * 1024
_MOST_LINES = 1_000
_ANSWER_SECONDS = 10.0
# Asterisk is asked for a sign of life after so long without any event.
SILENCE_SECONDS = 10.0


class AmiError(Exception):
    """Tells why there is no connection to Asterisk, or no longer one."""


@dataclass(frozen=True, slots=True)
class Login:
    """Where Asterisk listens and who signs in."""

    host: str
    port: int
    user: str
    secret: str


class AmiConnection:
    """One connection that has signed in. Raises AmiError from any method when it is lost."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, login: Login) -> Self:
        """Connects and signs in; the secret itself never crosses the wire."""
        try:
            async with asyncio.timeout(_ANSWER_SECONDS):
                reader, writer = await asyncio.open_connection(
                    login.host, login.port, limit=_GREATEST_LINE
                )
                connection = cls(reader, writer)
                try:
                    await connection._sign_in(login)
                except BaseException:
                    writer.close()
                    raise
                return connection
        except (OSError, TimeoutError) as error:
            raise AmiError(f"Asterisk at {login.host}:{login.port} does not answer") from error

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writer.close()

    async def ask(self, action: str) -> None:
        """Sends an action whose answer comes among the events."""
        await self._send(Action=action)

    async def events(self) -> AsyncIterator[Mapping[str, str]]:
        """Yields events and answers as they come; an empty one for each sign of life.

        A connection on which Asterisk does not answer a ping is lost.
        """
        silent = False
        block = asyncio.create_task(self._read_block())
        try:
            while True:
                done, _ = await asyncio.wait({block}, timeout=SILENCE_SECONDS)
                if done:
                    silent = False
                    yield block.result() if "Event" in block.result() else {}
                    block = asyncio.create_task(self._read_block())
                elif silent:
                    raise AmiError("Asterisk fell silent")
                else:
                    silent = True
                    await self._send(Action="Ping")
        finally:
            block.cancel()

    async def _sign_in(self, login: Login) -> None:
        await self._reader.readline()
        await self._send(Action="Challenge", AuthType="MD5")
        challenge = (await self._answer()).get("Challenge", "")
        # What the protocol asks for, and better than the bare secret on the wire.
        key = hashlib.md5((challenge + login.secret).encode(), usedforsecurity=False).hexdigest()
        await self._send(Action="Login", AuthType="MD5", Username=login.user, Key=key)
        answer = await self._answer()
        if answer.get("Response") != "Success":
            raise AmiError(f"Asterisk refuses {login.user}: {answer.get('Message', 'no reason')}")

    async def _answer(self) -> Mapping[str, str]:
        while "Response" not in (block := await self._read_block()):
            pass
        return block

    async def _send(self, **lines: str) -> None:
        block = "".join(f"{key}: {value}\r\n" for key, value in lines.items())
        try:
            self._writer.write(f"{block}\r\n".encode())
            await self._writer.drain()
        except OSError as error:
            raise AmiError("the connection to Asterisk is lost") from error

    async def _read_block(self) -> Mapping[str, str]:
        block: dict[str, str] = {}
        for _ in range(_MOST_LINES):
            try:
                line = await self._reader.readline()
            except (OSError, ValueError) as error:
                raise AmiError("the connection to Asterisk is lost") from error
            if not line.endswith(b"\n"):
                raise AmiError("Asterisk closed the connection")
            text = line.decode("utf-8", "replace").strip()
            if not text and block:
                return block
            key, colon, value = text.partition(":")
            if colon:
                block[key] = value.strip()
        raise AmiError("Asterisk sent a message without an end")
