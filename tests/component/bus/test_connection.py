"""The connection to NATS."""

import asyncio

import pytest

from chassis.bus import Bus, connection
from chassis.telemetry import silent_telemetry


async def test_an_attempt_that_nobody_answers_keeps_no_connection(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "_CONNECT_SECONDS", 0.2)
    ended = asyncio.Event()

    async def take_and_be_silent(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.read()
        ended.set()
        writer.close()

    server = await asyncio.start_server(take_and_be_silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]

    with pytest.raises(TimeoutError):
        await Bus.connect(f"nats://127.0.0.1:{port}", name="test", telemetry=silent_telemetry())

    await asyncio.wait_for(ended.wait(), 30)
    server.close()
