"""The embedded servers as the tests themselves run them."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest

from chassis.embedded import (
    Account,
    place_programs,
    prepare_postgres,
    reachable,
    run_as_account,
    spawn_options,
)
from tests.support.postgres import Cluster
from tests.support.servers import server_folder


def test_the_server_compares_and_cases_all_of_unicode(cluster: Cluster) -> None:
    with psycopg.connect(cluster.admin_url()) as connection:
        row = connection.execute("SELECT upper('žluť'), '客服' ~ '^[[:alpha:]]+$'").fetchone()

    assert row == ("ŽLUŤ", True)


def test_the_server_does_not_run_as_root(cluster: Cluster) -> None:
    with psycopg.connect(cluster.admin_url()) as connection:
        pid = connection.info.backend_pid
        assert Path(f"/proc/{pid}").stat().st_uid != 0


def test_nobody_gets_in_without_the_password(cluster: Cluster) -> None:
    url = cluster.admin_url().replace(":test@", ":guess@")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(url)


def test_a_cluster_whose_making_was_interrupted_is_made_again() -> None:
    with server_folder() as folder:
        half_made = folder / "postgres.unfinished"
        half_made.mkdir()
        (half_made / "PG_VERSION").write_text("18")

        prepare_postgres(folder / "postgres", "test", run_as=run_as_account(), durable=False)

        assert (folder / "postgres" / "global").is_dir()
        assert not half_made.exists()


def test_a_folder_with_something_else_in_it_is_left_alone() -> None:
    with server_folder() as folder:
        letter = folder / "postgres" / "letter"
        letter.parent.mkdir()
        letter.write_text("dear")

        with pytest.raises(OSError, match="not empty"):
            prepare_postgres(folder / "postgres", "test", run_as=run_as_account(), durable=False)

        assert letter.read_text() == "dear"


def test_a_private_folder_on_the_way_is_noticed(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    stranger = Account(uid=os.getuid() + 1, gid=os.getgid() + 1)
    assert not reachable(private / "postgres", stranger)


def test_programs_that_the_account_cannot_reach_are_copied_once_and_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("chassis.embedded.programs.reachable", lambda *_: False)
    before = os.umask(0o077)
    try:
        with server_folder() as folder:
            copies = folder / "programs"

            programs = place_programs(copies, run_as_account())

            assert programs == place_programs(copies, run_as_account())
            for program in (programs.postgres / "postgres", programs.nats):
                assert program.is_relative_to(folder)
                assert says_its_version(program)
    finally:
        os.umask(before)


def says_its_version(program: Path) -> bool:
    run = subprocess.run(
        [program, "--version"], capture_output=True, check=True, **spawn_options(run_as_account())
    )
    return b"18." in run.stdout or b"nats-server" in run.stdout
