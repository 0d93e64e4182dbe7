import asyncio

import pytest

from chassis import health as module
from chassis.health import Health, is_ready


async def is_fine() -> str | None:
    return None


async def is_away() -> str | None:
    return "is away"


async def breaks() -> str | None:
    raise OSError("no route")


async def test_a_report_names_every_check() -> None:
    health = Health()
    health.register("database", is_fine)
    health.register("bus", is_away)

    report = await health.report()

    assert report == {"database": None, "bus": "is away"}
    assert not is_ready(report)


async def test_a_check_that_breaks_fails_by_itself_alone() -> None:
    health = Health()
    health.register("database", breaks)
    health.register("bus", is_fine)

    assert await health.report() == {"database": "OSError: no route", "bus": None}


async def test_a_check_that_does_not_answer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK_LIMIT_SECONDS", 0.01)
    health = Health()

    async def hangs() -> str | None:
        await asyncio.Event().wait()
        return None

    health.register("database", hangs)

    assert await health.report() == {"database": "no answer within 0.01 s"}


async def test_a_draining_process_is_not_ready_however_fine_it_is() -> None:
    health = Health()
    health.register("database", is_fine)

    health.draining = True

    assert not is_ready(await health.report())
