"""Daily roots that were taken out of the operator's reach, and the files of leaves beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cli.errors import CommandError
from proof.daily_root import DailyRoot, root_from_json
from proof.encoding import DamagedBytesError
from proof.leaves import Leaves, agree, read_leaves

_SUFFIX = ".root.json"


@dataclass(frozen=True, slots=True)
class ExportedRoots:
    """Roots as files say."""

    files: dict[str, Path]
    roots: Sequence[DailyRoot]

    def of(self, site: str) -> list[DailyRoot]:
        """Returns the roots of a site, by day."""
        return sorted((root for root in self.roots if root.site == site), key=lambda one: one.day)

    def find_leaves(self, root: DailyRoot) -> Leaves | None:
        """Reads the leaves of a root; None if there are none, or they are not those of the root."""
        file = self.files.get(root.name)
        if file is None:
            return None
        leaves_file = file.with_name(file.name.removesuffix(_SUFFIX) + ".leaves")
        if not leaves_file.is_file():
            return None
        raw = leaves_file.read_bytes()
        if sha256(raw).digest() != root.leaves_hash:
            return None
        leaves = read_leaves(raw)
        return leaves if agree(leaves, root) else None


def load_roots(folder: Path | None) -> ExportedRoots:
    """Reads every root in a folder and those below it."""
    files: dict[str, Path] = {}
    roots = []
    if folder is not None:
        if not folder.is_dir():
            raise CommandError(f"there is no folder {folder}", exit_code=2)
        for file in sorted(folder.rglob(f"*{_SUFFIX}")):
            root = load_root(file)
            files[root.name] = file
            roots.append(root)
    return ExportedRoots(files, roots)


def load_root(file: Path) -> DailyRoot:
    """Reads one root."""
    try:
        return root_from_json(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"cannot read {file}: {error.strerror}", exit_code=2) from None
    except (DamagedBytesError, UnicodeDecodeError) as error:
        raise CommandError(f"{file}: {error}", exit_code=2) from None
