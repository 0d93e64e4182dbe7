"""Forgetting contacts after their retention."""

import asyncio
from datetime import timedelta

from services.dispatch.app.ports import ContactLog
from services.dispatch.telemetry import DispatchTelemetry

PAUSE = timedelta(hours=1)


async def forget_old_contacts(
    log: ContactLog, retention: timedelta, telemetry: DispatchTelemetry
) -> None:
    """Deletes, every hour for ever, contacts of which nothing was recorded for the retention."""
    while True:
        try:
            count = await log.forget(retention)
        except Exception as error:  # an hour later is early enough
            telemetry.forgetting_failed(error)
        else:
            if count:
                telemetry.contacts_forgotten(count)
        await asyncio.sleep(PAUSE.total_seconds())
