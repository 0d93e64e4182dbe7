"""The tree of processes on one machine, derived from decisions alone: it touches nothing."""

import signal
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from types import MappingProxyType
from urllib.parse import quote, urlsplit, urlunsplit

from chassis.embedded import Programs, nats_command, nats_url, postgres_command, postgres_url
from chassis.supervisor.child import Child
from chassis.supervisor.leftovers import clear_postmaster
from chassis.supervisor.ports import LOCAL_HOST
from chassis.supervisor.probes import always_ready, http_probe, nats_probe, postgres_probe
from cli.errors import CommandError
from cli.local.layout import Layout
from cli.local.options import PROCESSES, Options

# Whom a process asks or follows at its start.
_NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "roster": (),
        "presence": ("roster",),
        "dispatch": ("roster",),
        "analytics": ("presence",),
        "gateway": ("roster", "presence", "dispatch"),
    }
)
_MUSTER = (sys.executable, "-P", "-m", "cli")
# A laptop's processes are stopped while somebody watches.
_DRAIN_SECONDS = "2"
# What a process needs to close what it holds, once no call is in hand.
_AFTER_DRAIN = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Instance:
    """One running copy of a process."""

    name: str
    process: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Everything that the plan depends on."""

    layout: Layout
    options: Options
    ports: Mapping[str, int]
    secrets: Mapping[str, str]
    environment: Mapping[str, str]
    """The caller's environment, which the processes inherit."""

    @property
    def admin_url(self) -> str:
        """The database as its administrator."""
        embedded = postgres_url(self.ports.get("postgres", 0), self.secrets["postgres"])
        return self.options.database_url or embedded

    @property
    def bus_url(self) -> str:
        """The bus."""
        embedded = nats_url(self.ports.get("nats", 0), self.secrets["nats"])
        return self.options.nats_url or embedded

    def address(self, port_name: str) -> str:
        """Where something listens, as `host:port`."""
        return f"{LOCAL_HOST}:{self.ports[port_name]}"


def plan_instances(replicas: Mapping[str, int]) -> tuple[Instance, ...]:
    """Lists the processes to run; copies of one process are numbered from 1."""
    return tuple(
        Instance(name=process if count == 1 else f"{process}-{number}", process=process)
        for process in PROCESSES
        for count in (replicas.get(process, 1),)
        for number in range(1, count + 1)
    )


def port_names(options: Options) -> tuple[str, ...]:
    """Names the ports that are to be chosen; the gateway's public ones only where any will do."""
    names = [f"{it.name}.admin" for it in plan_instances(options.replicas)]
    names += [f"{it.name}.grpc" for it in plan_instances(options.replicas)]
    if options.demo:
        names.append("floor.grpc")
    if options.grpc_port:
        names.remove("gateway.grpc")
    if not options.http_port:
        names.append("gateway.http")
    if options.database_url is None:
        names.append("postgres")
    if options.nats_url is None:
        names.append("nats")
    return tuple(names)


def plan_stores(basis: Basis, programs: Callable[[], Programs]) -> tuple[Child, ...]:
    """Plans the database and the bus, as far as no existing ones are to be used."""
    children = []
    if basis.options.database_url is None:
        children.append(_postgres(basis, programs()))
    if basis.options.nats_url is None:
        children.append(_nats(basis, programs()))
    return tuple(children)


def plan_processes(basis: Basis) -> tuple[Child, ...]:
    """Plans Muster's own processes."""
    instances = plan_instances(basis.options.replicas)
    children = tuple(_process(basis, instance, instances) for instance in instances)
    return (*children, _floor(basis)) if basis.options.demo else children


def upgrade_command() -> tuple[str, ...]:
    """The command that makes the schemas, with JSON for an answer."""
    return (*_MUSTER, "db", "upgrade", "--json")


def restored_command() -> tuple[str, ...]:
    """The command that raises the epoch of all sites, with JSON for an answer."""
    return (*_MUSTER, "db", "restored", "--json")


def database_environment(basis: Basis) -> dict[str, str]:
    """The environment of these commands."""
    return {
        **basis.environment,
        "MUSTER_DATABASE_URL": basis.admin_url,
        "MUSTER_PASSWORDS_FILE": str(basis.layout.secrets),
    }


def owner_url(admin_url: str, owner: str, password: str) -> str:
    """The administrator's database as the role of one owner."""
    parts = urlsplit(admin_url)
    host = parts.netloc.rpartition("@")[2]
    netloc = f"{quote(owner)}:{quote(password, safe='')}@{host}"
    return urlunsplit(parts._replace(netloc=netloc))


