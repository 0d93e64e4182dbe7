#!/usr/bin/env bash
# Makes .venv if there is none that works here. The scripts of an environment hold its absolute place, so a folder that
# was moved or copied gets a new one.
set -euo pipefail

here=$(pwd -P)
if [ "$(cat .venv/place 2>/dev/null || true)" = "$here" ] && .venv/bin/python -c '' 2>/dev/null; then
  exit 0
fi
python=$(bash tools/setup/python.sh)
echo "setup: new environment .venv with $("$python" --version)" >&2
"$python" -m venv --clear .venv
printf '%s\n' "$here" >.venv/place
