"""What a command says when it cannot do its work."""

from pathlib import Path


class CommandError(Exception):
    """Ends the command with one line on standard error that says what is wrong and what to do."""

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


def unreadable(file: Path, error: OSError | UnicodeDecodeError) -> CommandError:
    """Returns the refusal of a text file that cannot be read."""
    why = error.strerror or error if isinstance(error, OSError) else "it is no text in UTF-8"
    return CommandError(f"{file} cannot be read: {why}")
