"""PostgreSQL and NATS out of Python wheels: how they are prepared and started, never who watches
them.

Nothing here needs the rights of root, and with them nothing is chmodded that is not our own: the
servers then run as an account without rights, in folders that this account can reach.
"""

from chassis.embedded.account import NOBODY, Account, reachable, run_as_account, spawn_options
from chassis.embedded.nats import nats_command, nats_url, prepare_nats
from chassis.embedded.ports import free_port
from chassis.embedded.postgres import (
    ClusterFailed,
    postgres_command,
    postgres_url,
    prepare_postgres,
)
from chassis.embedded.programs import (
    Programs,
    ProgramsMissing,
    nats_binary,
    place_programs,
    postgres_binaries,
)

__all__ = [
    "NOBODY",
    "Account",
    "ClusterFailed",
    "Programs",
    "ProgramsMissing",
    "free_port",
    "nats_binary",
    "nats_command",
    "nats_url",
    "place_programs",
    "postgres_binaries",
    "postgres_command",
    "postgres_url",
    "prepare_nats",
    "prepare_postgres",
    "reachable",
    "run_as_account",
    "spawn_options",
]
