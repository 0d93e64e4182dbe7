"""The reference pages that are made from the contracts and the code, so that they cannot lie."""

import re
from collections.abc import Callable
from pathlib import Path

from chassis.config import Setting
from tools.gen.api_html import PLACE as API_HTML
from tools.gen.api_html import api_html
from tools.gen.contracts import Method, list_reasons, list_services, load_files
from tools.gen.events import events_page
from tools.gen.metrics import list_metrics
from tools.gen.openapi import PLACE as OPENAPI
from tools.gen.openapi import openapi_text
from tools.gen.settings import list_processes

MADE = "<!-- Made by `make gen`. Edit the source it names, not this page. -->\n"


def all_pages() -> dict[Path, str]:
    """Every generated page by its place."""
    folder = Path("docs/reference")
    pages: dict[str, Callable[[], str]] = {
        "api.md": api_page,
        "events.md": lambda: events_page(load_files()),
        "reasons.md": reasons_page,
        "settings.md": settings_page,
        "metrics.md": metrics_page,
    }
    made = {folder / name: f"{MADE}\n{page().rstrip()}\n" for name, page in pages.items()}
    return made | {OPENAPI: openapi_text(), API_HTML: api_html()}


def api_page() -> str:
    """Services and methods: path, permission, promise."""
    lines = [
        "# API",
        "",
        "Source: `protos/`. Public methods are served by the gateway, as gRPC and, where a path is",
        "given, as REST; internal ones are spoken between Muster's own processes.",
    ]
    for service in list_services(load_files()):
        lines += ["", f"## {service.name}", "", service.comment]
        for method in service.methods:
            lines += ["", f"### {method.name}", "", *_method_lines(method), "", method.comment]
    return "\n".join(lines)


def reasons_page() -> str:
    """Every reason for a refusal: what it means and what the caller can do."""
    lines = [
        "# Reasons for refusals",
        "",
        "Source: `protos/muster/*/v1/error_reason.proto`. A reason comes in `google.rpc.ErrorInfo`"
        " or,",
        "over REST, as `reason` of a problem document; the domain names who refused.",
    ]
    owner = ""
    for reason in sorted(list_reasons(load_files()), key=lambda reason: reason.owner):
        if reason.owner != owner:
            owner = reason.owner
            lines += ["", f"## {owner}.muster", "", "| reason | meaning and remedy |", "|---|---|"]
        meaning = re.sub("^Means (that )?", "", reason.comment)
        lines.append(f"| `{reason.name}` | {meaning[:1].upper() + meaning[1:]} |")
    return "\n".join(lines)


def settings_page() -> str:
    """Every environment variable of every process."""
    lines = [
        "# Settings",
        "",
        "Source: the `config.py` of the chassis and of each process, and `cli/variables.py`."
        " Settings are environment",
        "variables; `muster up` sets them for the processes that it starts.",
    ]
    for process, settings in list_processes().items():
        lines += ["", f"## {process}", "", "| variable | default | meaning |", "|---|---|---|"]
        lines += [_settings_row(setting) for setting in settings]
    return "\n".join(lines)


def metrics_page() -> str:
    """Every metric that a process exposes."""
    lines = [
        "# Metrics",
        "",
        "Source: where each metric is declared. Each process serves them at `/metrics` of its admin"
        " port.",
        "",
        "| metric | kind | labels | meaning |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| `{metric.name}` | {metric.kind} | {', '.join(metric.labels)} | {metric.meaning} |"
        for metric in list_metrics()
    ]
    return "\n".join(lines)


def _method_lines(method: Method) -> list[str]:
    facts = [f"- takes `{method.request}`, returns `{method.response}`"]
    if method.http:
        facts.append(f"- `{method.http}`")
    facts.append(f"- {method.visibility.lower()}; permission: `{method.permission}`")
    return facts


def _settings_row(setting: Setting) -> str:
    default = "required" if setting.required else setting.default and f"`{setting.default}`"
    meaning = setting.meaning + (" A secret." if setting.secret else "")
    unit = f" {setting.unit}" if setting.unit else ""
    return f"| `{setting.environment}` | {default}{unit} | {meaning} |"
