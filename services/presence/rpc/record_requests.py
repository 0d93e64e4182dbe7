"""Requests to the record as domain values. What is malformed is refused here, field by field."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from muster.presence.v1 import record_service_pb2 as pb

from chassis.calendar import NoSuchDay, UnknownTimeZone, ZoneDay
from services.presence.app.ports import Span
from services.presence.app.receipts import ReceiptDay
from services.presence.rpc.requests import agent_of, malformed, site_of

MOST_ALIASES = 10
LONGEST_REASON = 500


def receipt_day_of(request: pb.GetReceiptRequest) -> ReceiptDay:
    """Returns whose day a receipt is asked for."""
    agent, day, zone = agent_of(request.agent), day_of(request.day, "day"), request.zone or "UTC"
    try:
        local = ZoneDay(day, zone)
    except UnknownTimeZone:
        raise malformed("zone", "give an IANA time zone such as `Europe/Madrid`") from None
    except NoSuchDay:
        raise malformed("day", f"{zone} has no such day") from None
    return ReceiptDay(agent, day.isoformat(), zone, Span(local.start_time, local.end_time))


def day_of(text: str, field: str) -> date:
    """Returns the day of a text such as `2026-11-22`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise malformed(field, "give a day such as `2026-11-22`")
    return day


def root_name_of(request: pb.GetDailyRootRequest) -> tuple[str, date]:
    """Returns site and day of the name of a root."""
    site, separator, day = request.name.partition("/dailyRoots/")
    if not separator:
        raise malformed("name", "give a name such as `sites/north/dailyRoots/2026-11-22`")
    return site_of(site, "name"), day_of(day, "name")


def range_of(request: pb.ReadChainRequest) -> tuple[int, int]:
    """Returns the first and last seq of a part of a chain; zero where none is given."""
    if request.first_seq < 0:
        raise malformed("first_seq", "give a seq from 1 on, or zero")
    if request.last_seq < 0 or 0 < request.last_seq < request.first_seq:
        raise malformed("last_seq", "give a seq from first_seq on, or zero")
    return request.first_seq, request.last_seq


def erased_names_of(request: pb.EraseAgentRequest) -> Sequence[str]:
    """Returns the names to erase, the agent's first."""
    if len(request.aliases) > MOST_ALIASES:
        raise malformed("aliases", f"give at most {MOST_ALIASES}")
    for index, alias in enumerate(request.aliases):
        if not alias.startswith(("accounts/", "agents/")) or alias.startswith("agents/erased-"):
            raise malformed(f"aliases[{index}]", "give a name such as `accounts/ana`")
    return list(dict.fromkeys([agent_of(request.agent), *request.aliases]))


def request_id_of(request: pb.EraseAgentRequest) -> UUID:
    """Returns the id of a request."""
    try:
        return UUID(request.request_id)
    except ValueError:
        raise malformed("request_id", "give a UUID; repeat it when you repeat the call") from None


def reason_of(request: pb.EraseAgentRequest) -> str:
    """Returns why somebody is to be erased."""
    if not 0 < len(request.reason) <= LONGEST_REASON or not request.reason.isprintable():
        raise malformed("reason", f"give 1 to {LONGEST_REASON} printable characters, no names")
    return request.reason
