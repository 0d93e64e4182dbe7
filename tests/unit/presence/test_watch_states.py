import asyncio
from collections.abc import AsyncIterator

import pytest

from chassis.errors import Code, Refusal
from services.presence.app.ports import Coverage
from services.presence.app.site_feeds import SiteFeeds
from services.presence.app.watch_states import MOST_WATCHES_OF_CALLER, Step, WatchStates
from services.presence.domain.entry import Place

HEAD = Place("bank", 1, 7)


class QuietSite:
    """A site at which nothing happens."""

    async def read_coverage(self, site: str) -> Coverage:
        return Coverage(HEAD)

    async def replay(self, after: Place) -> AsyncIterator[bytes]:
        return
        yield b""


@pytest.fixture
def watch() -> WatchStates:
    return WatchStates(QuietSite(), SiteFeeds())


async def begun(watch: WatchStates, caller: str) -> AsyncIterator[Step]:
    steps = watch("bank", None, caller)
    async with asyncio.timeout(10):
        assert await anext(steps) == Step(HEAD)
    return steps


async def test_one_caller_cannot_take_the_watches_of_all(watch: WatchStates) -> None:
    held = [await begun(watch, "accounts/ana") for _ in range(MOST_WATCHES_OF_CALLER)]

    with pytest.raises(Refusal) as refused:
        await begun(watch, "accounts/ana")
    await begun(watch, "accounts/ben")
    await held[0].aclose()  # type: ignore[attr-defined]  # a generator
    await begun(watch, "accounts/ana")

    assert (refused.value.code, refused.value.reason) == (Code.RESOURCE_EXHAUSTED, "OVERLOADED")
    assert refused.value.retry_after is not None
