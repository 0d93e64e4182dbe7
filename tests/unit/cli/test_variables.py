import ast
from collections.abc import Iterator
from pathlib import Path

from chassis.config import PREFIX
from cli.variables import VARIABLES
from tools.gen.pages import settings_page

CLI = Path("cli")
# It writes the environment of processes, whose settings are declared by them.
_PLAN = CLI / "local" / "plan.py"


def names_in(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value
            if name.startswith(PREFIX) and name.replace("_", "").isalnum():
                yield f"{file}: {name}"


def test_a_command_reads_no_variable_but_those_that_are_declared() -> None:
    files = [file for file in CLI.rglob("*.py") if file != _PLAN]

    assert len(files) > 50
    assert [name for file in files for name in names_in(file)] == []


def test_the_reference_lists_each_variable_of_the_command_line() -> None:
    section = settings_page().partition("## the command line\n")[2]

    assert [one.environment for one in VARIABLES if f"| `{one.environment}` |" not in section] == []
