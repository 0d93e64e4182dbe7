"""Makes a release in the tree, to be read and committed: version, changelog, released contracts.

protos/released.binpb is the image of the contracts that callers may rely on; breaking checks
compare with it, and nothing but this changes it. `--contracts` makes it alone.
"""

import argparse
import re
import subprocess
import sys
from pathlib import Path

from chassis.clock import SystemClock
from tools.release.changelog import close_section

CHANGELOG = Path("CHANGELOG.md")
RELEASED = Path("protos/released.binpb")
# Where the version stands, by what stands before it on its line.
VERSIONED = {
    Path("pyproject.toml"): 'version = "',
    Path("gateway/web/package.json"): '  "version": "',
    Path("k8s/overlays/demo/kustomization.yaml"): "    newTag: ",
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.release", description=__doc__)
    parser.add_argument("version", nargs="?", default="", help="for example 0.2.0")
    parser.add_argument("--contracts", action="store_true", help="make the image alone")
    arguments = parser.parse_args()
    if arguments.contracts:
        write_image()
        return 0
    if not re.fullmatch(r"\d+\.\d+\.\d+", arguments.version):
        parser.error("name the version, for example: make release V=0.2.0")
    day = SystemClock().now().date().isoformat()
    changelog = close_section(CHANGELOG.read_text("utf-8"), arguments.version, day)
    CHANGELOG.write_text(changelog, "utf-8")
    for file, before in VERSIONED.items():
        file.write_text(with_version(file.read_text("utf-8"), before, arguments.version), "utf-8")
    write_image()
    print("Read the change and write the changelog's section for its readers, then:")
    print(f"git commit -am 'build: release {arguments.version}' && git tag v{arguments.version}")
    return 0


def with_version(text: str, before: str, version: str) -> str:
    """The text with another version on the first line that begins with `before`."""
    line = re.compile(rf"^({re.escape(before)})[\w.]+", re.MULTILINE)
    changed, count = line.subn(rf"\g<1>{version}", text, count=1)
    if not count:
        raise ValueError(f"there is no line that begins with {before!r}")
    return changed


def write_image() -> None:
    """Writes the image of the contracts as they are now."""
    subprocess.run([".venv/bin/buf", "build", "protos", "-o", str(RELEASED)], check=True)


if __name__ == "__main__":
    sys.exit(main())
