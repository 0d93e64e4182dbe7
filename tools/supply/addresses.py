"""Finds addresses in lock files: where packages come from is each machine's own setting."""

import re
from collections.abc import Iterable
from pathlib import Path

_ADDRESS = re.compile(
    r'"resolved"\s*:\s*"(?!\.)|^\s*--(?:index-url|extra-index-url|find-links)'
    r"|^\S+ @ \w+://|^\s*registry\s*=",
    re.MULTILINE,
)


def lock_files(root: Path = Path()) -> list[Path]:
    """The lock files of Python and of the web app, and the web app's settings of npm."""
    web = [root / "gateway/web/package-lock.json", root / "gateway/web/.npmrc"]
    return [*sorted(root.glob("requirements*.lock")), *(file for file in web if file.exists())]


def files_with_addresses(files: Iterable[Path]) -> list[str]:
    """Tells where an address stands, as `file:line`."""
    found = []
    for file in files:
        text = file.read_text("utf-8")
        found += [
            f"{file}:{text.count(chr(10), 0, match.start()) + 1}"
            for match in _ADDRESS.finditer(text)
        ]
    return found
