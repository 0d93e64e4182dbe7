"""Existing servers take the place of the embedded ones."""

from chassis.clock import SystemClock
from tests.support.desk import signed_in
from tests.support.nats import running_nats
from tests.support.postgres import running_cluster
from tests.support.servers import server_folder
from tests.support.tree import running_tree


async def test_muster_runs_on_a_database_and_a_bus_that_were_there_before() -> None:
    now = SystemClock().now()
    with running_cluster() as cluster, running_nats() as bus, server_folder() as folder:
        servers = {"MUSTER_DATABASE_URL": cluster.new_database(), "MUSTER_NATS_URL": bus.url}
        async with running_tree(folder / "centre", environment=servers) as tree:
            async with signed_in(tree) as desk:
                await desk.open_site("town", ["ana"])
                await desk.report("ana", "BUSY", now, "elsewhere")
                logged = await desk.log_ids("ana", now)
            children = {child.name for child in tree.run.children}

    assert logged == ["elsewhere"]
    assert not children & {"postgres", "nats"}
