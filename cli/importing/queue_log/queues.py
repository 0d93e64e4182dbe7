"""The queues that one person is a member of, as far as the log shows."""


class Memberships:
    """Who was added by a line, under whichever name, and who was only seen at work in a queue.

    A static member is never added: her own activity in a queue shows that she belongs to it. After
    she was taken out of a queue, late activity there shows nothing.
    """

    def __init__(self) -> None:
        self._added: set[tuple[str, str]] = set()
        self._left: set[str] = set()
        self.names: set[str] = set()
        self.was_added = False

    def add(self, queue: str, alias: str) -> None:
        """Notes that she was added under one of her names."""
        self.was_added = True
        self._added.add((queue, alias))
        self._left.discard(queue)
        self.names.add(queue)

    def remove(self, queue: str, alias: str) -> None:
        """Notes that she was taken out; another name of hers may still be a member.

        Under a name that was not added, every name of hers is meant.
        """
        if (queue, alias) in self._added:
            self._added.discard((queue, alias))
        else:
            self._added = {added for added in self._added if added[0] != queue}
        if not any(added == queue for added, _ in self._added):
            self.names.discard(queue)
            self._left.add(queue)

    def see(self, queue: str) -> None:
        """Notes activity of hers in a queue."""
        if queue and queue not in self.names and queue not in self._left:
            self.names.add(queue)
