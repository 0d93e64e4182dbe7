"""The rules that every overlay is held to."""

from copy import deepcopy
from typing import Any

import pytest

from tools.k8s.overlays import Manifest
from tools.k8s.policies import complaints
from tools.k8s.references import missing_references

LABELS = {"app": "a"}


def a_container() -> Manifest:
    return {
        "name": "a",
        "image": "registry.example:5000/a:1.0",
        "resources": {
            "requests": {"cpu": "1", "memory": "1Gi"},
            "limits": {"cpu": "1", "memory": "1Gi"},
        },
        "ports": [{"containerPort": 9000}],
        "readinessProbe": {},
        "livenessProbe": {},
        "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}],
        "securityContext": {
            "readOnlyRootFilesystem": True,
            "allowPrivilegeEscalation": False,
            "capabilities": {"drop": ["ALL"]},
        },
    }


def a_deployment() -> Manifest:
    pod = {
        "serviceAccountName": "a",
        "automountServiceAccountToken": False,
        "securityContext": {
            "runAsNonRoot": True,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [a_container()],
        "volumes": [{"name": "c", "configMap": {"name": "c"}}],
    }
    return {
        "kind": "Deployment",
        "metadata": {"name": "a"},
        "spec": {"template": {"metadata": {"labels": LABELS}, "spec": pod}},
    }


def an_overlay(deployment: Manifest | None = None) -> list[Manifest]:
    selector = {"matchLabels": LABELS}
    policy = {"kind": "NetworkPolicy", "metadata": {"name": "a"}, "spec": {"podSelector": selector}}
    budget = {"kind": "PodDisruptionBudget", "metadata": {"name": "a"}, "spec": {}}
    budget["spec"] = {"selector": selector}
    return [deployment or a_deployment(), policy, budget]


def test_a_deployment_that_says_everything_passes() -> None:
    assert complaints(an_overlay()) == []


@pytest.mark.parametrize(
    ("path", "value", "complaint"),
    [
        (["securityContext", "runAsNonRoot"], False, "may run as root"),
        (["securityContext", "seccompProfile"], {}, "no seccomp profile"),
        (["automountServiceAccountToken"], True, "token of the cluster"),
        (["serviceAccountName"], "", "no service account"),
        (["hostNetwork"], True, "shares hostNetwork"),
        (["volumes"], [{"name": "h", "hostPath": {}}], "path of its node"),
        (["containers", 0, "image"], "a:latest", "no fixed tag"),
        (["containers", 0, "image"], "registry.example:5000/a", "no fixed tag"),
        (["containers", 0, "securityContext", "readOnlyRootFilesystem"], False, "root is writable"),
        (["containers", 0, "securityContext", "capabilities"], {}, "keeps capabilities"),
        (["containers", 0, "resources", "limits"], {"cpu": "1"}, "no memory in limits"),
    ],
)
def test_what_is_missing_is_named(path: list[Any], value: object, complaint: str) -> None:
    deployment = deepcopy(a_deployment())
    target = deployment["spec"]["template"]["spec"]
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value

    (found,) = complaints(an_overlay(deployment))

    assert found.startswith("Deployment a: ")
    assert complaint in found


def test_a_deployment_without_a_probe_is_named() -> None:
    deployment = a_deployment()
    del deployment["spec"]["template"]["spec"]["containers"][0]["readinessProbe"]

    assert complaints(an_overlay(deployment)) == ["Deployment a: container a: no readinessProbe"]


def test_a_deployment_that_opens_no_port_needs_neither_probe_nor_budget() -> None:
    deployment = a_deployment()
    for part in ("ports", "readinessProbe", "livenessProbe"):
        del deployment["spec"]["template"]["spec"]["containers"][0][part]

    assert complaints(an_overlay(deployment)[:2]) == []


def test_a_deployment_that_no_policy_and_no_budget_selects_is_named() -> None:
    assert complaints([a_deployment()]) == [
        "Deployment a: no network policy selects it",
        "Deployment a: no disruption budget selects it",
    ]


def test_a_service_without_a_workload_is_named() -> None:
    service = {
        "kind": "Service",
        "metadata": {"name": "b"},
        "spec": {"selector": {"app": "b"}},
    }

    assert complaints([*an_overlay(), service]) == ["Service b: selects no workload"]


def test_secrets_and_configurations_that_nobody_provides_are_named() -> None:
    secret = {"kind": "Secret", "metadata": {"name": "s"}, "stringData": {"k": "v"}}

    assert missing_references([a_deployment()], []) == ["ConfigMap c", "Secret s k"]
    assert missing_references([a_deployment()], [secret]) == ["ConfigMap c"]
