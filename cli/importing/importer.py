"""Brings what was read from files to the gateway."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from muster.roster.v1 import roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.importing import mapping as mappings
from cli.importing.accounting import Accounting, after_delivery
from cli.importing.calling import call_patiently
from cli.importing.delivery import Delivery, Sent, send_reports
from cli.importing.people import ensure_people
from cli.importing.plan import ImportPlan
from cli.importing.roster_files import RosterFiles, RosterRequest, explain_refusal
from cli.session import Session, open_gateway


@dataclass(frozen=True, slots=True)
class Done:
    """An import of calls that is done, with what the server had to say."""

    accounting: Accounting
    delivery: Delivery
    created_count: int


async def import_calls(
    session: Session, mapping: mappings.Mapping, plan: ImportPlan, console: Console
) -> Done:
    """Makes sure that the people exist, and sends the reports; shows how far it is."""
    async with open_gateway(session) as channel:
        created_count = await ensure_people(channel, mapping, plan.agents)
        with _progress(console, len(plan.reports)) as sent:
            delivery = await send_reports(channel, mapping.source, plan.reports, sent)
    accounting = after_delivery(plan.accounting, delivery.refused_rows)
    return Done(accounting, delivery, created_count)


async def apply_roster_files(
    session: Session, files: RosterFiles, requests: Sequence[RosterRequest], *, dry_run: bool
) -> Mapping[str, int]:
    """Applies the parts of a roster, and returns how many rows were created, updated, unchanged.

    Raises CommandError that names each faulty row.
    """
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    async with open_gateway(session) as channel:
        roster = RosterServiceStub(channel)
        for number, request in enumerate(requests):
            request.message.validate_only = dry_run
            try:
                answer = await call_patiently(roster.ApplyRoster, request.message)
            except Refusal as refusal:
                if not refusal.violations:
                    raise
                raise _faulty_rows(refusal, request, files) from None
            counts.update(_counts(answer, request, first=number == 0))
    return dict(counts)


def _counts(
    answer: roster_service_pb2.ApplyRosterResponse, request: RosterRequest, *, first: bool
) -> Mapping[str, int]:
    # Sites and teams come with every part and count once.
    repeated = 0 if first else len(request.message.sites) + len(request.message.teams)
    return {
        "created": answer.created_count,
        "updated": answer.updated_count,
        "unchanged": answer.unchanged_count - repeated,
    }


def _faulty_rows(refusal: Refusal, request: RosterRequest, files: RosterFiles) -> CommandError:
    lines = explain_refusal(refusal, request, files)
    count = int(refusal.metadata.get("violation_count", len(lines)))
    more = [f"and {count - len(lines)} more"] if count > len(lines) else []
    return CommandError("\n".join([f"{count} faulty rows, nothing was changed:", *lines, *more]))


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Sent]:
    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("reports", total=total)

        def sent(count: int) -> None:
            progress.update(task, completed=count)

        yield sent
