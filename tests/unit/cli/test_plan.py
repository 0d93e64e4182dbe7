"""The tree on one machine follows from the caller's decisions."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.embedded import NOBODY, Programs
from chassis.supervisor.child import Child
from chassis.supervisor.order import start_waves
from cli.errors import CommandError
from cli.local.layout import Layout
from cli.local.options import Options, parse_database_url, parse_replicas
from cli.local.plan import (
    Basis,
    database_environment,
    owner_url,
    plan_instances,
    plan_processes,
    plan_stores,
    port_names,
)

OPTIONS = Options(http_port=8080, grpc_port=8081, demo=False)
PROGRAMS = Programs(postgres=Path("/pg/bin"), nats=Path("/bin/nats-server"))


def a_basis(options: Options = OPTIONS, environment: dict[str, str] | None = None) -> Basis:
    home = Path("/srv/a centre/.muster")
    ports = {name: 20_000 + n for n, name in enumerate(port_names(options))}
    names = ("postgres", "nats", "roster", "presence", "dispatch", "analytics", "gateway")
    return Basis(
        layout=Layout(home=home, data=home, run_as=NOBODY),
        options=options,
        ports={"gateway.http": options.http_port, "gateway.grpc": options.grpc_port, **ports},
        secrets={name: f"{name}-secret" for name in names},
        environment=environment or {},
    )


def child(children: tuple[Child, ...], name: str) -> Child:
    return next(it for it in children if it.name == name)


def test_roster_comes_before_presence_and_the_gateway_before_the_floor() -> None:
    basis = a_basis(replace(OPTIONS, demo=True))

    waves = [{it.name for it in wave} for wave in start_waves(plan_processes(basis))]

    assert waves == [{"roster"}, {"presence", "dispatch"}, {"analytics", "gateway"}, {"floor"}]


def test_without_the_demo_nothing_simulates_anything() -> None:
    basis = a_basis()
    children = plan_processes(basis)

    assert "floor" not in {it.name for it in children}
    assert "MUSTER_FLOOR_TARGET" not in child(children, "gateway").environment
    assert "floor.grpc" not in basis.ports


def test_the_gateway_reaches_the_controls_of_the_demo() -> None:
    children = plan_processes(a_basis(replace(OPTIONS, demo=True)))

    floor = child(children, "floor")
    assert child(children, "gateway").environment["MUSTER_FLOOR_TARGET"] == floor.addresses["grpc"]
    assert floor.addresses["grpc"].endswith(":" + floor.environment["MUSTER_GRPC_PORT"])


def test_each_process_gets_the_role_of_its_owner_and_its_own_key() -> None:
    presence = child(plan_processes(a_basis()), "presence")

    assert "//presence:presence-secret@" in presence.environment["MUSTER_DATABASE_URL"]
    assert presence.environment["MUSTER_IDENTITY_KEY_FILE"].endswith("/keys/presence.key")


def test_only_the_gateway_is_told_a_port_for_browsers() -> None:
    processes = plan_processes(a_basis())

    told = {it.name for it in processes if "MUSTER_HTTP_PORT" in it.environment}

    assert told == {"gateway"}


def test_no_process_but_the_upgrade_sees_the_administrator_of_the_database() -> None:
    basis = a_basis()

    seeing = [it.name for it in plan_processes(basis) if "postgres-secret" in str(it.environment)]

    assert seeing == []
    assert "postgres-secret" in database_environment(basis)["MUSTER_DATABASE_URL"]


def test_replicas_are_numbered_and_all_are_among_the_targets() -> None:
    basis = a_basis(replace(OPTIONS, replicas={"presence": 2}))

    processes = plan_processes(basis)

    first, second = (basis.address(f"presence-{n}.grpc") for n in (1, 2))
    gateway = child(processes, "gateway")
    assert gateway.environment["MUSTER_PRESENCE_TARGET"] == f"ipv4:{first},{second}"
    assert gateway.needs == {"roster", "presence-1", "presence-2", "dispatch"}


def test_every_listener_of_the_tree_has_a_port_of_its_own() -> None:
    basis = a_basis(replace(OPTIONS, replicas={"presence": 2, "dispatch": 2}))
    children = (*plan_stores(basis, lambda: PROGRAMS), *plan_processes(basis))

    addresses = [address for it in children for address in it.addresses.values()]

    assert len(addresses) == len(set(addresses)) == 2 + 2 * 7 + 1


def test_existing_servers_take_the_place_of_embedded_ones() -> None:
    options = replace(
        OPTIONS, database_url="postgresql://dba:pw@db:5432/muster", nats_url="nats://bus:4222"
    )
    basis = a_basis(options)

    gateway = child(plan_processes(basis), "gateway")

    assert plan_stores(basis, lambda: PROGRAMS) == ()
    expected = "postgresql://gateway:gateway-secret@db:5432/muster"
    assert gateway.environment["MUSTER_DATABASE_URL"] == expected
    assert gateway.environment["MUSTER_NATS_URL"] == "nats://bus:4222"


def test_a_setting_of_the_caller_reaches_the_processes() -> None:
    basis = a_basis(environment={"MUSTER_LOG_LEVEL": "debug", "MUSTER_DRAIN_SECONDS": "9"})

    roster = child(plan_processes(basis), "roster")

    assert roster.environment["MUSTER_LOG_LEVEL"] == "debug"
    assert roster.environment["MUSTER_DRAIN_SECONDS"] == "9"


def test_a_process_is_not_killed_while_it_drains() -> None:
    basis = a_basis(environment={"MUSTER_DRAIN_SECONDS": "9"})

    assert child(plan_processes(basis), "roster").stop_within == timedelta(seconds=12)


def test_a_time_to_drain_that_is_no_number_is_refused() -> None:
    with pytest.raises(CommandError, match="no number of seconds: 'long'"):
        plan_processes(a_basis(environment={"MUSTER_DRAIN_SECONDS": "long"}))


def test_the_servers_run_as_the_account_without_rights() -> None:
    stores = plan_stores(a_basis(), lambda: PROGRAMS)

    assert [store.run_as for store in stores] == [NOBODY, NOBODY]


def test_any_public_port_means_that_one_is_chosen() -> None:
    names = port_names(replace(OPTIONS, http_port=0, grpc_port=0))

    assert {"gateway.http", "gateway.grpc"} <= set(names)
    assert not {"gateway.http", "gateway.grpc"} & set(port_names(OPTIONS))


def test_a_url_keeps_its_options_when_the_role_changes() -> None:
    url = owner_url("postgresql://dba:p%40w@[::1]:5432/m?sslmode=require", "roster", "a/b")

    assert url == "postgresql://roster:a%2Fb@[::1]:5432/m?sslmode=require"


def test_copies_of_a_process_are_counted_from_one() -> None:
    names = [it.name for it in plan_instances({"dispatch": 2})]

    assert names == ["roster", "presence", "dispatch-1", "dispatch-2", "analytics", "gateway"]


def test_replicas_are_read_from_one_line() -> None:
    assert parse_replicas("presence=2, dispatch=3") == {"presence": 2, "dispatch": 3}
    assert parse_replicas("") == {}


@pytest.mark.parametrize(
    ("text", "what_to_do"),
    [
        ("gateway=2", "runs once"),
        ("postgres=2", "choose among roster, presence, dispatch, analytics"),
        ("presence", "say how many"),
        ("presence=0", "from 1 to 8"),
        ("presence=99", "from 1 to 8"),
        ("presence=-1", "from 1 to 8"),
    ],
)
def test_replicas_that_make_no_sense_are_refused_with_advice(text: str, what_to_do: str) -> None:
    with pytest.raises(CommandError, match=what_to_do):
        parse_replicas(text)


def test_the_short_name_of_the_database_scheme_means_the_same() -> None:
    assert parse_database_url("postgres://dba@db/muster") == "postgresql://dba@db/muster"
    assert parse_database_url("") is None


def test_what_is_no_url_of_a_database_is_refused_with_an_example() -> None:
    with pytest.raises(CommandError, match="write it as postgresql://"):
        parse_database_url("host=db dbname=muster")
