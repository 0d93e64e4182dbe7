"""Renders and judges the overlays of k8s/, and makes the secrets of a deployment."""

import argparse
import sys
from pathlib import Path

import kubernetes_validate
import yaml

from tools.k8s.overlays import KUBERNETES_VERSION, Manifest, overlay_names, parse, render
from tools.k8s.policies import complaints
from tools.k8s.references import missing_references
from tools.k8s.secrets import make_secrets

RENDERED = Path(".build/k8s")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.k8s", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("render", help="write every overlay to .build/k8s")
    verbs.add_parser("check", help="hold every overlay against schemas and policies")
    secrets = verbs.add_parser("secrets", help="print new keys and passwords as manifests")
    secrets.add_argument("--namespace", default="muster-demo")
    arguments = parser.parse_args()
    if arguments.verb == "secrets":
        print(yaml.safe_dump_all(make_secrets(arguments.namespace), sort_keys=False))
        return 0
    return _render_all() if arguments.verb == "render" else _check_all()


def _render_all() -> int:
    RENDERED.mkdir(parents=True, exist_ok=True)
    for name in overlay_names():
        file = RENDERED / f"{name}.yaml"
        file.write_text(render(name), "utf-8")
        print(file)
    return 0


def _check_all() -> int:
    found: list[str] = []
    for name in overlay_names():
        manifests = parse(render(name))
        problems = [*_schema_errors(manifests), *complaints(manifests)]
        problems += [f"missing: {what}" for what in _missing(manifests)]
        found += [f"{name}: {problem}" for problem in problems]
        print(f"{name}: {len(manifests)} manifests, {len(problems)} complaints")
    for problem in found:
        print(problem)
    return 1 if found else 0


def _schema_errors(manifests: list[Manifest]) -> list[str]:
    errors = []
    for manifest in manifests:
        try:
            kubernetes_validate.validate(manifest, KUBERNETES_VERSION, strict=True)
        except kubernetes_validate.ValidationError as error:
            place = ".".join(str(part) for part in error.path)
            name = f"{manifest['kind']} {manifest['metadata']['name']}"
            errors.append(f"{name}: {place}: {error.message}")
    return errors


def _missing(manifests: list[Manifest]) -> list[str]:
    # The names are the same in every deployment; only the values are new each time.
    return missing_references(manifests, make_secrets("any"))


if __name__ == "__main__":
    sys.exit(main())
