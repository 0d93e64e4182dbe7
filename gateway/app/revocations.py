"""Word that somebody's access was taken, for whatever stays open and must then ask anew."""

import asyncio


class Revocations:
    """Wakes everybody who waits. Who it was stays unsaid: asking anew costs next to nothing."""

    def __init__(self) -> None:
        self.count = 0
        self._next = asyncio.Event()

    def announce(self) -> None:
        """Tells that some access was taken at this replica."""
        self.count += 1
        self._next.set()
        self._next = asyncio.Event()

    async def beyond(self, count: int) -> None:
        """Waits until there were more than so many."""
        while self.count <= count:
            await self._next.wait()
