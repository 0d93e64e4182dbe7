"""Where one person is paused, and whether that makes a break."""

import re
from collections.abc import Set as AbstractSet

from cli.importing.queue_log.facts import Kind

_NO_LETTER = re.compile(r"[\W_]+")
_WRAP_UP = frozenset(
    {"wrapup", "wrapuptime", "wrappingup", "acw", "aftercall", "aftercallwork", "aftercontactwork"}
)


class Pauses:
    """She is on a break while she is paused for all, or in every queue that she is a member of."""

    def __init__(self) -> None:
        self._for_all = False
        self._queues: set[str] = set()
        self.reason = ""

    def pause(self, queue: str, reason: str) -> None:
        """Pauses her in one queue."""
        self._queues.add(queue)
        self.explain(reason)

    def pause_all(self, queues: AbstractSet[str], reason: str) -> None:
        """Pauses her in the queues that she is a member of, and in those that are not known."""
        self._for_all = True
        self._queues |= queues
        self.explain(reason)

    def unpause(self, queue: str) -> None:
        """Ends the pause in one queue, and with it that of all."""
        self._for_all = False
        self._queues.discard(queue)
        self._forget_reason()

    def unpause_all(self) -> None:
        """Ends every pause."""
        self._for_all = False
        self._queues.clear()
        self._forget_reason()

    def forget(self, queue: str) -> None:
        """Drops the pause of a membership that ended."""
        self._queues.discard(queue)

    def explain(self, reason: str) -> None:
        """Notes why; a pause without a reason keeps the one that was told."""
        self.reason = reason or self.reason

    def is_break(self, queues: AbstractSet[str]) -> bool:
        """Tells whether a member of these queues takes no calls."""
        return self._for_all or bool(self._queues and queues <= self._queues)

    def _forget_reason(self) -> None:
        if not self._queues:
            self.reason = ""


def kind_of_break(reason: str) -> Kind:
    """Returns what a pause for this reason is: many systems log the work after a call as one."""
    letters = _NO_LETTER.sub("", reason).casefold()
    return Kind.WRAP_UP if letters in _WRAP_UP else Kind.BREAK
