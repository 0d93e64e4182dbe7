#!/usr/bin/env bash
# Prints the Python that the environment is made with: the newest supported one that can make environments at all.
set -euo pipefail

for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
  if "$candidate" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    command -v "$candidate"
    exit 0
  fi
done

{
  echo "Muster needs Python 3.11, 3.12 or 3.13 that can make virtual environments (modules venv and ensurepip)."
  for candidate in python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null; then
      echo "$candidate is here without them. On Debian and Ubuntu: apt-get install $candidate-venv"
      exit 1
    fi
  done
  echo "On Debian and Ubuntu: apt-get install python3 python3-venv"
} >&2
exit 1
