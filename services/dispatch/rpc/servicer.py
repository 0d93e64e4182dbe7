"""The service on the wire."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import grpc
from muster.dispatch.v1 import contact_pb2, contact_service_pb2_grpc, events_pb2, queue_pb2
from muster.dispatch.v1 import contact_service_pb2 as pb

from chassis.access import current_caller, current_scope, current_scopes
from chassis.rpc.pages import cut, page_size, place_after
from services.dispatch.app.live_figures import LiveFigures
from services.dispatch.app.ports import ContactReader, Page
from services.dispatch.app.queues import Queues
from services.dispatch.app.read_contacts import ContactPage, ReadContacts
from services.dispatch.app.read_figures import ReadFigures
from services.dispatch.app.recordings import Opening, Recordings
from services.dispatch.app.report_contacts import ReportContacts
from services.dispatch.rpc import answers, page_token, requests
from services.dispatch.wire import messages

Context: TypeAlias = "grpc.aio.ServicerContext[Any, Any]"


@dataclass(frozen=True, slots=True)
class UseCases:
    """What the service does."""

    report_contacts: ReportContacts
    read_contacts: ReadContacts
    recordings: Recordings
    queues: Queues
    read_figures: ReadFigures
    live_figures: LiveFigures
    changes: ContactReader


class ContactServicer(contact_service_pb2_grpc.ContactServiceServicer):
    """Maps messages to use cases and back."""

    def __init__(self, use_cases: UseCases) -> None:
        self._do = use_cases

    async def ReportContacts(  # noqa: N802 - the wire's name
        self, request: pb.ReportContactsRequest, context: Context
    ) -> pb.ReportContactsResponse:
        identity = current_caller().identity
        origin = requests.origin_of(request, identity.subject)
        reports = requests.reports_of(request.events)
        return answers.fates_answer(await self._do.report_contacts(reports, origin, identity.scope))

    async def GetContact(  # noqa: N802 - the wire's name
        self, request: pb.GetContactRequest, context: Context
    ) -> contact_pb2.Contact:
        contact = requests.contact_of(request.name)
        return messages.contact_of(await self._do.read_contacts.get(contact, current_scopes()))

    async def ListContacts(  # noqa: N802 - the wire's name
        self, request: pb.ListContactsRequest, context: Context
    ) -> pb.ListContactsResponse:
        site, span = requests.site_of(request.site), requests.span_of(request)
        page = await self._do.read_contacts.list_of_site(
            site, span, requests.filter_of(request, site), _page_of(request), current_scopes()
        )
        return _contacts_answer(request, page)

    async def ListAgentContacts(  # noqa: N802 - the wire's name
        self, request: pb.ListAgentContactsRequest, context: Context
    ) -> pb.ListContactsResponse:
        agent, span = requests.agent_of(request.agent), requests.span_of(request)
        page = await self._do.read_contacts.list_of_agent(
            agent, span, _page_of(request), current_scopes()
        )
        return _contacts_answer(request, page)

    async def OpenRecording(  # noqa: N802 - the wire's name
        self, request: pb.OpenRecordingRequest, context: Context
    ) -> pb.OpenRecordingResponse:
        contact, recording = requests.recording_of(request.name)
        actor = current_caller().identity.subject
        opening = Opening(contact, recording, actor, requests.purpose_of(request))
        return answers.opened_answer(await self._do.recordings.open(opening, current_scopes()))

    async def ListRecordingAccesses(  # noqa: N802 - the wire's name
        self, request: pb.ListRecordingAccessesRequest, context: Context
    ) -> pb.ListRecordingAccessesResponse:
        contact = requests.contact_of(request.contact, "contact")
        limit, after = page_size(request), page_token.accesses_after(request)
        page = await self._do.recordings.list_accesses(contact, after, limit, current_scopes())
        return pb.ListRecordingAccessesResponse(
            accesses=map(answers.access_of, page.accesses),
            next_page_token=page_token.accesses_token(request, page.next_after),
        )

    async def ApplyQueues(  # noqa: N802 - the wire's name
        self, request: pb.ApplyQueuesRequest, context: Context
    ) -> pb.ApplyQueuesResponse:
        queues = requests.queues_of(request)
        applied = await self._do.queues.apply(
            queues, current_scope(), validate_only=request.validate_only
        )
        return answers.applied_answer(applied)

    async def ListQueues(  # noqa: N802 - the wire's name
        self, request: pb.ListQueuesRequest, context: Context
    ) -> pb.ListQueuesResponse:
        site, limit = requests.site_of(request.site), page_size(request)
        after = place_after(request, str) or ""
        queues = await self._do.queues.list_queues(site, after, limit + 1, current_scope())
        shown, token = cut(queues, request, lambda queue: [queue.key.queue])
        return pb.ListQueuesResponse(queues=map(messages.queue_of, shown), next_page_token=token)

    async def GetQueueFigures(  # noqa: N802 - the wire's name
        self, request: pb.GetQueueFiguresRequest, context: Context
    ) -> queue_pb2.SiteQueueFigures:
        site = requests.site_of(request.site)
        queues = requests.figures_queues_of(request, site)
        return messages.figures_of(await self._do.read_figures(site, queues, current_scope()))

    async def WatchQueueFigures(  # noqa: N802 - the wire's name
        self, request: pb.WatchQueueFiguresRequest, context: Context
    ) -> AsyncIterator[queue_pb2.SiteQueueFigures]:
        site = requests.site_of(request.site)
        queues = requests.figures_queues_of(request, site)
        async for figures in self._do.live_figures.watch(site, queues, current_scope()):
            yield messages.figures_of(figures)

    async def ReplayChanges(  # noqa: N802 - the wire's name
        self, request: pb.ReplayChangesRequest, context: Context
    ) -> AsyncIterator[events_pb2.ContactsChanged]:
        async for _, payload in self._do.changes.replay(requests.place_of(request.after)):
            yield events_pb2.ContactsChanged.FromString(payload)


def _page_of(request: pb.ListContactsRequest | pb.ListAgentContactsRequest) -> Page:
    return Page(page_token.contacts_after(request), page_size(request))


def _contacts_answer(
    request: pb.ListContactsRequest | pb.ListAgentContactsRequest, page: ContactPage
) -> pb.ListContactsResponse:
    return pb.ListContactsResponse(
        contacts=map(messages.contact_of, page.contacts),
        next_page_token=page_token.contacts_token(request, page.next_after),
    )
