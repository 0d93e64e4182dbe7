"""The licences of what is shipped, held against the list of allowed ones."""

import json
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.supply.allowed import ALLOWED, EXCEPTIONS

LOCKS = (Path("requirements.lock"), Path("requirements-local.lock"))
WEB_LOCK = Path("gateway/web/package-lock.json")
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Package:
    """One package that is shipped, with its licence as its own metadata gives it."""

    name: str
    version: str
    licence: str


def shipped_packages() -> list[Package]:
    """Python packages of the locks that this platform has, and the packages of the web app."""
    return [*_python_packages(), *_web_packages(WEB_LOCK)]


def refused_packages(packages: Iterable[Package]) -> list[Package]:
    """The packages whose licence is neither allowed nor an exception with a reason."""
    return [
        package
        for package in packages
        if package.name not in EXCEPTIONS and not is_allowed(package.licence)
    ]


def is_allowed(licence: str) -> bool:
    """Tells of a licence expression: all parts of AND must be allowed, one part of OR."""
    parts = re.split(r"\s+AND\s+|;\s*", licence)
    return all(
        any(ALLOWED & {name.strip(), name.strip(" ()")} for name in re.split(r"\s+OR\s+", part))
        for part in parts
    )


def _python_packages() -> list[Package]:
    names = sorted({name for lock in LOCKS for name in _PINNED.findall(lock.read_text("utf-8"))})
    command = [".venv/bin/pip-licenses", "--from=mixed", "--format=json", "--with-system"]
    told = subprocess.run([*command, "--packages", *names], check=True, capture_output=True)
    return [
        Package(entry["Name"].lower().replace("_", "-"), entry["Version"], entry["License"])
        for entry in json.loads(told.stdout)
    ]


def _web_packages(lock: Path) -> list[Package]:
    if not lock.exists():
        return []
    entries = json.loads(lock.read_text("utf-8"))["packages"].items()
    return [
        Package(place.rpartition("node_modules/")[2], entry["version"], entry.get("license", ""))
        for place, entry in entries
        if place and not entry.get("dev") and not entry.get("devOptional")
    ]
