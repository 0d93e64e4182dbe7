"""What every test is held to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pytest_socket import disable_socket, enable_socket

_UNIT = Path(__file__).parent / "unit"

# Tests share two cores with others: how long an example took says nothing about the code.
settings.register_profile("muster", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("muster")


@pytest.fixture(autouse=True)
def _no_network_in_unit_tests(request: pytest.FixtureRequest) -> Iterator[None]:
    if not request.node.path.is_relative_to(_UNIT):
        yield
        return
    # The event loop needs a socket pair of its own.
    disable_socket(allow_unix_socket=True)
    try:
        yield
    finally:
        enable_socket()
