"""What the caller of `muster up` decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cli.errors import CommandError

SERVICES = ("roster", "presence", "dispatch", "analytics")
PROCESSES = (*SERVICES, "gateway")
MOST_REPLICAS = 8


@dataclass(frozen=True, slots=True)
class Options:
    """How the tree is to look."""

    http_port: int
    """The port of the web app and the REST API; 0 for any."""
    grpc_port: int
    """The port of the gRPC API; 0 for any."""
    demo: bool
    """Whether a simulated operation runs."""
    agents: int = 200
    """How many agents the simulated operation has."""
    replicas: Mapping[str, int] = field(default_factory=dict)
    """How many of a process run, where not one."""
    restored: bool = False
    """Whether the database was restored from a backup since it ran last."""
    database_url: str | None = None
    """An existing PostgreSQL server as its administrator; an embedded one if None."""
    nats_url: str | None = None
    """An existing NATS server with JetStream; an embedded one if None."""


def parse_replicas(text: str) -> dict[str, int]:
    """Reads `presence=2,dispatch=3`; refuses what cannot run several times."""
    return dict(_parse_one(part.strip()) for part in text.split(",") if part.strip())


def parse_database_url(text: str | None) -> str | None:
    """Reads an administrator's URL; None if there is none."""
    if not text:
        return None
    if not text.startswith(("postgresql://", "postgres://")):
        raise CommandError(
            "MUSTER_DATABASE_URL is no URL of a PostgreSQL database: write it as "
            "postgresql://administrator:password@host:5432/muster"
        )
    return text.replace("postgres://", "postgresql://", 1)


def _parse_one(part: str) -> tuple[str, int]:
    process, _, count = part.partition("=")
    if process == "gateway":
        raise CommandError("the gateway runs once on a machine, since its ports are fixed")
    if process not in SERVICES:
        raise CommandError(
            f"cannot run replicas of {process!r}: choose among {', '.join(SERVICES)}"
        )
    if not count.isdecimal() or not 1 <= int(count) <= MOST_REPLICAS:
        raise CommandError(f"{part!r}: say how many, from 1 to {MOST_REPLICAS}: {process}=2")
    return process, int(count)
