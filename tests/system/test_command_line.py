"""The commands of a tree that runs."""

import asyncio
import json

from tests.support.tree import Tree, run_muster, start_muster


async def test_status_shows_every_process_as_ready(tree: Tree) -> None:
    code, shown = await run_muster(tree.folder, "status", "--json")

    children = {child["name"]: child["problem"] for child in json.loads(shown)["children"]}
    assert code == 0, shown
    assert set(children) == {
        *("postgres", "nats"),
        *("roster", "presence-1", "presence-2", "dispatch", "analytics", "gateway"),
    }
    assert set(children.values()) == {None}


async def test_status_is_a_table_that_people_can_read(tree: Tree) -> None:
    code, shown = await run_muster(tree.folder, "status")

    assert code == 0
    assert "presence" in shown
    assert tree.run.urls["board"] in shown


async def test_a_second_start_in_the_folder_says_that_muster_runs_and_where(tree: Tree) -> None:
    code, shown = await run_muster(tree.folder, "up")

    assert code == 1
    assert f"already runs in {tree.folder}/.muster as process {tree.run.supervisor.pid}" in shown
    assert tree.run.urls["board"] in shown


async def test_a_taken_port_is_named_with_its_holder_and_a_way_out(tree: Tree) -> None:
    port = tree.http_url.rpartition(":")[2]
    elsewhere = tree.folder.parent / "another centre"

    code, shown = await run_muster(elsewhere, "up", "--http-port", port)

    assert code == 1
    assert f"port {port} of 127.0.0.1 is taken by python" in shown
    assert f"--http-port {int(port) + 10}" in shown


async def test_an_upgrade_of_an_upgraded_database_changes_nothing(tree: Tree) -> None:
    code, shown = await run_muster(tree.folder, "db", "upgrade", "--json")

    answer = json.loads(shown)
    assert code == 0
    assert answer["first_passwords"] == {}
    assert not any(answer["applied"].values())


async def test_a_session_is_stored_by_signing_in(tree: Tree) -> None:
    config = tree.folder.parent / "config"
    login = await start_muster(
        tree.folder, "login", environment={"XDG_CONFIG_HOME": str(config)}, typed=True
    )

    shown, _ = await login.communicate(f"{tree.passwords['supervisor']}\n".encode())

    assert login.returncode == 0, shown.decode()
    stored = json.loads(await asyncio.to_thread((config / "muster" / "sessions.json").read_text))
    assert stored[tree.grpc_address]["token"].startswith("mst_")


async def test_status_of_a_folder_without_muster_says_how_to_start_it(tree: Tree) -> None:
    code, shown = await run_muster(tree.folder.parent / "nowhere", "status")

    assert code == 3
    assert "start it with `muster up`" in shown
