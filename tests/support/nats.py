"""A NATS server for tests."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nats

from chassis.embedded import free_port, nats_command, nats_url, prepare_nats, run_as_account
from tests.support.servers import ServerProcess, server_folder

_PASSWORD = "test"
_START_SECONDS = 30


class NatsServer:
    """A running NATS with JetStream; stopped and started again it has the same port and store."""

    def __init__(self, folder: Path) -> None:
        self._store = folder / "nats"
        self._log = folder / "nats.log"
        self._port = free_port()
        prepare_nats(self._store, _PASSWORD, run_as=run_as_account())
        self.start()

    @property
    def url(self) -> str:
        return nats_url(self._port, _PASSWORD)

    def start(self) -> None:
        self._process = ServerProcess(nats_command(self._store, self._port), self._log)
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            self._process.ensure_running()
            if time.monotonic() > deadline:
                raise AssertionError(f"NATS does not start:\n{self._log.read_text()}")
            time.sleep(0.01)

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        self._process.kill()

    async def clear(self) -> None:
        """Deletes every stream, so that a test begins with an empty server."""
        connection = await nats.connect(self.url)
        try:
            jetstream = connection.jetstream()
            for stream in await jetstream.streams_info():
                await jetstream.delete_stream(str(stream.config.name))
        finally:
            await connection.close()

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=1) as connection:
                # The greeting is sent once the server, JetStream included, is ready.
                return connection.recv(4) == b"INFO"
        except OSError:
            return False


@contextmanager
def running_nats() -> Iterator[NatsServer]:
    """A server of one's own, for a test that stops or kills it."""
    with server_folder() as folder:
        server = NatsServer(folder)
        try:
            yield server
        finally:
            server.stop()
