"""What publishing shifts changes, and how the others are told."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from services.roster.domain.people import SiteName
from services.roster.domain.shifts import Shift, ShiftName, Version

MOST_SHIFTS_PER_MESSAGE = 500
# A shift or an activity takes some 150 bytes on the wire, and a message at most 256 KiB.
_MOST_STRETCHES_PER_MESSAGE = 1_500


@dataclass(frozen=True, slots=True)
class Publication:
    """The shifts that are new, different and taken back, and how many are as requested already."""

    created: tuple[Shift, ...]
    amended: tuple[Shift, ...]
    cancelled: tuple[Shift, ...]
    unchanged_count: int

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """All shifts that get a new version."""
        return (*self.created, *self.amended, *self.cancelled)

    def versions(
        self,
        site: SiteName,
        known: Mapping[ShiftName, Version],
        publish_time: datetime,
        publisher: str,
    ) -> tuple[Version, ...]:
        """The versions that it adds to those that are known."""
        return tuple(
            Version(shift, site, _next_number(known, shift.name), publish_time, publisher)
            for shift in self.shifts
        )


def decide_publication(
    shifts: Sequence[Shift],
    cancelled: AbstractSet[ShiftName],
    known: Mapping[ShiftName, Version],
) -> Publication:
    """Compares a request that passed the checks with the newest versions of what it names."""
    taken_back = tuple(
        replace(known[name].shift, cancelled=True)
        for name in sorted(cancelled)
        if name in known and not known[name].shift.cancelled
    )
    created = tuple(shift for shift in shifts if shift.name not in known)
    amended = tuple(
        shift for shift in shifts if shift.name in known and known[shift.name].shift != shift
    )
    unchanged_count = len(shifts) + len(cancelled) - len(created) - len(amended) - len(taken_back)
    return Publication(created, amended, taken_back, unchanged_count)


def split_versions(versions: Sequence[Version]) -> Iterator[tuple[Version, ...]]:
    """Splits a publication into messages of at most 500 shifts and about 256 KiB."""
    message: list[Version] = []
    weight = 0
    for version in versions:
        more = 1 + len(version.shift.activities)
        full = len(message) == MOST_SHIFTS_PER_MESSAGE
        if message and (full or weight + more > _MOST_STRETCHES_PER_MESSAGE):
            yield tuple(message)
            message, weight = [], 0
        message.append(version)
        weight += more
    if message:
        yield tuple(message)


def _next_number(known: Mapping[ShiftName, Version], name: ShiftName) -> int:
    return known[name].number + 1 if name in known else 1