def _postgres(basis: Basis, programs: Programs) -> Child:
    port = basis.ports["postgres"]
    # Ten connections for each process at most, and some for people.
    connections = 10 * len(plan_instances(basis.options.replicas)) + 50
    command = postgres_command(
        basis.layout.postgres,
        port,
        {"max_connections": str(connections)},
        binaries=programs.postgres,
    )
    return Child(
        name="postgres",
        command=tuple(command),
        probe=postgres_probe(LOCAL_HOST, port),
        environment={"LC_ALL": "C.UTF-8"},
        run_as=basis.layout.run_as,
        prepare=partial(clear_postmaster, basis.layout.postgres),
        stop_signal=signal.SIGINT,
        orphan_signal=signal.SIGINT,
        stop_within=timedelta(seconds=10),
        addresses={"sql": basis.address("postgres")},
    )


def _nats(basis: Basis, programs: Programs) -> Child:
    port = basis.ports["nats"]
    return Child(
        name="nats",
        command=tuple(nats_command(basis.layout.nats, port, binary=programs.nats)),
        probe=nats_probe(LOCAL_HOST, port),
        run_as=basis.layout.run_as,
        orphan_signal=signal.SIGINT,
        addresses={"nats": basis.address("nats")},
    )


def _process(basis: Basis, instance: Instance, instances: tuple[Instance, ...]) -> Child:
    admin = f"{instance.name}.admin"
    addresses = {"admin": basis.address(admin), "grpc": basis.address(f"{instance.name}.grpc")}
    if instance.process == "gateway":
        addresses["http"] = basis.address("gateway.http")
    return Child(
        name=instance.name,
        command=(*_MUSTER, "run", instance.process),
        probe=http_probe(LOCAL_HOST, basis.ports[admin]),
        environment=_process_environment(basis, instance, instances),
        needs=frozenset(
            other.name for other in instances if other.process in _NEEDS[instance.process]
        ),
        stop_within=_stop_within(basis.environment),
        addresses=addresses,
    )


def _stop_within(environment: Mapping[str, str]) -> timedelta:
    drain = environment.get("MUSTER_DRAIN_SECONDS", _DRAIN_SECONDS)
    try:
        return timedelta(seconds=float(drain)) + _AFTER_DRAIN
    except ValueError:
        raise CommandError(f"MUSTER_DRAIN_SECONDS is no number of seconds: {drain!r}") from None


def _process_environment(
    basis: Basis, instance: Instance, instances: tuple[Instance, ...]
) -> dict[str, str]:
    password = basis.secrets[instance.process]
    environment = {
        "MUSTER_DRAIN_SECONDS": _DRAIN_SECONDS,
        **basis.environment,
        "MUSTER_DATABASE_URL": owner_url(basis.admin_url, instance.process, password),
        "MUSTER_NATS_URL": basis.bus_url,
        "MUSTER_GRPC_HOST": LOCAL_HOST,
        "MUSTER_GRPC_PORT": str(basis.ports[f"{instance.name}.grpc"]),
        "MUSTER_ADMIN_HOST": LOCAL_HOST,
        "MUSTER_ADMIN_PORT": str(basis.ports[f"{instance.name}.admin"]),
        "MUSTER_TRUST_FILE": str(basis.layout.keys / "trust.json"),
        "MUSTER_IDENTITY_KEY_FILE": str(basis.layout.keys / f"{instance.process}.key"),
        "MUSTER_REPLICA": instance.name,
        **_targets(basis, instances),
    }
    if instance.process == "presence":
        environment.setdefault("MUSTER_ROOT_FOLDER", str(basis.layout.roots))
    if instance.process == "gateway":
        environment |= {
            "MUSTER_HTTP_HOST": LOCAL_HOST,
            "MUSTER_HTTP_PORT": str(basis.ports["gateway.http"]),
        }
        if basis.options.demo:
            environment["MUSTER_FLOOR_TARGET"] = basis.address("floor.grpc")
    return environment


def _targets(basis: Basis, instances: tuple[Instance, ...]) -> dict[str, str]:
    targets: dict[str, list[str]] = {}
    for it in instances:
        targets.setdefault(it.process, []).append(basis.address(f"{it.name}.grpc"))
    return {
        f"MUSTER_{process.upper()}_TARGET": f"ipv4:{','.join(addresses)}"
        for process, addresses in targets.items()
        if process != "gateway"
    }


def _floor(basis: Basis) -> Child:
    return Child(
        name="floor",
        command=(*_MUSTER, "floor"),
        probe=always_ready,
        environment={
            **basis.environment,
            "MUSTER_GATEWAY_TARGET": basis.address("gateway.grpc"),
            "MUSTER_IDENTITY_KEY_FILE": str(basis.layout.keys / "floor.key"),
            "MUSTER_TRUST_FILE": str(basis.layout.keys / "trust.json"),
            "MUSTER_GRPC_HOST": LOCAL_HOST,
            "MUSTER_GRPC_PORT": str(basis.ports["floor.grpc"]),
            "MUSTER_FLOOR_AGENTS": str(basis.options.agents),
        },
        needs=frozenset({"gateway"}),
        addresses={"grpc": basis.address("floor.grpc")},
    )
