"""Reads a queue log event by event: what each line changes, and what is open after it."""

from collections.abc import Callable, Iterator

from cli.importing.queue_log.calls import Calls
from cli.importing.queue_log.events import Event
from cli.importing.queue_log.facts import Count, Fact, Kind, Leg, Span
from cli.importing.queue_log.person import Person
from cli.importing.queue_log.rules import LoginModel, Rules


class Fold:
    """The state of a queue log after some of its lines.

    Feed it the events in the order of the log. Each gives the facts that it begins, changes or
    ends; what is open at any moment is in `open_spans` and `open_legs`. The state is plain data: it
    can be pickled, and feeding the same events again rebuilds it.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._people: dict[str, Person] = {}
        self._calls = Calls(self._people)

    def feed(self, event: Event) -> list[Fact]:
        """Returns what a line changes; nothing for an event that is not known or says nothing."""
        handle = _HANDLERS.get(event.name)
        return [] if handle is None else list(handle(self, event))

    @property
    def people(self) -> list[str]:
        """Everybody whom the log named, by name."""
        return sorted(self._people)

    @property
    def idle_members(self) -> list[str]:
        """Whoever was added to a queue and never at work, perhaps since the log names her twice."""
        people = self._people.values()
        return sorted(
            who.name for who in people if who.memberships.was_added and not who.was_at_work
        )

    @property
    def signed_out(self) -> frozenset[str]:
        """Everybody whose last word is that she signed out."""
        return frozenset(span.person for span in self.open_spans() if span.kind is Kind.OFFLINE)

    def open_spans(self) -> Iterator[Span]:
        """Yields the spans that no line ended."""
        for person in self._people.values():
            yield from person.open_spans()

    def spans_of(self, name: str) -> list[Span]:
        """Returns the open spans of one person; none of somebody whom the log never named."""
        person = self._people.get(name)
        return [] if person is None else list(person.open_spans())

    def open_legs(self) -> list[Leg]:
        """Returns the legs that no line ended, in their order."""
        return self._calls.open_legs()

    def _person(self, alias: str) -> Person:
        name = self._rules.aliases.get(alias, alias)
        person = self._people.get(name)
        if person is None:
            person = self._people[name] = Person(name)
        return person

    # Being signed in.

    def _log_in(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        if self._rules.login_model is not LoginModel.AGENT_EVENTS:
            return
        yield from self._drop_lost_talks(person)
        person.logins.add(event.agent)
        person.login_count += 1
        yield from person.sign_in(event.at)

    def _log_off(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        if self._rules.login_model is not LoginModel.AGENT_EVENTS:
            return
        person.logins.discard(event.agent)
        if person.logins:
            return
        yield from self._drop_lost_talks(person)
        # The seconds of a line are those of its own session, not of several run into one.
        yield from person.sign_out(event.at, event.length if person.login_count <= 1 else None)

    def _add(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        person.memberships.add(event.queue, event.agent)
        if event.name == "ADDMEMBER":
            if event.text == "PAUSED":
                person.pauses.pause(event.queue, "")
            else:
                person.pauses.unpause(event.queue)
        if self._rules.login_model is LoginModel.MEMBERSHIP:
            if not person.is_signed_in:
                yield from self._drop_lost_talks(person)
            yield from person.sign_in(event.at)
        yield from person.review_pauses(event.at)

    def _remove(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        person.memberships.remove(event.queue, event.agent)
        if event.queue not in person.memberships.names:
            person.pauses.forget(event.queue)
        if self._rules.login_model is LoginModel.MEMBERSHIP and not person.memberships.names:
            yield from self._drop_lost_talks(person)
            yield from person.sign_out(event.at)
        yield from person.review_pauses(event.at)

    def _see(self, person: Person, event: Event) -> Iterator[Fact]:
        """Notes activity: it shows a member of whom no line says that she was added."""
        person.was_at_work = True
        known = event.queue in person.memberships.names
        person.memberships.see(event.queue)
        is_member = not known and event.queue in person.memberships.names
        by_membership = self._rules.login_model is LoginModel.MEMBERSHIP
        if person.is_unknown or (by_membership and is_member):
            yield from person.sign_in(event.at, inferred=True)

    # Breaks and wrap-up.

    def _pause(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        yield from self._see(person, event)
        if event.queue and event.name == "PAUSE":
            person.pauses.pause(event.queue, event.text)
        else:
            person.pauses.pause_all(person.memberships.names, event.text)
        yield from person.review_pauses(event.at)

    def _unpause(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        yield from self._see(person, event)
        if event.queue and event.name == "UNPAUSE":
            person.pauses.unpause(event.queue)
        else:
            person.pauses.unpause_all()
        yield from person.review_pauses(event.at)

    def _explain_pause(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        person.pauses.explain(event.text)
        yield from person.review_pauses(event.at)

    def _wrap_up(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        yield from self._see(person, event)
        yield from person.begin_wrap_up(event.at, event.length or 0, event.call)

    # Calls.

    def _enter(self, event: Event) -> Iterator[Fact]:
        return self._calls.enter(event)

    def _connect(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        yield from self._see(person, event)
        yield from self._drop_lost_talks(person)
        yield from self._calls.connect(event, person)
        yield from person.review_pauses(event.at)

    def _complete(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        yield from self._see(person, event)
        yield from self._calls.complete(event, person)

    def _leave(self, event: Event) -> Iterator[Fact]:
        return self._calls.leave(event)

    def _drop(self, event: Event) -> Iterator[Fact]:
        return self._calls.drop(event)

    def _miss(self, event: Event) -> Iterator[Fact]:
        person = self._person(event.agent)
        yield from self._see(person, event)
        # Two phones of one person that ring at once are one call that she missed.
        missed = (event.at, event.call, event.queue)
        if missed != person.last_missed:
            person.last_missed = missed
            yield Count(event.at, "person", person.name, "ring_no_answer")
        yield from person.review_pauses(event.at)

    def _notice(self, event: Event) -> Iterator[Fact]:
        return self._see(self._person(event.agent), event)

    # The telephone system.

    def _restart(self, event: Event) -> Iterator[Fact]:
        for person in self._people.values():
            person.note_restart(event.at)
        return iter(())

    def _drop_lost_talks(self, person: Person) -> Iterator[Fact]:
        for span in person.drop_lost_talks():
            yield span
            assert span.end is not None  # noqa: S101 - it was just ended
            yield from self._calls.lose(span.contact, span.end)


_HANDLERS: dict[str, Callable[[Fold, Event], Iterator[Fact]]] = {
    "ENTERQUEUE": Fold._enter,
    "CALLOUTBOUND": Fold._enter,
    "CONNECT": Fold._connect,
    "COMPLETEAGENT": Fold._complete,
    "COMPLETECALLER": Fold._complete,
    "TRANSFER": Fold._complete,
    "BLINDTRANSFER": Fold._complete,
    "ATTENDEDTRANSFER": Fold._complete,
    "ABANDON": Fold._leave,
    "EXITEMPTY": Fold._leave,
    "EXITWITHKEY": Fold._leave,
    "EXITWITHTIMEOUT": Fold._leave,
    "WITHDRAW": Fold._leave,
    "LEAVEEMPTY": Fold._leave,
    "SYSCOMPAT": Fold._drop,
    "RINGNOANSWER": Fold._miss,
    "RINGCANCELED": Fold._notice,
    "AGENTDUMP": Fold._notice,
    "AGENTLOGIN": Fold._log_in,
    "AGENTCALLBACKLOGIN": Fold._log_in,
    "AGENTLOGOFF": Fold._log_off,
    "AGENTCALLBACKLOGOFF": Fold._log_off,
    "ADDMEMBER": Fold._add,
    "ADDMEMBER2": Fold._add,
    "REMOVEMEMBER": Fold._remove,
    "PAUSE": Fold._pause,
    "PAUSEALL": Fold._pause,
    "UNPAUSE": Fold._unpause,
    "UNPAUSEALL": Fold._unpause,
    "PAUSEREASON": Fold._explain_pause,
    "WRAPUPSTART": Fold._wrap_up,
    "QUEUESTART": Fold._restart,
}
