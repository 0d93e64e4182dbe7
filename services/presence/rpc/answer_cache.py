"""Packed answers, kept while what they were made from is the same."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from muster.presence.v1 import state_pb2

from services.presence.app.read_timelines import Read
from services.presence.domain.site_timelines import SiteTimelines
from services.presence.rpc.answers import cursor_of


class HasCursor(Protocol):
    """An answer that tells at which place it was read."""

    @property
    def cursor(self) -> state_pb2.Cursor: ...


Answer = TypeVar("Answer", bound=HasCursor)
MOST_ANSWERS = 32


class AnswerCache(Generic[Answer]):
    """The newest answers of a method.

    They are known by the very timelines they tell: whoever reads a site in which nothing has
    changed is given the same ones.
    """

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[int, int], tuple[SiteTimelines, Answer]] = OrderedDict()

    async def get(self, read: Read, variant: int, make: Callable[[], Answer]) -> Answer:
        """Returns the answer made of the same timelines in the same variant, or makes it."""
        key = id(read.timelines), variant
        kept = self._answers.get(key)
        if kept is not None and kept[0] is read.timelines:
            answer = kept[1]
            self._answers.move_to_end(key)
            # The same timelines are right at a later place too, and from there on changes follow.
            answer.cursor.CopyFrom(cursor_of(read.place))
            return answer
        answer = await asyncio.to_thread(make)
        self._answers[key] = (read.timelines, answer)
        if len(self._answers) > MOST_ANSWERS:
            self._answers.popitem(last=False)
        return answer
