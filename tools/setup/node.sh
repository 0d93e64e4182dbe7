#!/usr/bin/env bash
# Makes sure that node and npm that are recent enough for the web build come first on PATH=.venv/bin:$PATH.
set -euo pipefail

suits() {
  command -v npm >/dev/null && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);
  ' 2>/dev/null
}

PATH="$PWD/.venv/bin:$PATH"
suits && exit 0
echo "setup: no node ^20.19 or >=22.12 with npm on this machine, installing the one of requirements-node.lock" >&2
bash tools/setup/packages.sh requirements-node.lock
hash -r
suits || { echo "node from requirements-node.lock does not start here" >&2; exit 1; }
