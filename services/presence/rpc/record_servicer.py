"""The service of the record on the wire."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import grpc
from muster.presence.v1 import record_service_pb2 as pb
from muster.presence.v1 import record_service_pb2_grpc

from chassis.access import current_scope, current_scopes
from chassis.clock import Clock
from chassis.rpc.pages import cut, page_size, place_after
from services.presence.app.erasure import EraseAgent
from services.presence.app.read_record import ReadRecord
from services.presence.app.receipts import Receipts
from services.presence.rpc import record_answers as answers
from services.presence.rpc import record_requests as requests
from services.presence.rpc.requests import site_of

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"
MOST_ENTRIES_A_MESSAGE = 2_000
_FIRST_DAY = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class RecordUseCases:
    """What the service does."""

    receipts: Receipts
    read: ReadRecord
    erase: EraseAgent
    clock: Clock


class RecordServicer(record_service_pb2_grpc.RecordServiceServicer):
    """Maps messages to use cases and back."""

    def __init__(self, use_cases: RecordUseCases) -> None:
        self._do = use_cases

    async def GetReceipt(  # noqa: N802 - the wire's name
        self, request: pb.GetReceiptRequest, context: Context
    ) -> pb.Receipt:
        day, now = requests.receipt_day_of(request), self._do.clock.now()
        scope = current_scopes().of_span(day.span.start_time, now)
        return answers.receipt_answer(await self._do.receipts(day, scope), now)

    async def ListCheckpoints(  # noqa: N802 - the wire's name
        self, request: pb.ListCheckpointsRequest, context: Context
    ) -> pb.ListCheckpointsResponse:
        site, scope = site_of(request.site), current_scope()
        if request.last_only:
            last = await self._do.read.last_checkpoint(site, scope)
            return pb.ListCheckpointsResponse(
                checkpoints=[answers.checkpoint_answer(last)] if last else []
            )
        after, limit = place_after(request, int) or 0, page_size(request)
        found = await self._do.read.checkpoints(site, after, limit + 1, scope)
        page, token = cut(found, request, lambda checkpoint: [checkpoint.seq])
        return pb.ListCheckpointsResponse(
            checkpoints=map(answers.checkpoint_answer, page), next_page_token=token
        )

    async def ListDailyRoots(  # noqa: N802 - the wire's name
        self, request: pb.ListDailyRootsRequest, context: Context
    ) -> pb.ListDailyRootsResponse:
        site, limit = site_of(request.site), page_size(request)
        after = place_after(request, date.fromisoformat) or _FIRST_DAY
        found = await self._do.read.roots(site, after, limit + 1, current_scope())
        page, token = cut(found, request, lambda kept: [kept.root.day.isoformat()])
        return pb.ListDailyRootsResponse(
            daily_roots=map(answers.root_answer, page), next_page_token=token
        )

    async def GetDailyRoot(  # noqa: N802 - the wire's name
        self, request: pb.GetDailyRootRequest, context: Context
    ) -> pb.DailyRoot:
        site, day = requests.root_name_of(request)
        return answers.root_answer(await self._do.read.root(site, day, current_scope()))

    async def ReadChain(  # noqa: N802 - the wire's name
        self, request: pb.ReadChainRequest, context: Context
    ) -> AsyncIterator[pb.ReadChainResponse]:
        site, (first, last) = site_of(request.site), requests.range_of(request)
        # Also of a site whose past is for direct leads: it could not be verified otherwise.
        kept_from = await self._do.read.kept_from(site, current_scope())
        if request.with_stray_entries:
            strays, pseudonyms = await self._do.read.strays(site), await self._do.read.pseudonyms()
            yield answers.strays_answer(strays, pseudonyms)
        told: set[bytes] = set()
        async for part in self._do.read.chain(site, first, last):
            for message in answers.chain_answers(part, kept_from, told, MOST_ENTRIES_A_MESSAGE):
                yield message

    async def EraseAgent(  # noqa: N802 - the wire's name
        self, request: pb.EraseAgentRequest, context: Context
    ) -> pb.EraseAgentResponse:
        names, request_id = requests.erased_names_of(request), requests.request_id_of(request)
        reason = requests.reason_of(request)
        return answers.erasure_answer(
            await self._do.erase(names, request_id, reason, current_scope())
        )
