"""What can be wrong with a port."""


class PortTakenError(Exception):
    """Nobody can listen there: most likely another program does."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(f"cannot listen on {host}:{port}; is another program on that port?")
        self.host = host
        self.port = port
