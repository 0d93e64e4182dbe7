"""Keeps watch over open streams: whoever loses her access loses her streams."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from typing import Any

from chassis.access import Authenticator, check_access, current_caller
from chassis.errors import SHARED_DOMAIN, Code, Refusal
from chassis.identity import Identity
from gateway.app.revocations import Revocations

ACCESS_CHECK = timedelta(seconds=20)
"""With the time that sessions are remembered less than the minute after which nobody goes on."""

MOST_STREAMS = 200
"""How many streams one caller may have open at a replica."""

_NOT_ANY_MORE = frozenset({Code.UNAUTHENTICATED, Code.PERMISSION_DENIED, Code.ABORTED})


class StreamGuard:
    """Asks now and then, and whenever somebody's access is taken, whether a caller may go on."""

    def __init__(
        self,
        authenticate: Authenticator,
        revocations: Revocations,
        access_check: timedelta = ACCESS_CHECK,
    ) -> None:
        self._authenticate = authenticate
        self._revocations = revocations
        self._access_check = access_check
        self._streams: Counter[str] = Counter()
        self._leaving = False

    def leave(self) -> None:
        """Ends all streams: their callers come back to another replica."""
        self._leaving = True
        self._revocations.announce()

    @asynccontextmanager
    async def watch(self, method: str, bearer: str) -> AsyncIterator[None]:
        """Lets the block run for the present caller until it is done or she may not go on; then it
        is cancelled, and what comes out is the refusal.
        """
        identity = current_caller().identity
        with self._counted(identity.subject):
            async with _ended_by(self._refused(method, bearer, identity)):
                yield

    async def _refused(self, method: str, bearer: str, began: Identity) -> Refusal:
        """Returns once the caller may not go on as she began, with the reason."""
        seen = self._revocations.count
        while not self._leaving:
            # The end of the wait is the time to look again.
            with suppress(TimeoutError):
                async with asyncio.timeout(self._access_check.total_seconds()):
                    await self._revocations.beyond(seen)
            # Noted before asking, so that what is taken meanwhile makes it ask once more.
            seen = self._revocations.count
            try:
                caller = await self._authenticate(bearer)
                check_access(method, caller)
                _check_scope(began, caller.identity)
            except Refusal as refusal:
                # A database that is away for the moment takes nobody's access.
                if refusal.code in _NOT_ANY_MORE:
                    return refusal
        return _leaving()

    @contextmanager
    def _counted(self, subject: str) -> Iterator[None]:
        if self._streams[subject] >= MOST_STREAMS:
            raise Refusal(
                Code.RESOURCE_EXHAUSTED,
                "TOO_MANY_STREAMS",
                f"{subject} has {MOST_STREAMS} streams open; close some",
                retry_after=timedelta(seconds=10),
            )
        self._streams[subject] += 1
        try:
            yield
        finally:
            self._streams[subject] -= 1
            if not self._streams[subject]:
                del self._streams[subject]


@asynccontextmanager
async def _ended_by(refused: Coroutine[Any, Any, Refusal]) -> AsyncIterator[None]:
    """Runs the block until there is a refusal, and raises it then, as asyncio.timeout would."""
    block = asyncio.current_task()
    if block is None:
        raise RuntimeError("only what runs in a task can be ended")
    watching = asyncio.create_task(refused)
    watching.add_done_callback(lambda done: None if done.cancelled() else block.cancel())
    try:
        yield
    except asyncio.CancelledError:
        if not watching.done() or block.uncancel() > 0:
            raise
        raise watching.result() from None
    finally:
        watching.cancel()


def _check_scope(began: Identity, now: Identity) -> None:
    """Refuses where other rows are in sight, or other fields, than when the stream began: the
    service behind it goes by the token that it was opened with.
    """
    if (began.scope, began.history_scope, began.permissions) != (
        now.scope,
        now.history_scope,
        now.permissions,
    ):
        raise Refusal(
            Code.ABORTED, "ACCESS_CHANGED", "you may see other things by now; open it again"
        )


def _leaving() -> Refusal:
    return Refusal(
        Code.UNAVAILABLE,
        "BACKEND_UNAVAILABLE",
        "the gateway is leaving; open the stream again",
        domain=SHARED_DOMAIN,
    )
