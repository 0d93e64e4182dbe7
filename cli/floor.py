"""`muster floor`: a simulated operation at the public API."""

import importlib

import typer

app = typer.Typer(rich_markup_mode="markdown", add_completion=False)

# The command and the simulator stand side by side: it is known by its name alone.
_FLOOR = "simulator.floor.main"


@app.command()
def floor() -> None:
    """Simulate an operation: agents who report their states through the gateway, in real time.

    MUSTER_GATEWAY_TARGET names the gateway's gRPC address, MUSTER_IDENTITY_KEY_FILE the key of the
    simulator, and MUSTER_TRUST_FILE whose word it takes when somebody plays with it through the
    gateway. `muster up --demo` starts it.
    """
    importlib.import_module(_FLOOR).run()
