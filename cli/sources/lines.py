"""What a dry run understood, a line for everything that an event says."""

from collections import Counter
from collections.abc import Iterator, Sequence

from gateway.domain.sources.translate import Tried
from gateway.domain.sources.understood import ContactChange, StateChange, Understood


def tried_lines(tried: Tried) -> Iterator[str]:
    """Yields the lines, the sum last."""
    for number, event in tried:
        for said in _said(event):
            yield f"{number:>5}  {event.event_id or '-'}  {said}"
    yield summary_line(tried)


def summary_line(tried: Tried) -> str:
    """Returns the sum: every event is in one of its figures."""
    fates = Counter(event.fate for _, event in tried)
    agents = {agent for _, event in tried for agent in event.agents}
    return (
        f"{len(tried)} events: {fates['UNDERSTOOD']} understood, {fates['UNKNOWN']} with unknown "
        f"values, {fates['REFUSED']} refused, {fates['IGNORED']} ignored; "
        f"{len(agents)} agents"
    )


def _said(event: Understood) -> Iterator[str]:
    if event.ignored:
        yield "ignored"
    for change in event.states:
        yield _state_line(change)
    for contact in event.contacts:
        yield _contact_line(contact)
    for unknown in event.unknowns:
        yield f"UNKNOWN {unknown.field}: {unknown.value}"
    for fault in event.faults:
        yield f"REFUSED {fault}"


def _state_line(change: StateChange) -> str:
    told = (change.state, change.reason, change.activity, change.queue, *change.contacts)
    return f"{change.occurred_time.isoformat()}  agents/{change.agent}  {_words(told)}"


def _contact_line(contact: ContactChange) -> str:
    told = (
        contact.kind,
        contact.queue,
        contact.target_queue,
        contact.channel,
        contact.direction,
        contact.ended_by,
    )
    who = f"  agents/{contact.agent}" if contact.agent else ""
    return f"{contact.occurred_time.isoformat()}{who}  contact {contact.contact_id}  {_words(told)}"


def _words(told: Sequence[str]) -> str:
    return " ".join(word for word in told if word)
