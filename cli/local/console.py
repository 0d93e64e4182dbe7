"""What `muster up` shows."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from chassis.supervisor.happenings import ChildFailedError, Died, Happening, Ready, Stopped

_NAME_WIDTH = 12
_LINES_OF_A_DEATH = 4


class PatientConsole(Console):
    """Falls silent when nobody reads it any more: a closed terminal must not stop the tree."""

    def on_broken_pipe(self) -> None:
        self.quiet = True

    def print(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().print(*args, **kwargs)
        except OSError:
            self.quiet = True


class TreeConsole:
    """Tells people what the tree does, a line a fact."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def say(self, text: str) -> None:
        """Shows a sentence."""
        self._console.print(text, highlight=False, soft_wrap=True)

    def tell(self, happening: Happening) -> None:
        """Shows what happened to a child."""
        if isinstance(happening, Ready):
            self._line("green", happening.child, f"ready after {_seconds(happening.took)}")
        elif isinstance(happening, Died):
            self._died(happening)
        elif isinstance(happening, Stopped):
            how = "killed, it did not stop by itself" if happening.by_force else "stopped"
            self._line("dim", happening.child, how)

    def step_done(self, name: str, result: str) -> None:
        """Shows that a step that is no child is done."""
        self._line("green", name, result)

    def running(self, urls: Mapping[str, str], logs: Path) -> None:
        """Shows where everything is."""
        self.say("")
        self.say("[bold]Muster runs.[/bold]")
        for kind, url in urls.items():
            self.say(f"  {kind:<{_NAME_WIDTH}}[bold cyan]{escape(url)}[/bold cyan]")
        self.say(f"  {'logs':<{_NAME_WIDTH}}{escape(str(logs))}")

    def first_passwords(self, passwords: Mapping[str, str]) -> None:
        """Shows the passwords of the first accounts. They are kept nowhere."""
        self.say("")
        self.say("[bold]First passwords[/bold], shown this once: keep them.")
        for account, password in passwords.items():
            self.say(f"  {account:<{_NAME_WIDTH}}[bold]{escape(password)}[/bold]")

    def failed(self, error: ChildFailedError) -> None:
        """Shows why a child could not be brought up."""
        self._line("red", error.child, error.why)
        self._last_lines(error.last_lines)

    def _died(self, happening: Died) -> None:
        again = f"starts again in {_seconds(happening.delay)}"
        self._line("yellow", happening.child, f"{happening.how}; {again}")
        self._last_lines(happening.last_lines[-_LINES_OF_A_DEATH:])

    def _last_lines(self, lines: tuple[str, ...]) -> None:
        for line in lines:
            self.say(f"      [dim]{escape(line)}[/dim]")

    def _line(self, style: str, name: str, text: str) -> None:
        self.say(f"  [{style}]{name:<{_NAME_WIDTH}}[/{style}]{escape(text)}")


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.1f} s"
