"""Makes the keys and passwords of one deployment, as manifests that are piped to kubectl."""

import json
import secrets
import tempfile
from pathlib import Path

from chassis.database.migrate import OWNERS
from chassis.identity import PROCESS_GRANTS, create_keys
from tools.k8s.overlays import Manifest

DATABASE_HOST = "postgres:5432"
BUS_HOST = "nats:4222"


def make_secrets(namespace: str) -> list[Manifest]:
    """New keys and passwords: nothing is kept anywhere but in the answer."""
    admin, bus = _password(), _password()
    passwords = {owner: _password() for owner in OWNERS}
    with tempfile.TemporaryDirectory() as folder:
        create_keys(Path(folder), PROCESS_GRANTS)
        keys = {name: (Path(folder) / f"{name}.key").read_text() for name in PROCESS_GRANTS}
        trust = (Path(folder) / "trust.json").read_text()
    return [
        _manifest("ConfigMap", namespace, "muster-trust", {"trust.json": trust}),
        _manifest("Secret", namespace, "muster-postgres", {"password": admin}),
        _manifest(
            "Secret",
            namespace,
            "muster-nats",
            {"password": bus, "url": f"nats://muster:{bus}@{BUS_HOST}"},
        ),
        _manifest(
            "Secret",
            namespace,
            "muster-migrations",
            {
                "admin-url": _database_url("postgres", admin),
                "passwords.json": _json(passwords),
            },
        ),
        *(
            _manifest("Secret", namespace, f"muster-{name}", _process(name, key, passwords))
            for name, key in keys.items()
        ),
    ]


def _process(name: str, key: str, passwords: dict[str, str]) -> dict[str, str]:
    parts = {"identity.key": key}
    if name in passwords:
        parts["database-url"] = _database_url(name, passwords[name])
    return parts


def _database_url(role: str, password: str) -> str:
    return f"postgresql://{role}:{password}@{DATABASE_HOST}/muster"


def _password() -> str:
    # The letter first keeps NATS from reading a number in its configuration.
    return "p" + secrets.token_hex(24)


def _json(values: dict[str, str]) -> str:
    return json.dumps(values, indent=2) + "\n"


def _manifest(kind: str, namespace: str, name: str, content: dict[str, str]) -> Manifest:
    return {
        "apiVersion": "v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": namespace},
        "stringData" if kind == "Secret" else "data": content,
    }
