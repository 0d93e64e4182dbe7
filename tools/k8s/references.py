"""Holds the secrets and configurations that workloads name against those that exist."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tools.k8s.overlays import Manifest

Reference = tuple[str, str, str]
"""Kind, name and key; the key is empty where the whole is meant."""


def missing_references(manifests: Sequence[Manifest], given: Sequence[Manifest]) -> list[str]:
    """Says which secrets and configurations are named but neither rendered nor `given`."""
    present = set(_provided([*manifests, *given]))
    return sorted(
        f"{kind} {name} {key}".rstrip()
        for kind, name, key in set(_references(manifests))
        if (kind, name, key) not in present
    )


def _provided(manifests: Iterable[Manifest]) -> Iterator[Reference]:
    for manifest in manifests:
        if manifest["kind"] in {"Secret", "ConfigMap"}:
            name = manifest["metadata"]["name"]
            yield manifest["kind"], name, ""
            for key in (*manifest.get("data", ()), *manifest.get("stringData", ())):
                yield manifest["kind"], name, key


def _references(node: Any) -> Iterator[Reference]:
    if isinstance(node, list):
        for element in node:
            yield from _references(element)
    if isinstance(node, dict):
        yield from _named_here(node)
        for value in node.values():
            yield from _references(value)


def _named_here(node: Manifest) -> Iterator[Reference]:
    for kind, field in (("Secret", "secretKeyRef"), ("ConfigMap", "configMapKeyRef")):
        if field in node:
            yield kind, node[field]["name"], node[field]["key"]
    if isinstance(secret := node.get("secret"), dict):
        yield from _volume("Secret", secret["secretName"], secret)
    if isinstance(config := node.get("configMap"), dict):
        yield from _volume("ConfigMap", config["name"], config)


def _volume(kind: str, name: str, volume: Manifest) -> Iterator[Reference]:
    items = volume.get("items")
    if not items:
        yield kind, name, ""
    for item in items or ():
        yield kind, name, item["key"]
