"""What was recorded survives a restart."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from chassis.clock import SystemClock
from tests.support.desk import signed_in
from tests.support.servers import server_folder
from tests.support.tree import running_tree


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as parent:
        yield parent / "centre"


async def test_a_second_start_finds_accounts_people_and_states_of_the_first(folder: Path) -> None:
    now = SystemClock().now()
    async with running_tree(folder) as first:
        password = first.passwords["supervisor"]
        async with signed_in(first) as desk:
            await desk.open_site("town", ["ana"])
            await desk.report("ana", "BUSY", now, "kept")
        assert await first.stop() == 0

    async with running_tree(folder) as second:
        assert second.passwords == {}
        async with signed_in(second, password=password) as desk:
            kept = await desk.log_ids("ana", now)

    assert kept == ["kept"]
