"""The passwords that the local processes use among each other."""

import json
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

from cli.errors import CommandError


def load_secrets(file: Path, names: Iterable[str]) -> dict[str, str]:
    """Reads the passwords from a file that only its owner can read, and adds those it lacks."""
    known = _read(file)
    missing = {name: secrets.token_urlsafe(24) for name in names if name not in known}
    if missing:
        _write(file, {**known, **missing})
    return {**known, **missing}


def _read(file: Path) -> dict[str, str]:
    try:
        content = json.loads(file.read_text())
    except FileNotFoundError:
        return {}
    except ValueError:
        raise CommandError(
            f"{file} is damaged: restore it, or move the folder {file.parent} away to begin with "
            "an empty one"
        ) from None
    return {str(name): str(password) for name, password in content.items()}


def _write(file: Path, content: dict[str, str]) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(content, out, indent=2)
        out.flush()
        os.fsync(out.fileno())
    draft.replace(file)
