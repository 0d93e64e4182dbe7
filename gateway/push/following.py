"""One topic as one reader follows it."""

import asyncio
from typing import Protocol

from gateway.domain.feed import Position
from gateway.domain.topics import Topic


class PlaceLostError(Exception):
    """The reader cannot go on with a topic from where it stands: only a snapshot helps."""

    def __init__(self, topic: Topic) -> None:
        super().__init__(str(topic))
        self.topic = topic


class Following(Protocol):
    """Gives a reader what it lacks of a topic, one frame at a time."""

    @property
    def topic(self) -> Topic:
        """What is followed."""
        ...

    @property
    def place(self) -> Position | None:
        """Up to where the reader was told; None if the topic has no places or none is known yet."""
        ...

    def listen(self, wake: asyncio.Event) -> None:
        """Begins it; from then on the event is set whenever there may be more."""
        ...

    async def next_frame(self) -> bytes | None:
        """Returns the next frame, None if there is none now. Raises PlaceLostError."""
        ...

    async def close(self) -> None:
        """Ends what was begun."""
        ...
