"""`muster login`, against a gateway in memory."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import grpc.aio
import platformdirs
import pytest
from muster.gateway.v1 import account_service_pb2, account_service_pb2_grpc
from typer.testing import CliRunner

from cli import login
from cli.errors import CommandError


class Accounts(account_service_pb2_grpc.AccountServiceServicer):
    """Knows one password."""

    async def CreateSession(self, request: Any, context: Any) -> Any:  # noqa: N802 - as on the wire
        if request.password != "right":
            await context.abort(grpc.StatusCode.UNAUTHENTICATED, "wrong account or password")
        return account_service_pb2.Session(token=f"mst_{request.account}")


@pytest.fixture
async def gateway() -> AsyncIterator[str]:
    server = grpc.aio.server()
    account_service_pb2_grpc.add_AccountServiceServicer_to_server(Accounts(), server)
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    yield f"127.0.0.1:{port}"
    await server.stop(None)


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_config_path", lambda _: tmp_path)
    return tmp_path


async def sign_in(gateway: str, password: str) -> Any:
    words = ["--account", "ana", "--gateway", gateway]
    return await asyncio.to_thread(CliRunner().invoke, login.app, words, input=f"{password}\n")


async def test_a_session_is_stored_and_the_password_is_not(gateway: str, config: Path) -> None:
    shown = await sign_in(gateway, "right")

    stored = (config / "sessions.json").read_text()
    assert json.loads(stored)[gateway]["token"] == "mst_ana"
    assert "right" not in stored + shown.output


async def test_a_password_never_goes_through_a_proxy_of_the_environment(
    gateway: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "no_grpc_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("grpc_proxy", "https_proxy", "http_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    shown = await sign_in(gateway, "right")

    assert shown.exit_code == 0, shown.exception


async def test_a_wrong_password_is_told_in_the_gateways_words(gateway: str) -> None:
    ended = await sign_in(gateway, "wrong")

    assert isinstance(ended.exception, CommandError)
    assert ended.exception.message == (f"cannot sign in at {gateway}: wrong account or password")


@pytest.mark.parametrize("address", ["muster.example", "10.0.0.7:8081"])
def test_a_wrong_address_is_told_before_the_password_is_asked_for(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(login, "_read_password", asked.append)

    ended = CliRunner().invoke(login.app, ["--gateway", address])

    assert isinstance(ended.exception, CommandError)
    assert address in ended.exception.message
    assert asked == []
