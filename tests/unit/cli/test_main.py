"""The command as a whole."""

from importlib.metadata import version

import pytest
import typer
from typer.testing import CliRunner

from cli.errors import CommandError
from cli.main import COMMANDS, app
from cli.run import find_process


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    shown = CliRunner().invoke(app, [command, "--help"], prog_name="muster")

    assert shown.exit_code == 0, shown.output
    assert f"Usage: muster {command}" in shown.output


def test_the_overview_names_every_command() -> None:
    shown = CliRunner().invoke(app, ["--help"])

    assert all(f" {command} " in shown.output for command in COMMANDS)


def test_the_version_is_told() -> None:
    shown = CliRunner().invoke(app, ["--version"])

    assert shown.output == f"muster {version('muster')}\n"


def test_a_refusal_is_one_line_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CommandError("no room: make some", exit_code=4)

    monkeypatch.setattr(typer.Typer, "__call__", refuse)

    with pytest.raises(SystemExit) as ended:
        app()

    assert ended.value.code == 4
    assert capsys.readouterr().err == "muster: no room: make some\n"


def test_a_process_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(CommandError, match="choose one of analytics, dispatch, gateway, presence"):
        find_process("payroll")


def test_every_process_is_found_without_being_imported() -> None:
    assert find_process("presence").value == "services.presence.main:run"
