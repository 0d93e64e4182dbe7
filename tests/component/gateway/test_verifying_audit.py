"""`muster verify audit` against a gateway, and against an export of its log."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
import pytest
from typer.testing import CliRunner, Result

from chassis.clock import SystemClock
from chassis.identity import Signer
from cli.verify import commands
from gateway.app.audit_keeping import AuditKeeping
from gateway.store.audit_reading import StoredAudit
from tests.component.conftest import OpenDatabase, OwnerUrl
from tests.component.gateway.desk import Desk

Run = Callable[..., Awaitable[Result]]


@pytest.fixture
async def verify(desk: Desk) -> Run:
    environment = {"MUSTER_GATEWAY": desk.grpc_target, "MUSTER_TOKEN": await desk.sign_in()}
    trust_file = str(desk.keys / "trust.json")

    async def run(*words: str | Path) -> Result:
        arguments = ["audit", "--key", trust_file, *map(str, words)]
        return await asyncio.to_thread(CliRunner().invoke, commands.app, arguments, env=environment)

    return run


@pytest.fixture
async def signed(desk: Desk, database: OpenDatabase) -> None:
    """Signs what is in the log, as the gateway does each minute."""
    signer = Signer.load(desk.keys / "gateway.key", "gateway")
    stored = StoredAudit(await database("gateway"))
    clock = SystemClock()
    keeping = AuditKeeping(stored, signer, 24, clock, None)  # type: ignore[arg-type] # says nothing
    await desk.sign_in("agent")
    await keeping.sign()


async def test_a_log_that_nobody_touched_is_valid_and_says_how_far_it_is_signed(
    verify: Run, signed: None
) -> None:
    done = await verify("--json")

    told = json.loads(done.stdout)
    assert (done.exit_code, told["valid"], told["faults"]) == (0, True, [])
    assert told["last_checkpoint_seq"] >= 1


async def test_an_altered_entry_is_named_and_ends_with_one(
    verify: Run, signed: None, owner_url: OwnerUrl
) -> None:
    with psycopg.connect(owner_url("gateway")) as connection:
        connection.execute("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        connection.execute(
            "DO $$ DECLARE part text; BEGIN"
            " FOR part IN SELECT inhrelid::regclass FROM pg_inherits"
            " WHERE inhparent = 'audit_entry'::regclass LOOP"
            " EXECUTE 'GRANT UPDATE ON ' || part || ' TO CURRENT_USER';"
            " EXECUTE 'ALTER TABLE ' || part || ' DISABLE TRIGGER USER'; END LOOP; END $$"
        )
        connection.execute("GRANT UPDATE ON audit_entry TO CURRENT_USER")
        connection.execute("UPDATE audit_entry SET actor = 'accounts/nobody' WHERE seq = 1")

    done = await verify()

    assert done.exit_code == 1
    assert "audit log: TAMPERED" in done.stdout
    assert "link 1: the entries are not those that the link was made of" in done.stdout


async def test_an_export_is_verified_without_the_installation(
    desk: Desk, verify: Run, signed: None, tmp_path: Path
) -> None:
    async with desk.http(await desk.sign_in()) as client:
        export = (await client.get("/v1/auditLog:export")).text
    whole, forged, none = (tmp_path / name for name in ("whole", "forged", "none"))
    whole.write_text(export, encoding="utf-8")
    forged.write_text(export.replace("accounts/agent", "accounts/queen"), encoding="utf-8")
    none.write_text("no log", encoding="utf-8")

    valid = await verify("--file", whole)
    tampered = await verify("--file", forged)
    unread = await verify("--file", none)

    assert (valid.exit_code, tampered.exit_code) == (0, 1)
    assert getattr(unread.exception, "exit_code", 0) == 2
