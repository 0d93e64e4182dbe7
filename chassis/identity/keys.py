"""Makes the keys of the processes and the trust file at first start."""

import base64
import json
import os
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.identity.tokens import load_key
from chassis.identity.trust import Grant


def _grant(*permissions: str, vouches: bool = False) -> Grant:
    return Grant(frozenset(permissions), vouches=vouches)


PROCESS_GRANTS: Mapping[str, Grant] = MappingProxyType(
    {
        "presence": _grant("roster.agents.copy"),
        "roster": _grant(),
        "dispatch": _grant("roster.agents.copy", "roster.people.read"),
        "analytics": _grant(),
        "gateway": _grant(
            "dispatch.contacts.read",
            "dispatch.figures.read",
            "presence.changes.replay",
            "presence.policy.read",
            "presence.reasons.read",
            "presence.timelines.read",
            "process.state.read",
            "roster.agents.copy",
            "roster.people.read",
            "roster.shifts.read",
            vouches=True,
        ),
        "adapter": _grant("presence.states.report", "dispatch.contacts.report"),
        "floor": _grant(
            "dispatch.contacts.report",
            "dispatch.queues.write",
            "presence.policy.read",
            "presence.policy.write",
            "presence.states.read",
            "presence.states.report",
            "protection.profiles.read",
            "protection.profiles.write",
            "roster.leads.write",
            "roster.people.read",
            "roster.people.write",
            "roster.shifts.write",
        ),
    }
)
"""What each process may do in its own name: the least that its duty needs."""


def create_keys(folder: Path, grants: Mapping[str, Grant]) -> None:
    """Makes `<name>.key` for each name that has none, readable by the owner alone, and writes
    `trust.json`.

    Existing keys stay, so that doing it twice changes nothing.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = {name: _key_of(folder / f"{name}.key") for name in grants}
    entries = {
        name: {
            "public_key": base64.b64encode(keys[name].public_key().public_bytes_raw()).decode(),
            "vouches": grant.vouches,
            "permissions": sorted(grant.permissions),
        }
        for name, grant in sorted(grants.items())
    }
    text = json.dumps(entries, indent=2) + "\n"
    _write_whole(folder / "trust.json", text.encode(), mode=0o644)


def _key_of(key_file: Path) -> Ed25519PrivateKey:
    if not key_file.exists():
        encoded = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        _write_whole(key_file, encoded, mode=0o600)
    return load_key(key_file)


def _write_whole(path: Path, content: bytes, *, mode: int) -> None:
    """Writes all of it or nothing, so that whoever dies here leaves no half a key behind."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(draft, "wb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
