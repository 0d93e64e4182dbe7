"""One person's day, told line by line: signed in or out, on a break, in wrap-up, in calls."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from cli.importing.queue_log.facts import Fact, Kind, Span
from cli.importing.queue_log.pauses import Pauses, kind_of_break
from cli.importing.queue_log.queues import Memberships


@dataclass(slots=True)
class Talk:
    """A conversation in hand. `restart` is when the telephone system started anew during it."""

    span: Span
    restart: float | None = None


@dataclass(slots=True)
class Person:
    """What is open of one person; each method returns the facts that a line changes."""

    name: str
    memberships: Memberships = field(default_factory=Memberships)
    pauses: Pauses = field(default_factory=Pauses)
    logins: set[str] = field(default_factory=set)
    login_count: int = 0
    presence: Span | None = None
    pause: Span | None = None
    wrap_up: Span | None = None
    talks: dict[str, Talk] = field(default_factory=dict)
    was_at_work: bool = False
    last_missed: tuple[float, str, str] | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether she is signed in; not, if the log has not told yet."""
        return self.presence is not None and self.presence.kind is Kind.ONLINE

    @property
    def is_unknown(self) -> bool:
        """Whether no line has told yet if she is signed in."""
        return self.presence is None

    def sign_in(self, at: float, *, inferred: bool = False) -> Iterator[Fact]:
        """Begins a session unless one is open; a line that says so ends one that was inferred."""
        if self.is_signed_in and (inferred or not self._is_inferred):
            return
        yield from self._be(Kind.ONLINE, at, inferred=inferred)
        yield from self.review_pauses(at)

    def sign_out(self, at: float, seconds: float | None = None) -> Iterator[Fact]:
        """Ends the session, its break and wrap-up. The next session begins without a pause."""
        if self.presence is not None and self.presence.kind is Kind.OFFLINE:
            return
        self.login_count = 0
        self.pauses.unpause_all()
        yield from self._end_pause(at)
        yield from self._end_wrap_up(at)
        if self.presence is not None:
            self.presence.seconds = seconds
        elif seconds is not None:
            yield Span(self.name, Kind.ONLINE, at, at, seconds=seconds)
        yield from self._be(Kind.OFFLINE, at)

    def review_pauses(self, at: float) -> Iterator[Fact]:
        """Begins, ends or splits the break as pauses, memberships and the session now have it."""
        if not (self.is_signed_in and self.pauses.is_break(self.memberships.names)):
            yield from self._end_pause(at)
            return
        reason = self.pauses.reason
        if self.pause is not None and not self.pause.reason:
            # The reason may be told by a line of its own.
            self.pause.reason, self.pause.kind = reason, kind_of_break(reason)
        if self.pause is not None and self.pause.reason != reason:
            yield from self._end_pause(at)
        if self.pause is None:
            self.pause = Span(self.name, kind_of_break(reason), at, reason=reason)
        yield self.pause

    def begin_wrap_up(self, at: float, seconds: float, contact: str) -> Iterator[Fact]:
        """Begins wrap-up that ends by itself after some seconds."""
        yield from self._end_wrap_up(at)
        self.wrap_up = Span(self.name, Kind.WRAP_UP, at, until=at + seconds, contact=contact)
        yield self.wrap_up

    def begin_talk(self, at: float, contact: str) -> Iterator[Fact]:
        """Takes a call into hand."""
        span = Span(self.name, Kind.BUSY, at, contact=contact)
        self.talks[contact] = Talk(span)
        yield span

    def end_talk(self, at: float, contact: str, seconds: float | None) -> Iterator[Fact]:
        """Ends a conversation; of one whose begin is not in the log only the seconds count."""
        talk = self.talks.pop(contact, None)
        span = talk.span if talk else Span(self.name, Kind.BUSY, at, contact=contact)
        if talk is None and seconds is None:
            return
        span.end, span.seconds = at, seconds
        yield span

    def note_restart(self, at: float) -> None:
        """Remembers that calls in hand cannot have outlived the telephone system."""
        for talk in self.talks.values():
            if talk.restart is None:
                talk.restart = at

    def drop_lost_talks(self) -> Iterator[Span]:
        """Ends, as of the restart, the conversations during which the telephone system restarted.

        The restart alone ends nothing; it is for a line that shows the person elsewhere to ask.
        """
        for contact, talk in list(self.talks.items()):
            if talk.restart is not None:
                del self.talks[contact]
                talk.span.end = talk.restart
                yield talk.span

    def open_spans(self) -> Iterator[Span]:
        """Yields what no line has ended."""
        singles = (self.presence, self.pause, self.wrap_up)
        yield from (span for span in singles if span is not None)
        yield from (talk.span for talk in self.talks.values())

    @property
    def _is_inferred(self) -> bool:
        return self.presence is not None and self.presence.inferred

    def _be(self, kind: Kind, at: float, *, inferred: bool = False) -> Iterator[Fact]:
        if self.presence is not None:
            self.presence.end = at
            yield self.presence
        self.presence = Span(self.name, kind, at, inferred=inferred)
        yield self.presence

    def _end_pause(self, at: float) -> Iterator[Fact]:
        if self.pause is not None:
            self.pause.end = at
            yield self.pause
            self.pause = None

    def _end_wrap_up(self, at: float) -> Iterator[Fact]:
        if self.wrap_up is not None:
            assert self.wrap_up.until is not None  # noqa: S101 - wrap-up begins with its length
            self.wrap_up.end = min(at, self.wrap_up.until)
            yield self.wrap_up
            self.wrap_up = None
