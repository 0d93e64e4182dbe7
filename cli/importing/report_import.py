"""Brings calls and states in: people who are missing, reports of states, events of contacts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rich.console import Console

from cli.importing.accounting import after_delivery
from cli.importing.contacts_delivery import ContactDelivery, send_contacts
from cli.importing.delivery import Delivery, send_reports
from cli.importing.mapping import Mapping
from cli.importing.mapping_kinds import StatesMapping
from cli.importing.outcome import Outcome
from cli.importing.people import ensure_people
from cli.importing.plan import ImportPlan
from cli.importing.progress import progress
from cli.session import Session, open_gateway

_NOTHING_SENT = Delivery(0, 0, {}, frozenset())
_NO_CONTACTS = ContactDelivery(0, 0, {}, frozenset())


class ReportImport:
    """A file of calls or states, planned."""

    def __init__(
        self, mapping: Mapping | StatesMapping, plan: ImportPlan, lines: Sequence[int]
    ) -> None:
        self._mapping = mapping
        self._plan = plan
        self._lines = lines

    def preview(self) -> Outcome:
        """Tells what would be reported."""
        details = self._details(0, _NOTHING_SENT, _NO_CONTACTS)
        line = f"{self._whole()} would be reported; nothing was sent."
        return Outcome(self._plan.accounting, details, line)

    async def send(self, session: Session, console: Console) -> Outcome:
        """Makes sure that the people exist, and sends reports and events."""
        mapping, plan = self._mapping, self._plan
        async with open_gateway(session) as channel:
            created = await ensure_people(channel, mapping, plan.agents)
            with progress(console, "reports", len(plan.reports)) as sent:
                states = await send_reports(channel, mapping.source, plan.reports, sent)
            with progress(console, "events of contacts", len(plan.events)) as sent:
                contacts = await send_contacts(
                    channel, mapping.site.id, mapping.source, plan.events, sent
                )
        accounting = after_delivery(plan.accounting, states.refused_rows, self._lines)
        line = f"{self._whole()}: {_fates(states)}"
        if plan.events:
            line += f"; {len(plan.events):,} events of contacts: {_fates(contacts)}"
        return Outcome(accounting, self._details(created, states, contacts), f"{line}.")

    def _whole(self) -> str:
        plan = self._plan
        return f"{len(plan.reports):,} state changes of {len(plan.agents)} agents"

    def _details(self, created: int, states: Delivery, contacts: ContactDelivery) -> dict[str, Any]:
        plan = self._plan
        return {
            "agents": len(plan.agents),
            "created": created,
            "first_time": _instant(plan.first_time),
            "last_time": _instant(plan.last_time),
            "reports": _figures(len(plan.reports), states),
            "contacts": _figures(len(plan.events), contacts),
        }


def _figures(planned: int, delivery: Delivery | ContactDelivery) -> dict[str, Any]:
    return {
        "planned": planned,
        "recorded": delivery.recorded_count,
        "already_recorded": delivery.already_recorded_count,
        "refused": dict(delivery.refused_by_reason),
    }


def _fates(delivery: Delivery | ContactDelivery) -> str:
    line = (
        f"{delivery.recorded_count:,} recorded, {delivery.already_recorded_count:,} recorded before"
    )
    refused = ", ".join(f"{n:,} {reason}" for reason, n in delivery.refused_by_reason.items())
    return f"{line}, refused: {refused}" if refused else line


def _instant(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")
