"""What the bus tells about each site's states, released to readers in ticks."""

from chassis.clock import Clock
from chassis.scope import LIVE_SPAN
from gateway.domain.feed import Changes, Position, Ring, merge
from gateway.push.frames import states_frame
from gateway.push.views import TeamOf, View
from gateway.push.waking import Listeners, Tick

TICK_SECONDS = 0.25
FRAME_CHANGES = 2000
KEPT_BYTES = 4 * 1024 * 1024
"""How much encoded frames of one site may take. They are of use until the next tick."""


class Feed:
    """One site: the ring of its newest links, and the place up to which readers may read.

    Readers come for what they lack; nothing is queued for them. So a slow reader costs no memory,
    and all who see the same from the same place on get the same bytes.
    """

    def __init__(
        self, site: str, team_of: TeamOf, clock: Clock, *, tick_seconds: float = TICK_SECONDS
    ) -> None:
        self.site = site
        self.listeners = Listeners()
        self._team_of = team_of
        self._clock = clock
        self._tick = Tick(tick_seconds, self._release)
        self._ring: Ring | None = None
        self._released: Position | None = None
        self._newest_late: Position | None = None
        self._frames: dict[tuple[Position, View], tuple[Position, bytes | None]] = {}
        self._kept_bytes = 0

    @property
    def released(self) -> Position | None:
        """The newest place that readers may read; None until the place of the site is known."""
        return self._released

    @property
    def start(self) -> Position | None:
        """The place before the oldest link that is kept."""
        return self._ring.start if self._ring is not None else None

    def begin(self, position: Position) -> None:
        """Tells the place from which on the bus is followed."""
        if self._ring is None:
            self._ring = Ring(position)
            self._tick.act()

    def append(self, link: Changes) -> None:
        """Adds the next link of the site and releases it with the next tick."""
        if self._ring is None:
            self._ring = Ring(Position(link.position.epoch, link.position.seq - 1))
        self._ring.append(link)
        since_ms = self._live_since_ms()
        if any(change.occurred_time_ms < since_ms for change in link.changes):
            self._newest_late = link.position
        self._tick.ask()

    def lose(self) -> None:
        """Forgets the place: what comes next does not follow what was. Whoever stood before it has
        to fetch a snapshot.
        """
        self._ring = None
        self._released = None
        self._tick.cancel()

    def holds(self, position: Position) -> bool:
        """Tells whether a reader at that place can go on from the ring."""
        return self._ring is not None and self._ring.holds(position)

    def frame_after(self, position: Position, view: View) -> tuple[Position, bytes | None]:
        """Returns the next place and the frame that leads there; no frame if nothing there is for
        that view.

        The place must be held.
        """
        if self._newest_late is None or position >= self._newest_late:
            view = view.of_now
        key = position, view
        known = self._frames.get(key)
        if known is None:
            links = self._links_after(position)
            known = self.encode(first_links(links), view) if links else (position, None)
            self._keep(key, known)
        return known

    def encode(self, links: tuple[Changes, ...], view: View) -> tuple[Position, bytes | None]:
        """Returns the place after the links and their frame; no frame if nothing in them is for
        that view. What occurred more than a day ago is history, however late it comes.
        """
        changes = merge(links)
        if not view.sees_all:
            since_ms = self._live_since_ms()
            changes = changes.only(
                lambda change: view.sees(
                    change.agent, self._team_of, is_past=change.occurred_time_ms < since_ms
                )
            )
        frame = states_frame(self.site, changes, view.permissions) if changes.changes else None
        return changes.position, frame

    def _live_since_ms(self) -> float:
        return (self._clock.now() - LIVE_SPAN).timestamp() * 1000

    def _links_after(self, position: Position) -> tuple[Changes, ...]:
        if self._ring is None or self._released is None or position >= self._released:
            return ()
        return self._ring.after(position, self._released)

    def _keep(self, key: tuple[Position, View], encoded: tuple[Position, bytes | None]) -> None:
        self._kept_bytes += len(encoded[1] or b"")
        if self._kept_bytes > KEPT_BYTES:
            self._frames.clear()
            self._kept_bytes = len(encoded[1] or b"")
        self._frames[key] = encoded

    def _release(self) -> None:
        if self._ring is not None:
            self._released = self._ring.end
        self._frames.clear()
        self._kept_bytes = 0
        self.listeners.tell()


class Feeds:
    """The feeds of all sites."""

    def __init__(
        self, team_of: TeamOf, clock: Clock, *, tick_seconds: float = TICK_SECONDS
    ) -> None:
        self._team_of = team_of
        self._clock = clock
        self._tick_seconds = tick_seconds
        self._feeds: dict[str, Feed] = {}

    def of(self, site: str) -> Feed:
        """Returns the feed of a site, named `sites/x`."""
        if site not in self._feeds:
            feed = Feed(site, self._team_of, self._clock, tick_seconds=self._tick_seconds)
            self._feeds[site] = feed
        return self._feeds[site]


def first_links(links: tuple[Changes, ...]) -> tuple[Changes, ...]:
    """Returns as many of the first links as one frame takes; at least one."""
    count = 0
    for place, link in enumerate(links):
        count += len(link.changes)
        if count > FRAME_CHANGES and place > 0:
            return links[:place]
    return links
