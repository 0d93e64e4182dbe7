#!/usr/bin/env bash
# Pins what pyproject.toml asks for, with hashes and without addresses. The largest set is resolved first and the others
# are held to it, so that any two locks can be installed into one environment. UPGRADE=1 takes newer versions.
set -euo pipefail

compile() {
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@"
}

compile ${UPGRADE:+--upgrade} --group dev --extra local pyproject.toml --output-file requirements-dev.lock
compile pyproject.toml --constraint requirements-dev.lock --output-file requirements.lock
compile pyproject.toml --extra local --constraint requirements-dev.lock --output-file requirements-local.lock
compile --group build --constraint requirements-dev.lock --output-file requirements-build.lock
compile ${UPGRADE:+--upgrade} --group node --output-file requirements-node.lock
