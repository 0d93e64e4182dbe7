"""Messages of sources to values and back."""

from datetime import datetime

from google.protobuf.timestamp_pb2 import Timestamp
from muster.gateway.v1 import source_service_pb2 as pb

from gateway.backends.source_reports import contact_event, state_report
from gateway.domain.sources.signing import Scheme, Signing
from gateway.domain.sources.source import CountedUnknown, KeptEvent, MappingVersion, Source
from gateway.domain.sources.understood import Understood


def source_to(source: Source, secret: str = "") -> pb.Source:
    """Writes a source, with its secret where that is shown."""
    message = pb.Source(
        name=f"sources/{source.id}",
        site=source.site,
        display_name=source.display_name,
        signing=_signing_to(source.signing),
        active_mapping=mapping_name(source.id, source.active_version),
        secret=secret,
        create_time=timestamp(source.create_time),
        update_time=timestamp(source.update_time),
        etag=source.etag,
        pending_count=source.pending_count,
    )
    if source.former_secret_expire_time is not None:
        message.former_secret_expire_time.CopyFrom(timestamp(source.former_secret_expire_time))
    return message


def signing_from(message: pb.SourceSigning) -> Signing:
    """Reads how a source proves itself; what is left out has the usual value."""
    scheme = message.scheme or pb.SourceSigning.SCHEME_HMAC_SHA256
    known = pb.SourceSigning.Scheme.Name(scheme).removeprefix("SCHEME_")
    if known == Scheme.BASIC:
        return Signing(Scheme.BASIC, "authorization", "", "")
    if known == Scheme.API_KEY:
        return Signing(Scheme.API_KEY, message.header or "x-api-key", "", "")
    usual = Signing()
    return Signing(
        Scheme.HMAC_SHA256,
        message.header or usual.header,
        message.timestamp_header,
        message.signed_text or usual.signed,
    )


def mapping_to(mapping: MappingVersion) -> pb.SourceMapping:
    """Writes a version of a mapping."""
    return pb.SourceMapping(
        name=mapping_name(mapping.source, mapping.version),
        text=mapping.text,
        author=mapping.author,
        create_time=timestamp(mapping.create_time),
    )


def unknown_to(source: str, counted: CountedUnknown) -> pb.SourceUnknown:
    """Writes an unknown value."""
    return pb.SourceUnknown(
        field=counted.unknown.field,
        value=counted.unknown.value,
        event_count=counted.event_count,
        first_seen_time=timestamp(counted.first_seen_time),
        last_seen_time=timestamp(counted.last_seen_time),
        sample_event=f"sources/{source}/events/{counted.sample_event}",
    )


def event_to(event: KeptEvent) -> pb.SourceEvent:
    """Writes an event as it is kept."""
    return pb.SourceEvent(
        name=f"sources/{event.source}/events/{event.id}",
        dedupe_id=event.dedupe_id,
        state=f"STATE_{event.state}",
        reasons=event.reasons,
        mapping_version=event.version,
        receive_time=timestamp(event.receive_time),
        body=event.body,
    )


def tried_to(number: int, event: Understood) -> pb.TestSourceMappingResponse.Event:
    """Writes what an event was understood to say."""
    return pb.TestSourceMappingResponse.Event(
        message_number=number,
        event_id=event.event_id,
        fate=f"FATE_{event.fate}",
        states=map(state_report, event.states),
        contacts=map(contact_event, event.contacts),
        unknowns=[f"{unknown.field}: {unknown.value}" for unknown in event.unknowns],
        faults=event.faults,
    )


def mapping_name(source: str, version: int) -> str:
    """Names a version; empty for none."""
    return f"sources/{source}/mappings/{version}" if version else ""


def timestamp(instant: datetime) -> Timestamp:
    """Writes an instant."""
    message = Timestamp()
    message.FromDatetime(instant)
    return message


def _signing_to(signing: Signing) -> pb.SourceSigning:
    return pb.SourceSigning(
        scheme=f"SCHEME_{signing.scheme}",
        header=signing.header,
        timestamp_header=signing.timestamp_header,
        signed_text=signing.signed,
    )
