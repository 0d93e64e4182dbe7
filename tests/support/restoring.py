"""What is done after a restore, once nobody is connected any more."""

import asyncio

from chassis.clock import SystemClock
from chassis.database.epochs import ProcessesConnected, RaisedEpoch, raise_epochs
from tests.support.waiting import eventually


async def raised(owner_url: str, owner: str = "presence") -> list[RaisedEpoch]:
    """Raises the epoch of all sites of an owner's database; a server notices with some delay that
    who was connected has gone.
    """
    admin_url = owner_url.replace(f"//{owner}:", "//postgres:", 1)
    done: list[RaisedEpoch] = []

    async def is_done() -> bool:
        try:
            done.extend(await asyncio.to_thread(raise_epochs, admin_url, SystemClock().now()))
        except ProcessesConnected:
            # A connection that was closed is known to the server for a moment more.
            return False
        return True

    await eventually(is_done)
    return done
