"""The environment variables that commands read, each with what it means."""

from chassis.config import PREFIX, Setting


def _variable(name: str, meaning: str, *, default: str = "", secret: bool = False) -> Setting:
    return Setting(PREFIX + name, meaning, "", default, required=False, secret=secret)


GATEWAY = _variable(
    "GATEWAY",
    "The gateway's gRPC address where --gateway names none: HOST:PORT on this machine,"
    " https://HOST[:PORT] on another.",
    default="that of the current folder, else 127.0.0.1:8081",
)
TOKEN = _variable(
    "TOKEN",
    "The token that calls carry instead of the sign-in that `muster login` stored.",
    secret=True,
)
DATABASE_URL = _variable(
    "DATABASE_URL",
    "PostgreSQL with its administrator's role, for `muster up` and `muster db`; without it,"
    " Muster's own in the current folder.",
    secret=True,
)
NATS_URL = _variable(
    "NATS_URL", "The NATS server that `muster up` uses instead of its own.", secret=True
)
PASSWORDS_FILE = _variable(
    "PASSWORDS_FILE",
    "The JSON file with the password of each role, for `muster db`.",
    default=".muster/secrets.json",
)
VERIFY_DATABASE_URL = _variable(
    "VERIFY_DATABASE_URL",
    "The database that `muster verify log` reads itself instead of asking the gateway.",
    secret=True,
)
AMI_SECRET = _variable(
    "AMI_SECRET", "The secret of the manager's user, for `muster adapter ami`.", secret=True
)

VARIABLES = (
    GATEWAY,
    TOKEN,
    DATABASE_URL,
    NATS_URL,
    PASSWORDS_FILE,
    VERIFY_DATABASE_URL,
    AMI_SECRET,
)
"""All of them, as the reference lists them."""
