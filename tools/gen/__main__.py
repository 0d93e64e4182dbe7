"""Makes what is generated: stubs below gen/ and reference pages below docs/reference/.

With --check it changes nothing and tells what is stale.
"""

import argparse
import filecmp
import shutil
import sys
import tempfile
from pathlib import Path

from tools.gen.pages import all_pages
from tools.gen.stubs import write_stubs

GEN = Path("gen")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.gen", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing, tell what is stale")
    if parser.parse_args().check:
        return _check()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        write_stubs(fresh)
        for name in stale_stubs(fresh, GEN):
            _bring(fresh / name, GEN / name)
    for place, text in all_pages().items():
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, "utf-8")
    return 0


def _check() -> int:
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder)
        write_stubs(fresh)
        stale = [str(GEN / name) for name in stale_stubs(fresh, GEN)]
    stale += [
        str(place)
        for place, text in all_pages().items()
        if not place.exists() or place.read_text("utf-8") != text
    ]
    for name in stale:
        print(f"stale: {name}")
    if stale:
        print("Run `make gen` and commit what it changes.")
    return 1 if stale else 0


def stale_stubs(fresh: Path, committed: Path) -> list[Path]:
    """Names what differs between the two folders, whichever side it is on."""
    names = {
        file.relative_to(folder)
        for folder in (fresh, committed)
        for file in folder.rglob("*_pb2*")
        if file.suffix in {".py", ".pyi"}
    }
    return [
        name
        for name in sorted(names)
        if not (fresh / name).exists()
        or not (committed / name).exists()
        or not filecmp.cmp(fresh / name, committed / name, shallow=False)
    ]


def _bring(fresh: Path, place: Path) -> None:
    if fresh.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(fresh, place)
    else:
        place.unlink()


if __name__ == "__main__":
    sys.exit(main())
