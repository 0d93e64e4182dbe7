"""Public streams through the gateway, over real gRPC servers."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import grpc
import pytest
from google.protobuf.descriptor import FileDescriptor
from google.protobuf.wrappers_pb2 import StringValue

from chassis.access import Authenticator, forwarded_token, trust_authenticator
from chassis.clock import SystemClock
from chassis.health import Health
from chassis.identity import PROCESS_GRANTS, Signer, Trust, create_keys
from chassis.rpc.channel import open_channel, refusal_from
from chassis.rpc.server import RpcServer
from chassis.telemetry import silent_telemetry
from gateway.api.callers import Callers
from gateway.api.catalogue import read_catalogue
from gateway.api.invoke import Invoker
from gateway.app.identities import Identities
from gateway.app.sessions import Sessions, hash_token
from gateway.domain.accounts import Account
from gateway.domain.sessions import Place, Session
from gateway.rpc.guard import MOST_STREAMS, StreamGuard
from gateway.rpc.pass_through import PassThrough
from tests.component.gateway.script import SERVICE, Script
from tests.support.described import described
from tests.support.through import let_through
from tests.unit.gateway.fakes import FakeAccounts, FakeOrganisation, PlainPasswords, whole_scope

PERMISSION = "board.read"
ANA = Account("ana", "Ana", frozenset({PERMISSION}), None)


@dataclass
class Front:
    """A gateway that is no more than its streams, with the service behind it."""

    script: Script
    accounts: FakeAccounts
    sessions: Sessions
    guard: StreamGuard
    channel: grpc.aio.Channel
    token: str

    def watch(self, said: str, **options: Any) -> Any:
        call = self.channel.unary_stream(
            f"/{SERVICE}/Watch",
            request_serializer=StringValue.SerializeToString,
            response_deserializer=StringValue.FromString,
        )
        return call(StringValue(value=said), **options)

    def talk(self) -> Any:
        call = self.channel.stream_stream(
            f"/{SERVICE}/Talk",
            request_serializer=StringValue.SerializeToString,
            response_deserializer=StringValue.FromString,
        )
        return call()


@pytest.fixture(scope="session")
def service() -> FileDescriptor:
    return described(SERVICE, permission=PERMISSION, Watch=(False, True), Talk=(True, True))


@pytest.fixture
async def front(tmp_path: Path, service: FileDescriptor) -> AsyncIterator[Front]:
    create_keys(tmp_path, PROCESS_GRANTS)
    clock, numbers = SystemClock(), count()
    trust = Trust.load(tmp_path / "trust.json")
    accounts, script = FakeAccounts(ANA), Script()
    sessions = Sessions(accounts, PlainPasswords(), clock, lambda: f"token{next(numbers)}")
    signer = Signer.load(tmp_path / "gateway.key", "gateway")
    callers = Callers(sessions, Identities(FakeOrganisation(), whole_scope), signer, trust, clock)
    guard = StreamGuard(callers.authenticate, sessions.revocations, timedelta(milliseconds=100))
    async with AsyncExitStack() as stack:
        behind = _server("script", trust_authenticator(trust, clock))
        behind.add(script.register, script)
        await _start(behind, stack)
        to_script = open_channel(
            _target(behind), token=forwarded_token, telemetry=silent_telemetry()
        )
        await stack.enter_async_context(to_script)
        outside = _server("gateway", callers.authenticate)
        invoker = Invoker({}, {"script": to_script}, let_through)
        passing = PassThrough(read_catalogue([service]), invoker, guard)
        outside.add_generic(passing, [SERVICE])
        await _start(outside, stack)
        token = (await sessions.open("ana", "ana-secret", Place())).token
        channel = open_channel(_target(outside), token=lambda: token, telemetry=silent_telemetry())
        await stack.enter_async_context(channel)
        yield Front(script, accounts, sessions, guard, channel, token)


async def test_a_stream_arrives_message_by_message_with_what_is_said_around_it(
    front: Front,
) -> None:
    call = front.watch("one two three")

    assert [message.value async for message in call] == ["one", "two", "three"]
    assert dict(await call.trailing_metadata())["x-served-by"] == "script"
    assert front.script.callers == ["accounts/ana"]


async def test_both_sides_talk_in_turn(front: Front) -> None:
    call = front.talk()

    for word in ("one", "two"):
        await call.write(StringValue(value=word))
        assert (await call.read()).value == f"heard {word}"
    await call.done_writing()

    assert await call.read() is grpc.aio.EOF
    assert await call.code() is grpc.StatusCode.OK


async def test_a_refusal_in_the_middle_arrives_as_the_service_said_it(front: Front) -> None:
    call = front.watch("one refuse")
    heard = [await call.read()]

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await call.read()

    refusal = refusal_from(failed.value)
    assert [message.value for message in heard] == ["one"]
    assert failed.value.code() is grpc.StatusCode.OUT_OF_RANGE
    assert (refusal.reason, refusal.domain) == ("CURSOR_EXPIRED", "script.muster")
    assert dict(refusal.metadata) == {"oldest": "7"}


async def test_the_service_gets_what_is_left_of_the_callers_time(front: Front) -> None:
    call = front.watch("one wait", timeout=30)
    await call.read()
    call.cancel()

    assert front.script.remaining_seconds is not None
    assert 0 < front.script.remaining_seconds < 30


async def test_a_caller_who_hangs_up_leaves_no_stream_behind(front: Front) -> None:
    call = front.watch("one wait")
    await call.read()

    call.cancel()

    await asyncio.wait_for(front.script.cancelled.wait(), 30)


async def _sign_out(front: Front) -> None:
    await front.sessions.end(hash_token(front.token))


async def _end_elsewhere(front: Front) -> None:
    """As another replica of the gateway ends it: this one finds out when it asks."""
    front.accounts.sessions.clear()
    front.sessions._remembered.clear()  # stands for the minute after which it is asked anew


@pytest.mark.parametrize("end", [_sign_out, _end_elsewhere])
async def test_a_stream_ends_with_the_session(front: Front, end: Callable[[Front], Any]) -> None:
    call = front.watch("one wait")
    await call.read()

    await end(front)

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await asyncio.wait_for(call.read(), 30)
    assert failed.value.code() is grpc.StatusCode.UNAUTHENTICATED
    assert refusal_from(failed.value).reason == "SIGN_IN_REQUIRED"
    await asyncio.wait_for(front.script.cancelled.wait(), 30)


async def test_a_stream_ends_when_the_permission_is_taken(front: Front) -> None:
    call = front.watch("one wait")
    await call.read()

    poor = Account("ana", "Ana", frozenset(), None)
    [(key, session)] = front.accounts.sessions.items()
    front.accounts.sessions[key] = Session(poor, session.expire_time)
    front.sessions._remembered.clear()  # stands for the minute after which it is asked anew

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await asyncio.wait_for(call.read(), 30)
    assert failed.value.code() is grpc.StatusCode.PERMISSION_DENIED
    assert refusal_from(failed.value).reason == "PERMISSION_MISSING"


async def test_a_stream_ends_when_its_caller_sees_other_rows_than_when_it_began(
    front: Front,
) -> None:
    call = front.watch("one wait")
    await call.read()

    [(key, session)] = front.accounts.sessions.items()
    narrow = replace(session.account, sites=frozenset({"sites/porto"}))
    front.accounts.sessions[key] = Session(narrow, session.expire_time)
    front.sessions.forget("ana")

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await asyncio.wait_for(call.read(), 30)
    assert refusal_from(failed.value).reason == "ACCESS_CHANGED"


async def test_a_reader_who_takes_nothing_loses_the_stream_as_well(front: Front) -> None:
    call = front.watch("word " * 200_000)
    await call.read()

    await _sign_out(front)

    assert await _end_of(call) is grpc.StatusCode.UNAUTHENTICATED


async def test_streams_go_on_while_their_callers_may(front: Front) -> None:
    call = front.talk()

    for _ in range(3):
        await asyncio.sleep(0.15)  # longer than the guard waits before it asks anew
        await call.write(StringValue(value="still"))
        assert (await call.read()).value == "heard still"


async def test_a_gateway_that_leaves_ends_its_streams_at_once(front: Front) -> None:
    call = front.watch("one wait")
    await call.read()

    front.guard.leave()

    assert await asyncio.wait_for(_end_of(call), 30) is grpc.StatusCode.UNAVAILABLE


async def test_one_caller_has_no_more_streams_open_than_one_may(front: Front) -> None:
    calls = [front.watch("one wait") for _ in range(MOST_STREAMS)]
    for call in calls:
        await call.read()

    with pytest.raises(grpc.aio.AioRpcError) as failed:
        await front.watch("one").read()
    calls[0].cancel()
    await asyncio.wait_for(front.script.cancelled.wait(), 30)

    assert refusal_from(failed.value).reason == "TOO_MANY_STREAMS"
    assert (await front.watch("one").read()).value == "one"


async def _end_of(call: Any) -> grpc.StatusCode:
    try:
        while await call.read() is not grpc.aio.EOF:
            pass
    except grpc.aio.AioRpcError as error:
        return error.code()
    return grpc.StatusCode.OK


def _server(name: str, authenticate: Authenticator) -> RpcServer:
    return RpcServer(
        process=name,
        host="127.0.0.1",
        port=0,
        authenticate=authenticate,
        telemetry=silent_telemetry(name),
        health=Health(),
    )


async def _start(server: RpcServer, stack: AsyncExitStack) -> None:
    await server.start()
    stack.push_async_callback(server.drain, timedelta())


def _target(server: RpcServer) -> str:
    return f"ipv4:127.0.0.1:{server.port}"
