"""`muster import` as a person types it, against a gateway in memory."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import grpc.aio
import pytest
from muster.dispatch.v1.contact_service_pb2_grpc import add_ContactServiceServicer_to_server
from muster.presence.v1.presence_service_pb2_grpc import add_PresenceServiceServicer_to_server
from muster.roster.v1.roster_service_pb2_grpc import add_RosterServiceServicer_to_server
from typer.testing import CliRunner

from cli.errors import CommandError
from cli.importing.commands import app
from tests.component.importing.gateway import FakeGateway

MAPPING = """
source = "import-harbour"
time_zone = "Asia/Jerusalem"
site = { id = "harbour", display_name = "Harbour" }
team = { id = "quay", display_name = "Quay" }
agent = { id = "h-{agent}", display_name = "Agent {agent}", missing = ["NOBODY"] }
columns = { date = "day", start = "from", end = "to", agent = "who", contact = ["call"] }
served = { column = "outcome", values = ["TALKED"] }
calls = { between_calls = "ONLINE", session_gap = "15m" }
"""

CALLS = """\
day,from,to,who,call,outcome
1999-08-02,9:00:00,9:05:00,A1,1,TALKED
1999-08-02,9:10:00,9:12:00,A1,2,TALKED
1999-08-02,9:00:00,9:00:30,NOBODY,3,TALKED
1999-08-02,23:58:00,0:01:00,A2,1,TALKED
1999-08-02,9:00:00,9:01:00,A3,4,HUNG_UP
"""


@dataclass
class Answer:
    """What the command said."""

    exit_code: int
    output: str
    refusal: str

    @property
    def json(self) -> Any:
        return json.loads(self.output)


Muster = Callable[..., Awaitable[Answer]]


@pytest.fixture
async def gateway_address(gateway: FakeGateway) -> AsyncIterator[str]:
    server = grpc.aio.server()
    add_RosterServiceServicer_to_server(gateway, server)
    add_PresenceServiceServicer_to_server(gateway, server)
    add_ContactServiceServicer_to_server(gateway, server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"127.0.0.1:{port}"
    await server.stop(None)


@pytest.fixture
def gateway() -> FakeGateway:
    return FakeGateway()


@pytest.fixture
def muster_import(gateway_address: str) -> Muster:
    """Runs `muster import` with the given words."""
    environment = {"MUSTER_GATEWAY": gateway_address, "MUSTER_TOKEN": "mst_test"}

    async def run(*words: str | Path) -> Answer:
        arguments = [str(word) for word in words]
        result = await asyncio.to_thread(CliRunner().invoke, app, arguments, env=environment)
        if result.exception is not None and not isinstance(
            result.exception, CommandError | SystemExit
        ):
            raise result.exception
        refusal = result.exception.message if isinstance(result.exception, CommandError) else ""
        return Answer(result.exit_code, result.stdout, refusal)

    return run


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a mapping and a file of calls."""
    (tmp_path / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "calls.csv").write_text(CALLS, encoding="utf-8")
    return tmp_path
