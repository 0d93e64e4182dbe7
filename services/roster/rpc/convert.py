"""Messages of roster to values and back."""

from collections.abc import Iterable

from muster.roster.v1 import people_pb2, roster_service_pb2

from services.roster.app.apply_roster import Applied
from services.roster.domain.people import Place, SiteName
from services.roster.wire.people import cursor_to


def place_from(cursor: people_pb2.Cursor) -> Place:
    """Reads a place."""
    return Place(SiteName(cursor.site), cursor.epoch, cursor.seq)


def cursors_to(places: Iterable[Place]) -> list[people_pb2.Cursor]:
    """Writes places."""
    return [cursor_to(place) for place in places]


def applied_to(applied: Applied) -> roster_service_pb2.ApplyRosterResponse:
    """Writes what was applied."""
    return roster_service_pb2.ApplyRosterResponse(
        created_count=applied.created_count,
        updated_count=applied.updated_count,
        unchanged_count=applied.unchanged_count,
        cursors=cursors_to(applied.places),
    )
