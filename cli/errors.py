"""What a command says when it cannot do its work."""


class CommandError(Exception):
    """Ends the command with one line on standard error that says what is wrong and what to do."""

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code
