"""Places in the lists of log entries and of sources, in tokens."""

from muster.presence.v1 import presence_service_pb2, source_service_pb2

from chassis.rpc.pages import page_token, place_after
from services.presence.app.source_ports import Client
from services.presence.domain.entry import EntryOrder, instant_of, microseconds_of


def log_token(request: presence_service_pb2.ListStateLogRequest, after: EntryOrder | None) -> str:
    """Returns the token of the entries after a place; empty if there is none."""
    if after is None:
        return ""
    return page_token(request, microseconds_of(after.occurred_time), *after[1:])


def log_after(request: presence_service_pb2.ListStateLogRequest) -> EntryOrder | None:
    """Returns the place after which the asked page begins, or None for the first page."""
    return place_after(request, _entry_order)


def sources_token(request: source_service_pb2.ListSourcesRequest, after: Client | None) -> str:
    """Returns the token of the sources after a client; empty if there is none."""
    return page_token(request, *after) if after else ""


def sources_after(request: source_service_pb2.ListSourcesRequest) -> Client:
    """Returns the client after which the asked page begins."""
    after = place_after(request, lambda source, agent: Client(str(source), str(agent)))
    return after or Client("", "")


def _entry_order(time_us: int, sequence: int, event_id: str, source: str) -> EntryOrder:
    return EntryOrder(instant_of(time_us), int(sequence), str(event_id), str(source))
