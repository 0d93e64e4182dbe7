"""SourceService."""

import asyncio
import re
from typing import Any

from muster.gateway.v1 import source_service_pb2 as pb
from muster.gateway.v1 import source_service_pb2_grpc

from chassis.access import current_caller, current_scope
from chassis.errors import FieldViolation, invalid_fields
from chassis.rpc.pages import cut
from gateway.app.manage_sources import ManageSources
from gateway.app.retry_events import RetryEvents
from gateway.app.source_ports import SourceEvents
from gateway.domain.sources.body import LARGEST_BODY, BodyRefusedError, split_body
from gateway.domain.sources.mapping import SourceMapping
from gateway.domain.sources.source import EventState
from gateway.domain.sources.translate import try_messages
from gateway.rpc.pages import page_of
from gateway.rpc.source_convert import (
    event_to,
    mapping_to,
    signing_from,
    source_to,
    tried_to,
    unknown_to,
)

_ID = r"[a-z0-9-]{1,63}"
_SITE = re.compile(f"(sites/{_ID})?")


class SourceServicer(source_service_pb2_grpc.SourceServiceServicer):
    """Manages sources in the name of the caller, within her scope."""

    def __init__(self, manage: ManageSources, events: SourceEvents, retry: RetryEvents) -> None:
        self._manage = manage
        self._events = events
        self._retry = retry

    async def CreateSource(self, request: pb.CreateSourceRequest, _context: Any) -> pb.Source:  # noqa: N802 - the name on the wire
        _check_fields(
            ("source_id", re.fullmatch(_ID, request.source_id), f"is an id of {_ID}"),
            ("site", re.fullmatch(f"sites/{_ID}", request.site), "has the form sites/{site}"),
            ("display_name", _is_label(request.display_name), "has 1 to 200 characters"),
            ("signing.scheme", _is_known(request.signing), "is one of the named schemes"),
        )
        source, secret = await self._manage.create(
            request.source_id,
            request.site,
            request.display_name,
            signing_from(request.signing),
            current_scope(),
        )
        return source_to(source, secret)

    async def GetSource(self, request: pb.GetSourceRequest, _context: Any) -> pb.Source:  # noqa: N802 - the name on the wire
        return source_to(await self._manage.get(_source("name", request.name), current_scope()))

    async def ListSources(  # noqa: N802 - the name on the wire
        self, request: pb.ListSourcesRequest, _context: Any
    ) -> pb.ListSourcesResponse:
        _check_fields(("site", _SITE.fullmatch(request.site), "has the form sites/{site}, or none"))
        page = page_of(request, str)
        rows = await self._manage.list(request.site, current_scope(), page)
        shown, token = cut(rows, request, lambda source: (source.id,))
        return pb.ListSourcesResponse(sources=map(source_to, shown), next_page_token=token)

    async def UpdateSource(self, request: pb.UpdateSourceRequest, _context: Any) -> pb.Source:  # noqa: N802 - the name on the wire
        name = request.display_name
        _check_fields(
            ("display_name", not name or _is_label(name), "has 1 to 200 characters"),
            ("signing.scheme", _is_known(request.signing), "is one of the named schemes"),
        )
        source = await self._manage.update(
            _source("name", request.name),
            name,
            signing_from(request.signing) if request.HasField("signing") else None,
            request.etag,
            current_scope(),
        )
        return source_to(source)

    async def RotateSourceSecret(  # noqa: N802 - the name on the wire
        self, request: pb.RotateSourceSecretRequest, _context: Any
    ) -> pb.Source:
        source, secret = await self._manage.rotate_secret(
            _source("name", request.name), current_scope(), revoke_former=request.revoke_former
        )
        return source_to(source, secret)

    async def CreateSourceMapping(  # noqa: N802 - the name on the wire
        self, request: pb.CreateSourceMappingRequest, _context: Any
    ) -> pb.SourceMapping:
        mapping = await self._manage.add_mapping(
            _source("source", request.source),
            request.text,
            current_caller().identity.subject,
            current_scope(),
        )
        return mapping_to(mapping)

    async def ListSourceMappings(  # noqa: N802 - the name on the wire
        self, request: pb.ListSourceMappingsRequest, _context: Any
    ) -> pb.ListSourceMappingsResponse:
        source = _source("source", request.source)
        page = page_of(request, int)
        rows = await self._manage.list_mappings(source, current_scope(), page)
        shown, token = cut(rows, request, lambda mapping: (mapping.version,))
        return pb.ListSourceMappingsResponse(mappings=map(mapping_to, shown), next_page_token=token)

    async def ActivateSourceMapping(  # noqa: N802 - the name on the wire
        self, request: pb.ActivateSourceMappingRequest, _context: Any
    ) -> pb.Source:
        match = re.fullmatch(rf"sources/({_ID})/mappings/([1-9][0-9]{{0,8}})", request.name)
        if match is None:
            raise _malformed("name", "has the form sources/{source}/mappings/{version}")
        return source_to(await self._manage.activate(match[1], int(match[2]), current_scope()))

    async def TestSourceMapping(  # noqa: N802 - the name on the wire
        self, request: pb.TestSourceMappingRequest, _context: Any
    ) -> pb.TestSourceMappingResponse:
        mapping = await self._manage.mapping_to_try(
            _source("source", request.source), request.text, current_scope()
        )
        return await asyncio.to_thread(_tried, mapping, request.events)

    async def ListSourceUnknowns(  # noqa: N802 - the name on the wire
        self, request: pb.ListSourceUnknownsRequest, _context: Any
    ) -> pb.ListSourceUnknownsResponse:
        source = await self._visible(request.source)
        page = page_of(request, str, str)
        rows = await self._events.list_unknowns(source, page)
        shown, token = cut(rows, request, lambda one: (one.unknown.field, one.unknown.value))
        unknowns = [unknown_to(source, one) for one in shown]
        return pb.ListSourceUnknownsResponse(unknowns=unknowns, next_page_token=token)

    async def ListSourceEvents(  # noqa: N802 - the name on the wire
        self, request: pb.ListSourceEventsRequest, _context: Any
    ) -> pb.ListSourceEventsResponse:
        source = await self._visible(request.source)
        state = _state(request.state)
        page = page_of(request, int)
        rows = await self._events.list_events(source, state, page)
        shown, token = cut(rows, request, lambda event: (event.id,))
        return pb.ListSourceEventsResponse(events=map(event_to, shown), next_page_token=token)

    async def RetrySourceEvents(  # noqa: N802 - the name on the wire
        self, request: pb.RetrySourceEventsRequest, _context: Any
    ) -> pb.RetrySourceEventsResponse:
        source = await self._visible(request.source)
        count = await self._retry(source)
        return pb.RetrySourceEventsResponse(event_count=count)

    async def _visible(self, name: str) -> str:
        """Returns the id of a source that the caller may see; refuses any other."""
        return (await self._manage.get(_source("source", name), current_scope())).id


