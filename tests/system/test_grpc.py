"""The gRPC API answers a general client that knows nothing of Muster."""

import asyncio
import json
import sys
from pathlib import Path

from chassis.clock import SystemClock
from tests.support.desk import Desk
from tests.support.tree import Tree


async def test_a_general_client_lists_the_services(tree: Tree, supervisor: Desk) -> None:
    code, shown = await buf_curl(tree, supervisor.token, "--list-services")

    assert code == 0, shown
    assert {
        "muster.gateway.v1.AccountService",
        "muster.gateway.v1.BoardService",
        "muster.presence.v1.PresenceService",
        "muster.roster.v1.RosterService",
    } <= set(shown.split())


async def test_a_general_client_reads_the_board(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("curl-town", ["ana"])
    await supervisor.report("ana", "BUSY", SystemClock().now(), "curl-1")

    code, shown = await buf_curl(
        tree,
        supervisor.token,
        "--data",
        '{"site": "sites/curl-town"}',
        method="muster.gateway.v1.BoardService/GetHeatmap",
    )

    assert code == 0, shown
    looks = json.loads(shown)["timelines"]["looks"]
    assert "STATE_BUSY" in {look["state"] for look in looks}


async def test_a_general_client_passes_through_to_the_service(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("pass-town", ["bo"])

    code, shown = await buf_curl(
        tree,
        supervisor.token,
        "--data",
        '{"name": "sites/pass-town"}',
        method="muster.roster.v1.RosterService/GetSite",
    )

    assert code == 0, shown
    assert json.loads(shown)["displayName"] == "Pass-Town"


async def test_a_source_keeps_itself_alive_on_a_stream(tree: Tree, supervisor: Desk) -> None:
    await supervisor.open_site("stream-town", ["cy"])
    opening = '{"open": {"source": "stream-pbx", "source_kind": "SOURCE_KIND_TELEPHONY"}}'
    empty = '{"batch": {"number": 7, "reports": [{"agent": "agents/cy"}]}}'

    code, shown = await buf_curl(
        tree,
        supervisor.token,
        "--data",
        f'{opening} {empty} {{"beat": {{}}}}',
        method="muster.presence.v1.SourceService/StreamReports",
    )

    assert code == 0, shown
    assert shown.count('"lease"') == 2
    assert '"number": "7"' in shown
    assert "INVALID_FIELD" in shown


async def buf_curl(tree: Tree, token: str, *options: str, method: str = "") -> tuple[int, str]:
    program = Path(sys.executable).with_name("buf")
    url = f"http://{tree.grpc_address}" + (f"/{method}" if method else "")
    process = await asyncio.create_subprocess_exec(
        program,
        *("curl", "--protocol", "grpc", "--http2-prior-knowledge"),
        # The first sends the token with the call, the second with the questions for the schema.
        *("--header", f"authorization: Bearer {token}", "--reflect-header", "*"),
        *options,
        url,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    shown, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, shown.decode()
