"""The parts of an answer: had, or missing with the reason and since when."""

from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from chassis.clock import Clock
from chassis.errors import Code, Refusal

T = TypeVar("T")

_AWAY = frozenset({Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED, Code.RESOURCE_EXHAUSTED})
_NOT_PERMITTED = "PERMISSION_MISSING"


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part that could not be had, and why; since when, unless it is the caller who may not."""

    part: str
    message: str
    reason: str = ""
    since_time: datetime | None = None
    permission: str = ""
    in_preparation: bool = False


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """A part that was had, or why not."""

    value: T | None
    missing: MissingPart | None = None


class Parts:
    """Fetches parts, and remembers since when one that fails has not been had by anybody."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._missing_since: dict[str, datetime] = {}

    async def fetch(self, part: str, answer: Awaitable[T], *, of: str = "") -> Part[T]:
        """Waits for an answer. What is away is missing; whatever else is refused is raised.

        `of` tells apart what has the same name, for example the site.
        """
        key = f"{part} {of}"
        try:
            value = await answer
        except Refusal as refusal:
            if refusal.code not in _AWAY:
                raise
            since = self._missing_since.setdefault(key, self._clock.now())
            return Part(None, _away(part, refusal, since))
        self._missing_since.pop(key, None)
        return Part(value)

    async def fetch_permitted(self, part: str, answer: Awaitable[T], *, of: str = "") -> Part[T]:
        """Does the same, and takes what the caller has no permission for as missing as well."""
        try:
            return await self.fetch(part, answer, of=of)
        except Refusal as refusal:
            if refusal.code is not Code.PERMISSION_DENIED or refusal.reason != _NOT_PERMITTED:
                raise
            return Part(None, _not_permitted(part, refusal))


def _away(part: str, refusal: Refusal, since: datetime) -> MissingPart:
    # Who is too slow goes on after the caller gave up, and has the answer for the next one.
    is_slow = refusal.code is Code.DEADLINE_EXCEEDED
    return MissingPart(part, refusal.message, refusal.reason, since, in_preparation=is_slow)


def _not_permitted(part: str, refusal: Refusal) -> MissingPart:
    permission = refusal.metadata.get("permission", "")
    message = f"the permission {permission} is missing; whoever administers roles can grant it"
    return MissingPart(part, message, refusal.reason, permission=permission)
