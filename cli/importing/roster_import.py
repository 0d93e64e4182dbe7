"""Applies the files of a roster: sites, lines, teams, skills and agents."""

from collections import Counter
from collections.abc import Mapping, Sequence

from muster.roster.v1 import roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.importing.calling import call_patiently
from cli.importing.roster_files import RosterFiles, RosterRequest, explain_refusal
from cli.session import Session, open_gateway


async def apply_roster_files(
    session: Session, files: RosterFiles, requests: Sequence[RosterRequest], *, dry_run: bool
) -> Mapping[str, int]:
    """Applies the parts of a roster, and returns how many rows were created, updated, unchanged.

    Raises CommandError that names each faulty row, and has then changed nothing.
    """
    async with open_gateway(session) as channel:
        roster = RosterServiceStub(channel)
        if dry_run or len(requests) > 1:
            # A fault in a later part must not be found when the earlier ones are applied. Leads can
            # only be checked when all agents are there.
            parts = [request for request in requests if not request.leads_alone]
            counts = await _apply_parts(roster, files, parts, validate_only=True)
        if not dry_run:
            counts = await _apply_parts(roster, files, requests, validate_only=False)
    return counts


async def _apply_parts(
    roster: RosterServiceStub,
    files: RosterFiles,
    requests: Sequence[RosterRequest],
    *,
    validate_only: bool,
) -> Mapping[str, int]:
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    for number, request in enumerate(requests):
        request.message.validate_only = validate_only
        try:
            if number and not request.leads_alone:
                counts.subtract(await _count_others(roster, request))
            answer = await call_patiently(roster.ApplyRoster, request.message)
        except Refusal as refusal:
            if not refusal.violations:
                raise
            raise _faulty_rows(refusal, request, files) from None
        counts.update(_counts(answer))
        if request.leads_alone:
            # All of its teams were counted with the first part.
            counts["unchanged"] -= len(request.message.teams)
    return dict(counts)


async def _count_others(roster: RosterServiceStub, request: RosterRequest) -> Mapping[str, int]:
    """Counts all but the agents as they are now: they come with every part and count once."""
    others = roster_service_pb2.ApplyRosterRequest()
    others.CopyFrom(request.message)
    others.ClearField("agents")
    others.validate_only = True
    return _counts(await call_patiently(roster.ApplyRoster, others))


def _counts(answer: roster_service_pb2.ApplyRosterResponse) -> Mapping[str, int]:
    return {
        "created": answer.created_count,
        "updated": answer.updated_count,
        "unchanged": answer.unchanged_count,
    }


def _faulty_rows(refusal: Refusal, request: RosterRequest, files: RosterFiles) -> CommandError:
    lines = explain_refusal(refusal, request, files)
    count = int(refusal.metadata.get("violation_count", len(lines)))
    more = [f"and {count - len(lines)} more"] if count > len(lines) else []
    return CommandError("\n".join([f"{count} faulty rows, nothing was changed:", *lines, *more]))
