"""The sources that tell of the floor: the telephones and the chats of each site."""

from collections.abc import Iterable

from services.dispatch.domain.words import Channel
from simulator.twin.happenings import Happening, StateChange
from simulator.twin.people import Worker

_KINDS = {Channel.CALL: "calls", Channel.CHAT: "chats"}


class Sources:
    """Which source tells of whom: the one of the site and of the channel that she works in."""

    def __init__(self, workers: Iterable[Worker]) -> None:
        self._of_agent: dict[str, str] = {}
        self._of_queue: dict[str, str] = {}
        self._site_of: dict[str, str] = {}
        for worker in workers:
            source = f"{worker.place.site}-{_KINDS[worker.queue.channel]}"
            self._of_agent[worker.name] = self._of_queue[worker.queue.id] = source
            self._site_of[source] = worker.place.site

    @property
    def names(self) -> tuple[str, ...]:
        """All sources, in the order of the sites."""
        return tuple(self._site_of)

    def at(self, site: str) -> tuple[str, ...]:
        """Returns the sources of a site, given by its id."""
        return tuple(name for name, of_site in self._site_of.items() if of_site == site)

    def of(self, happening: Happening) -> str:
        """Returns the source that tells what happened."""
        if isinstance(happening, StateChange):
            return self._of_agent[happening.agent]
        return self._of_queue[happening.queue]
