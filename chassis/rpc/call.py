"""One call on its way through the layers that every server puts around its methods."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

Proceed = Callable[[], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Call:
    """What the layers know of a call.

    The method is written as on the wire, `/muster.presence.v1.PresenceService/ReportStates`.
    `headers` are in lower case and without binary ones. `remaining_seconds` is what is left of the
    caller's deadline, None if she set none. `is_known` is false if there is no such method here.
    """

    method: str
    headers: Mapping[str, str]
    remaining_seconds: float | None
    answers_with_stream: bool = False
    is_known: bool = True


Layer = Callable[[Call, Proceed], Awaitable[Any]]
"""Does its part, awaits `proceed` once (or refuses), and returns what that returned."""


async def run_layers(layers: Sequence[Layer], call: Call, answer: Proceed) -> Any:
    """Answers the call through the layers, the first one outermost."""
    proceed = answer
    for layer in reversed(layers):
        proceed = partial(layer, call, proceed)
    return await proceed()


class RelayedError(Exception):
    """A handler answered with a status of its own, such as one it passes through from a peer.

    It travels through the layers in place of a Refusal; `code` is the name of its status code.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