def _tried(mapping: SourceMapping, events: str) -> pb.TestSourceMappingResponse:
    content = events.encode()
    if len(content) > LARGEST_BODY:
        raise _malformed("events", f"is larger than {LARGEST_BODY} bytes")
    try:
        messages = split_body(content)
    except BodyRefusedError as error:
        raise _malformed("events", str(error)) from None
    tried = try_messages(mapping, messages)
    agents = {f"agents/{agent}" for _, event in tried for agent in event.agents}
    return pb.TestSourceMappingResponse(
        events=[tried_to(number, event) for number, event in tried], agents=sorted(agents)
    )


def _source(field: str, name: str) -> str:
    match = re.fullmatch(f"sources/({_ID})", name)
    if match is None:
        raise _malformed(field, "has the form sources/{source}")
    return match[1]


def _state(number: pb.SourceEvent.State) -> EventState | None:
    if number == pb.SourceEvent.STATE_UNSPECIFIED:
        return None
    if number not in pb.SourceEvent.State.values():
        raise _malformed("state", "is one of the named states")
    return EventState(pb.SourceEvent.State.Name(number).removeprefix("STATE_"))


def _is_label(text: str) -> bool:
    return 1 <= len(text) <= 200 and text.isprintable()


def _is_known(signing: pb.SourceSigning) -> bool:
    return signing.scheme in pb.SourceSigning.Scheme.values()


def _check_fields(*rules: tuple[str, object, str]) -> None:
    violations = [FieldViolation(field, said) for field, holds, said in rules if not holds]
    if violations:
        raise invalid_fields(violations)


def _malformed(field: str, said: str) -> Exception:
    return invalid_fields([FieldViolation(field, said)])
