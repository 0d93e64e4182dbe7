#!/usr/bin/env bash
# Installs what one lock file pins into .venv, and the project itself where the lock brings what builds it. Packages that
# another lock added before stay: the locks agree on versions.
set -euo pipefail

lock=$1
echo "setup: packages of $lock"
install=(.venv/bin/python -m pip --disable-pip-version-check install --quiet --no-deps)
"${install[@]}" --require-hashes --requirement "$lock"
if grep -q '^setuptools==' "$lock"; then
  "${install[@]}" --no-build-isolation --editable .
fi
mkdir -p .venv/stamps
