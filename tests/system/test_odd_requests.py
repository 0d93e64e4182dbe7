"""Whatever is sent to the API, nothing breaks: cases made of its own document, and bytes and
messages at random, against the whole of Muster in a tree of their own.

Everything runs here, so that no answer of the class 5xx has an excuse.
"""

import asyncio
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import grpc
import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from muster.roster.v1 import people_pb2, roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from gateway.api.catalogue import Kind, Method, read_catalogue
from tests.support.desk import ANSWERED_WITHIN_SECONDS
from tests.support.fuzzing import AGENT, SITE, TEAM, odd_request
from tests.support.servers import server_folder
from tests.support.tree import Tree, running_tree

REQUESTS_A_METHOD = 12
CASES_AN_OPERATION = 2
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
# Whoever calls them at random may end the session that calls, or take its permissions.
_ENDING = (
    *("DeleteSession", "EndMySession", "EndSessions", "ChangeMyPassword", "DisableAccount"),
    *("ApplyAccounts", "UpdateAccount", "CreateOneTimeCode", "UpdateRole", "DeleteRole"),
)
_OURS = {
    grpc.StatusCode.INTERNAL,
    grpc.StatusCode.UNKNOWN,
    grpc.StatusCode.DATA_LOSS,
    grpc.StatusCode.UNIMPLEMENTED,
    grpc.StatusCode.UNAVAILABLE,
}
_TRACES = ("Traceback", 'File "', "psycopg", "sqlalchemy", "127.0.0.1")
_PURPOSE = "quality"


@pytest.fixture(scope="module")
async def odd_tree() -> AsyncIterator[Tree]:
    plenty = {"MUSTER_CALLS_PER_SECOND": "100000", "MUSTER_CALLS_AT_ONCE": "100000"}
    with server_folder() as folder:
        async with running_tree(folder / "odd", environment=plenty) as running:
            await _fill(running)
            yield running


async def _token(tree: Tree) -> str:
    asked = {"account": "supervisor", "password": tree.passwords["supervisor"]}
    async with httpx.AsyncClient(base_url=tree.http_url, timeout=30) as client:
        return str((await client.post("/v1/sessions", json=asked)).json()["token"])


async def _fill(tree: Tree) -> None:
    request = roster_service_pb2.ApplyRosterRequest(
        sites=[people_pb2.Site(name=SITE, display_name="Odd", time_zone="Europe/Madrid")],
        teams=[people_pb2.Team(name=TEAM, display_name="Odd", site=SITE)],
        agents=[people_pb2.Agent(name=AGENT, display_name="Odd", site=SITE, team=TEAM)],
    )
    metadata = (("authorization", f"Bearer {await _token(tree)}"),)
    async with grpc.aio.insecure_channel(f"ipv4:{tree.grpc_address}") as channel:
        await RosterServiceStub(channel).ApplyRoster(request, metadata=metadata, timeout=30)


async def test_odd_messages_and_bytes_are_answered_as_the_callers_fault_if_at_all(
    odd_tree: Tree,
) -> None:
    metadata = (
        ("authorization", f"Bearer {await _token(odd_tree)}"),
        ("x-muster-purpose", _PURPOSE),
    )
    failures: list[str] = []
    async with grpc.aio.insecure_channel(f"ipv4:{odd_tree.grpc_address}") as channel:
        for path, method in read_catalogue().items():
            if method.kind is Kind.BOTH_STREAM or path.endswith(_ENDING):
                continue
            random = Random(path)
            requests = [odd_request(method, random) for _ in range(REQUESTS_A_METHOD)]
            found = [await _failure(channel, method, one, metadata) for one in requests]
            failures += [f"{path}: {failure}" for failure in found if failure]
    assert not failures, "\n".join(failures)


async def _failure(
    channel: Any, method: Method, request: bytes, metadata: tuple[tuple[str, str], ...]
) -> str | None:
    """What is wrong with an answer; None if nothing is."""
    try:
        if method.kind is Kind.UNARY:
            call = channel.unary_unary(method.path)
            await call(request, metadata=metadata, timeout=ANSWERED_WITHIN_SECONDS)
        else:
            # A stream may have nothing to say for long.
            call = channel.unary_stream(method.path)
            await anext(aiter(call(request, metadata=metadata, timeout=0.2)), None)
    except grpc.aio.AioRpcError as error:
        told = error.details() or ""
        is_late = error.code() is grpc.StatusCode.DEADLINE_EXCEEDED and method.kind is Kind.UNARY
        if error.code() in _OURS or is_late or any(trace in told for trace in _TRACES):
            return f"{error.code().name} {told} for {request!r}"
    return None


@pytest.mark.parametrize("mode", list(GenerationMode))
@pytest.mark.filterwarnings("default")
async def test_what_the_document_says_holds(odd_tree: Tree, mode: GenerationMode) -> None:
    async with httpx.AsyncClient(
        base_url=odd_tree.http_url, timeout=ANSWERED_WITHIN_SECONDS
    ) as client:
        document = (await client.get("/v1/openapi.json")).json()
    token = await _token(odd_tree)

    failures = await asyncio.to_thread(_call_all, document, odd_tree.http_url, token, mode)
    assert not failures, "\n".join(failures)


def _call_all(document: dict[str, Any], url: str, token: str, mode: GenerationMode) -> list[str]:
    headers = {"authorization": f"Bearer {token}", "x-muster-purpose": _PURPOSE}
    failures: list[str] = []
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr] # the document is valid
        name = operation.definition.raw["operationId"]
        if not name.endswith(_ENDING):
            try:
                _call(operation.as_strategy(mode), url, headers)
            except Unsatisfiable:
                # Nothing that is sent there could be wrong.
                assert mode is GenerationMode.NEGATIVE
            except (BaseExceptionGroup, Exception) as error:
                failures.append(f"{name}: {_told(error)}")
    return failures


def _told(error: BaseException) -> str:
    if isinstance(error, BaseExceptionGroup):
        return "; ".join(_told(one) for one in error.exceptions)
    return f"{type(error).__name__} {error} {getattr(error, 'message', '')}"


def _call(cases: Any, url: str, headers: dict[str, str]) -> None:
    @seed(1)
    @settings(
        max_examples=CASES_AN_OPERATION,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def holds(case: Any) -> None:
        answer = case.call(base_url=url, headers=headers, timeout=ANSWERED_WITHIN_SECONDS)
        case.validate_response(answer, checks=CHECKS)
        assert not any(trace in answer.text for trace in _TRACES), answer.text

    holds()
