"""Brings what a queue log came to, to the gateway."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

import grpc.aio
from rich.console import Console

from cli.importing.calls import Agent
from cli.importing.contacts_delivery import ContactDelivery, send_contacts
from cli.importing.delivery import Delivery, send_reports
from cli.importing.mapping import SiteRule, TeamRule
from cli.importing.people import ensure_people
from cli.importing.queue_log.contact_events import contact_events
from cli.importing.queue_log.naming import Ids
from cli.importing.queue_log.reading import QueueLog
from cli.importing.queue_log.reports import reports_of
from cli.importing.sessions import Report
from cli.session import Session, open_gateway

_AT_ONCE = 20_000
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where the log goes: site and team, the source's name, and the codes of reasons."""

    site: SiteRule
    team: TeamRule | None
    time_zone: str
    source: str
    codes: Mapping[str, str]


@dataclass(slots=True)
class Fate:
    """How many were recorded, recorded before, and refused for which reason."""

    recorded: int = 0
    already_recorded: int = 0
    refused: Counter[str] = field(default_factory=Counter)

    def add(self, delivery: Delivery | ContactDelivery) -> None:
        """Adds a part."""
        self.recorded += delivery.recorded_count
        self.already_recorded += delivery.already_recorded_count
        self.refused.update(delivery.refused_by_reason)


@dataclass(frozen=True, slots=True)
class Done:
    """What became of an import."""

    created_count: int
    states: Fate
    contacts: Fate


async def send_log(
    session: Session, log: QueueLog, destination: Destination, console: Console
) -> Done:
    """Makes sure that the people exist, and sends their states and the events of calls."""
    agents = Ids("the person", "give them other names with --alias")
    queues = Ids("the queue", "rename one before the import", in_any_case=True)
    people = [Agent(agents[name], name) for name in log.people]
    async with open_gateway(session) as channel:
        created_count = await ensure_people(channel, destination, people)
        with console.status("Sending states"):
            states = await _send_states(channel, destination, _reports(log, agents, destination))
        with console.status("Sending calls"):
            # What never ended in the log would wait or talk for ever. A later log states its wait.
            ended = (leg for leg in log.legs() if not leg.is_open)
            events = contact_events(ended, agents, queues)
            contacts = Fate()
            for part in _parts(events):
                source = destination.source
                contacts.add(
                    await send_contacts(channel, destination.site.id, source, part, _ignore)
                )
    return Done(created_count, states, contacts)


async def _send_states(
    channel: grpc.aio.Channel, destination: Destination, reports: Iterable[Report]
) -> Fate:
    fate = Fate()
    for part in _parts(reports):
        fate.add(await send_reports(channel, destination.source, part, _ignore))
    return fate


def _reports(log: QueueLog, agents: Ids, destination: Destination) -> Iterator[Report]:
    for name in log.people:
        signed_out = name in log.signed_out
        intervals = log.intervals(name)
        yield from reports_of(agents[name], intervals, destination.codes, signed_out=signed_out)


def _parts(items: Iterable[_Item]) -> Iterator[Sequence[_Item]]:
    rest = iter(items)
    while part := list(islice(rest, _AT_ONCE)):
        yield part


def _ignore(count: int) -> None:
    """Tells nobody how far it is: a part takes seconds."""
