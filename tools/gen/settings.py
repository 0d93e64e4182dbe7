"""The settings of every process, as their classes describe them."""

import importlib
import inspect
from importlib.metadata import entry_points
from importlib.util import find_spec

from chassis.config import ProcessSettings, Setting, list_settings
from cli.variables import VARIABLES


def list_processes() -> dict[str, list[Setting]]:
    """The settings that all processes share, that each process adds, and of the command line."""
    common = list_settings(ProcessSettings)
    processes = {"every process": list(common)}
    for entry in sorted(entry_points(group="muster.processes"), key=lambda entry: entry.name):
        settings_type = _settings_class(entry.module.removesuffix(".main") + ".config")
        added = [setting for setting in list_settings(settings_type) if setting not in common]
        if added:
            processes[entry.name] = added
    processes["the command line"] = list(VARIABLES)
    return processes


def _settings_class(module_name: str) -> type[ProcessSettings]:
    if find_spec(module_name) is None:
        return ProcessSettings
    module = importlib.import_module(module_name)
    for _, value in inspect.getmembers(module, inspect.isclass):
        if issubclass(value, ProcessSettings) and value is not ProcessSettings:
            return value
    return ProcessSettings
