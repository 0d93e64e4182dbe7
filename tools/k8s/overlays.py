"""Renders the overlays, offline, with the kubectl of the environment."""

import subprocess
from pathlib import Path
from typing import Any

import yaml

OVERLAYS = Path("k8s/overlays")
KUBERNETES_VERSION = "1.37"

Manifest = dict[str, Any]


def overlay_names() -> list[str]:
    """The overlays by name."""
    return sorted(file.parent.name for file in OVERLAYS.glob("*/kustomization.yaml"))


def render(name: str) -> str:
    """The manifests of one overlay as YAML."""
    command = [".venv/bin/kubectl", "kustomize", str(OVERLAYS / name)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def parse(text: str) -> list[Manifest]:
    """The manifests of a rendered overlay."""
    return [manifest for manifest in yaml.safe_load_all(text) if manifest]
