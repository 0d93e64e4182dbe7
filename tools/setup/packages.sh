#!/usr/bin/env bash
# Installs what one lock file pins into .venv and, with --project, this tree itself, so that .venv/bin/muster runs it.
# Packages that another lock added before stay: the locks agree on versions.
set -euo pipefail

lock=$1
echo "setup: packages of $lock" >&2
install=(.venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps)
"${install[@]}" --require-hashes --requirement "$lock"
if [ "${2:-}" = --project ]; then
  "${install[@]}" --no-build-isolation --editable .
fi
mkdir -p .venv/stamps
