"""Applies accounts to the gateway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import grpc.aio
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1.account_service_pb2_grpc import AccountServiceStub

from chassis.errors import Refusal
from cli.importing.account_files import AccountRow, explain_refusal
from cli.importing.calling import call_patiently
from cli.session import Session, open_gateway

ACCOUNTS_PER_CALL = 2_000


@dataclass(frozen=True, slots=True)
class AppliedAccounts:
    """How many accounts were created, updated, unchanged, and the codes of the new ones."""

    counts: Mapping[str, int]
    codes: Sequence[pb.OneTimeCode]


async def apply_accounts(
    session: Session, rows: Sequence[AccountRow], *, dry_run: bool
) -> AppliedAccounts:
    """Applies accounts. CommandError names each faulty line, and nothing is changed then."""
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    codes: list[pb.OneTimeCode] = []
    parts = [
        rows[first : first + ACCOUNTS_PER_CALL] for first in range(0, len(rows), ACCOUNTS_PER_CALL)
    ]
    async with open_gateway(session) as channel:
        answers = [await _apply(channel, part, trial=True) for part in parts]
        if not dry_run:
            answers = [await _apply(channel, part, trial=False) for part in parts]
    for answer in answers:
        counts["created"] += answer.created_count
        counts["updated"] += answer.updated_count
        counts["unchanged"] += answer.unchanged_count
        codes += answer.codes
    return AppliedAccounts(counts, codes)


async def _apply(
    channel: grpc.aio.Channel, rows: Sequence[AccountRow], *, trial: bool
) -> pb.ApplyAccountsResponse:
    request = pb.ApplyAccountsRequest(accounts=[row.account for row in rows], validate_only=trial)
    try:
        # What is done twice makes no second codes: only what changes nothing is repeated.
        patience = None if trial else 0
        answer: pb.ApplyAccountsResponse = await call_patiently(
            AccountServiceStub(channel).ApplyAccounts, request, patience=patience
        )
    except Refusal as refusal:
        if not refusal.violations:
            raise
        raise explain_refusal(refusal, rows) from None
    return answer
