"""The settings of every process, as their classes describe them."""

import importlib
import inspect
from dataclasses import dataclass
from importlib.metadata import entry_points

from chassis.config import ProcessSettings


@dataclass(frozen=True, slots=True)
class Setting:
    """One environment variable."""

    variable: str
    default: str
    meaning: str


def list_processes() -> dict[str, list[Setting]]:
    """The settings that all processes share, then those that each process adds."""
    common = _settings_of(ProcessSettings)
    shared = {setting.variable for setting in common}
    processes = {"Every process": common}
    for entry in sorted(entry_points(group="muster.processes"), key=lambda entry: entry.name):
        own = _settings_of(_settings_class(entry.module.removesuffix(".main") + ".config"))
        added = [setting for setting in own if setting.variable not in shared]
        if added:
            processes[entry.name] = added
    return processes


def _settings_class(module_name: str) -> type[ProcessSettings]:
    module = importlib.import_module(module_name)
    for _, value in inspect.getmembers(module, inspect.isclass):
        if issubclass(value, ProcessSettings) and value is not ProcessSettings:
            return value
    return ProcessSettings


def _settings_of(settings: type[ProcessSettings]) -> list[Setting]:
    prefix = settings.model_config.get("env_prefix", "")
    return [
        Setting(
            variable=(prefix + name).upper(),
            default="required" if field.is_required() else f"`{field.default}`",
            meaning=field.description or "",
        )
        for name, field in settings.model_fields.items()
    ]
