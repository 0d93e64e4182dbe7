"""The record read through the gateway, as whoever is signed in."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, TypeVar

import grpc
from muster.presence.v1 import record_service_pb2 as pb
from muster.presence.v1.record_service_pb2_grpc import RecordServiceStub
from muster.roster.v1 import roster_service_pb2 as roster
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.errors import Refusal
from chassis.rpc.channel import refusal_from
from cli.errors import CommandError
from cli.session import Session, open_gateway
from cli.verify import messages
from cli.verify.record import UP_TO_THE_HEAD, ChainPart, SiteRecord

PAGE = 1_000
_CALL_SECONDS = 30.0
_Answer = TypeVar("_Answer")


class GatewayRecord:
    """The record service behind a gateway."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._record = RecordServiceStub(channel)
        self._roster = RosterServiceStub(channel)

    async def list_sites(self) -> list[str]:
        """Lists the sites that the caller may see."""
        sites: list[str] = []
        request = roster.ListSitesRequest(page_size=PAGE)
        while True:
            answer = await _call(self._roster.ListSites, request)
            sites += [site.name.removeprefix("sites/") for site in answer.sites]
            request.page_token = answer.next_page_token
            if not request.page_token:
                return sites

    async def describe(self, site: str) -> SiteRecord:
        """Reads what stands beside a chain."""
        checkpoints, roots = await self._checkpoints(site), await self._roots(site)
        kept_from: date | None = None
        first = pb.ReadChainRequest(
            site=f"sites/{site}", first_seq=1, last_seq=1, with_stray_entries=True
        )
        strays: list[pb.StrayEntry] = []
        pseudonyms: list[str] = []
        async for part in self._stream(first):
            strays += part.stray_entries
            pseudonyms += part.pseudonyms
            if part.HasField("kept_from_time"):
                kept_from = messages.instant_of(part.kept_from_time).date()
        return SiteRecord(
            site,
            UP_TO_THE_HEAD,
            [messages.checkpoint_of(one) for one in checkpoints],
            [messages.root_of(one) for one in roots],
            kept_from,
            [messages.stray_fault_of(stray) for stray in strays],
            frozenset(pseudonyms),
        )

    async def read(self, site: str, first_seq: int, last_seq: int) -> AsyncIterator[ChainPart]:
        """Yields links in order, part by part."""
        request = pb.ReadChainRequest(site=f"sites/{site}", first_seq=first_seq, last_seq=last_seq)
        async for part in self._stream(request):
            yield ChainPart(
                [messages.stored_link_of(link) for link in part.links],
                [messages.opening_of(opening) for opening in part.openings],
            )

    async def _checkpoints(self, site: str) -> list[pb.Checkpoint]:
        found: list[pb.Checkpoint] = []
        request = pb.ListCheckpointsRequest(site=f"sites/{site}", page_size=PAGE)
        while True:
            answer = await _call(self._record.ListCheckpoints, request)
            found += answer.checkpoints
            request.page_token = answer.next_page_token
            if not request.page_token:
                return found

    async def _roots(self, site: str) -> list[pb.DailyRoot]:
        found: list[pb.DailyRoot] = []
        request = pb.ListDailyRootsRequest(site=f"sites/{site}", page_size=PAGE)
        while True:
            answer = await _call(self._record.ListDailyRoots, request)
            found += answer.daily_roots
            request.page_token = answer.next_page_token
            if not request.page_token:
                return found

    async def _stream(self, request: pb.ReadChainRequest) -> AsyncIterator[pb.ReadChainResponse]:
        try:
            async for part in self._record.ReadChain(request):
                yield part
        except grpc.aio.AioRpcError as error:
            raise _command_error(refusal_from(error)) from None


@asynccontextmanager
async def open_record(session: Session) -> AsyncIterator[GatewayRecord]:
    """Opens the record of an installation."""
    channel = open_gateway(session)
    try:
        yield GatewayRecord(channel)
    finally:
        await channel.close()


async def _call(method: Callable[..., Awaitable[_Answer]], request: Any) -> _Answer:
    try:
        return await method(request, timeout=_CALL_SECONDS)
    except grpc.aio.AioRpcError as error:
        raise _command_error(refusal_from(error)) from None


def _command_error(refusal: Refusal) -> CommandError:
    return CommandError(f"{refusal.reason}: {refusal.message}", exit_code=2)
