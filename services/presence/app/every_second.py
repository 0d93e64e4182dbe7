"""A duty that is done each second, as long as the process lives."""

import asyncio
from collections.abc import Awaitable, Callable

from services.presence.telemetry import SourceTelemetry

_PAUSE_SECONDS = 1.0


async def every_second(
    duty: Callable[[], Awaitable[None]], name: str, telemetry: SourceTelemetry
) -> None:
    """Does a duty each second. One that fails is tried again: what it needs comes back."""
    while True:
        try:
            await duty()
        except Exception as error:
            telemetry.duty_failed(name, repr(error))
        await asyncio.sleep(_PAUSE_SECONDS)
