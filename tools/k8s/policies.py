"""What every manifest must say beyond its schema: the rules of the house as pure checks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tools.k8s.overlays import Manifest

_LONG_RUNNING = frozenset({"Deployment", "StatefulSet", "DaemonSet"})
_WORKLOADS = _LONG_RUNNING | {"Job"}


def complaints(manifests: Sequence[Manifest]) -> list[str]:
    """Says what is wrong with the manifests of one overlay; empty if nothing is."""
    found: list[str] = []
    for manifest in manifests:
        if manifest["kind"] in _WORKLOADS:
            found += [f"{_name(manifest)}: {text}" for text in _workload(manifest, manifests)]
        if manifest["kind"] == "Service" and not _selected_by_service(manifest, manifests):
            found.append(f"{_name(manifest)}: selects no workload")
    return found


def _workload(manifest: Manifest, manifests: Sequence[Manifest]) -> Iterator[str]:
    pod = manifest["spec"]["template"]["spec"]
    labels = manifest["spec"]["template"]["metadata"]["labels"]
    yield from _pod(pod)
    for container in (*pod["containers"], *pod.get("initContainers", ())):
        yield from (f"container {container['name']}: {text}" for text in _container(container))
    if not _selecting("NetworkPolicy", labels, manifests):
        yield "no network policy selects it"
    if manifest["kind"] in _LONG_RUNNING and _is_reached(pod):
        for container in pod["containers"]:
            yield from _probes(container)
        if not _selecting("PodDisruptionBudget", labels, manifests):
            yield "no disruption budget selects it"


def _is_reached(pod: Manifest) -> bool:
    """Tells whether others rely on the pod: what opens no port serves nobody."""
    return any(container.get("ports") for container in pod["containers"])


def _pod(pod: Manifest) -> Iterator[str]:
    security = pod.get("securityContext", {})
    if security.get("runAsNonRoot") is not True:
        yield "may run as root"
    if security.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        yield "has no seccomp profile"
    if pod.get("automountServiceAccountToken") is not False:
        yield "mounts a token of the cluster"
    if not pod.get("serviceAccountName"):
        yield "has no service account of its own"
    for forbidden in ("hostNetwork", "hostPID", "hostIPC"):
        if pod.get(forbidden):
            yield f"shares {forbidden} with its node"
    if any("hostPath" in volume for volume in pod.get("volumes", ())):
        yield "mounts a path of its node"


def _container(container: Manifest) -> Iterator[str]:
    tag = container["image"].rpartition("/")[2].partition(":")[2]
    if tag in {"", "latest"}:
        yield f"image {container['image']} has no fixed tag"
    security = container.get("securityContext", {})
    if security.get("readOnlyRootFilesystem") is not True:
        yield "its root is writable"
    if security.get("allowPrivilegeEscalation") is not False:
        yield "may gain privileges"
    if security.get("capabilities", {}).get("drop") != ["ALL"]:
        yield "keeps capabilities"
    resources = container.get("resources", {})
    for part in ("requests", "limits"):
        for resource in ("cpu", "memory"):
            if resource not in resources.get(part, {}):
                yield f"no {resource} in {part}"


def _probes(container: Manifest) -> Iterator[str]:
    for probe in ("readinessProbe", "livenessProbe"):
        if probe not in container:
            yield f"container {container['name']}: no {probe}"


def _selecting(kind: str, labels: Manifest, manifests: Iterable[Manifest]) -> list[Manifest]:
    key = "podSelector" if kind == "NetworkPolicy" else "selector"
    return [
        manifest
        for manifest in manifests
        if manifest["kind"] == kind
        and _matches(manifest["spec"][key].get("matchLabels", {}), labels)
    ]


def _selected_by_service(service: Manifest, manifests: Iterable[Manifest]) -> bool:
    return any(
        _matches(service["spec"]["selector"], manifest["spec"]["template"]["metadata"]["labels"])
        for manifest in manifests
        if manifest["kind"] in _LONG_RUNNING
    )


def _matches(selector: dict[str, Any], labels: dict[str, Any]) -> bool:
    return bool(selector) and selector.items() <= labels.items()


def _name(manifest: Manifest) -> str:
    return f"{manifest['kind']} {manifest['metadata']['name']}"
