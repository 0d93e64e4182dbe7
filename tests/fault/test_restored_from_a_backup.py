"""The database is brought back from a backup: what was recorded since is gone, all else goes on."""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from chassis.clock import SystemClock
from chassis.embedded import postgres_binaries
from tests.support.desk import Desk, Frame, cursor_of, signed_in
from tests.support.postgres import Cluster
from tests.support.servers import server_folder
from tests.support.tree import run_muster, running_tree

SITE, ANA = "harbor", "ana"
REPORTED = {"kept", "lost", "after-1", "after-2", "after-3"}


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as made:
        yield made


@pytest.fixture
def cluster(folder: Path) -> Iterator[Cluster]:
    running = Cluster(folder)
    yield running
    running.stop()


# Two trees come up, one after the other.
@pytest.mark.timeout(360)
async def test_boards_begin_anew_and_the_log_is_whole(folder: Path, cluster: Cluster) -> None:
    centre, backup = folder / "centre", folder / "muster.dump"
    settings = {"MUSTER_DATABASE_URL": cluster.new_database()}
    async with running_tree(centre, environment=settings) as tree, signed_in(tree) as desk:
        password = tree.passwords["supervisor"]
        await desk.open_site(SITE, [ANA])
        await report(desk, "ONLINE", "kept")
        await run("pg_dump", "-Fc", "-d", settings["MUSTER_DATABASE_URL"], "-f", str(backup))
        await report(desk, "BUSY", "lost")
        board = cursor_of(await desk.whole_heatmap(SITE))

    settings = {"MUSTER_DATABASE_URL": await restored(cluster, backup)}
    shutil.rmtree(centre / ".muster" / "nats" / "jetstream")
    code, shown = await run_muster(centre, "db", "restored", **settings)
    assert code == 0, shown
    assert "presence    1 sites, epoch 1 to " in shown

    async with (
        running_tree(centre, environment=settings) as tree,
        signed_in(tree, password=password) as desk,
    ):
        # So that the place of the board is not ahead of the log any more.
        await report(desk, "ONLINE", "after-1")
        await report(desk, "BUSY", "after-2")
        assert (await first_frame(desk, board)).event == "resync"
        anew = cursor_of(await desk.whole_heatmap(SITE))
        await report(desk, "ONLINE", "after-3")
        assert (await first_frame(desk, anew)).changes["states"][-1] == "STATE_ONLINE"
        recorded = await desk.log_ids(ANA, SystemClock().now())
        code, shown = await run_muster(centre, "verify", "log", MUSTER_TOKEN=desk.token)

    assert [one for one in recorded if one in REPORTED] == ["kept", "after-1", "after-2", "after-3"]
    assert code == 0, shown
    assert f"site {SITE}: VALID" in shown
    assert "restored from a backup before link" in shown


async def report(desk: Desk, state: str, event_id: str) -> None:
    assert await desk.report(ANA, state, SystemClock().now(), event_id) == "OUTCOME_RECORDED"


async def first_frame(desk: Desk, cursor: str) -> Frame:
    """The first frame that tells of her, or that all has to be fetched anew."""
    async with desk.push(SITE, cursor) as frames, asyncio.timeout(30):
        return await anext(frame async for frame in frames if tells(frame))


def tells(frame: Frame) -> bool:
    of_her = frame.event == "states" and f"agents/{ANA}" in frame.changes["agents"]
    return of_her or frame.event == "resync"


async def restored(cluster: Cluster, backup: Path) -> str:
    """A new database that holds the backup alone."""
    url = cluster.new_database()
    with psycopg.connect(cluster.admin_url(), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {url.rpartition('/')[2]}".encode())
    await run("pg_restore", "-d", url, str(backup))
    return url


async def run(program: str, *arguments: str) -> None:
    command = [str(postgres_binaries() / program), *arguments]
    await asyncio.to_thread(subprocess.run, command, check=True)
