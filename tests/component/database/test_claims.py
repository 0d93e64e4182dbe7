"""Which replica does a site's work."""

import asyncio
from datetime import timedelta

from chassis.database import Database, SiteClaims


def claims_of(
    database: Database, holder: str, lifetime: timedelta = timedelta(seconds=5)
) -> SiteClaims:
    return SiteClaims(database=database, purpose="publish", holder=holder, lifetime=lifetime)


async def test_a_site_has_one_holder(order: Database) -> None:
    ana, ben = claims_of(order, "ana"), claims_of(order, "ben")

    assert await ana.take(["bank", "shop"]) == {"bank", "shop"}
    assert await ben.take(["bank", "farm"]) == {"farm"}

    assert ana.holds("bank")
    assert not ben.holds("bank")
    assert ben.sites == {"farm"}


async def test_of_many_who_ask_at_once_one_gets_the_site(order: Database) -> None:
    holders = [claims_of(order, f"replica-{number}") for number in range(8)]

    taken = await asyncio.gather(*(holder.take(["bank"]) for holder in holders))

    assert sum(len(sites) for sites in taken) == 1


async def test_what_is_released_is_free_at_once(order: Database) -> None:
    ana, ben = claims_of(order, "ana"), claims_of(order, "ben")
    await ana.take(["bank"])

    await ana.release()

    assert not ana.holds("bank")
    assert await ben.take(["bank"]) == {"bank"}


async def test_a_claim_that_is_not_renewed_runs_out_and_its_holder_knows(order: Database) -> None:
    # Of a lifetime shorter than the margin nothing is reliable.
    ana, ben = claims_of(order, "ana", timedelta(milliseconds=1)), claims_of(order, "ben")
    await ana.take(["bank"])

    assert not ana.holds("bank")
    assert await ben.take(["bank"]) == {"bank"}


async def test_renewing_keeps_what_is_held_and_gives_up_what_is_lost(order: Database) -> None:
    ana, ben = claims_of(order, "ana", timedelta(milliseconds=1)), claims_of(order, "ben")
    await ana.take(["bank", "shop"])
    await ben.take(["bank"])

    await ana.renew()

    async with order.connection() as connection:
        cursor = await connection.execute("SELECT site, holder FROM site_claim ORDER BY site")
        assert await cursor.fetchall() == [("bank", "ben"), ("shop", "ana")]


async def test_claims_of_different_purposes_do_not_meet(order: Database) -> None:
    publishing = claims_of(order, "ana")
    consuming = SiteClaims(database=order, purpose="consume.days", holder="ben")

    assert await publishing.take(["bank"]) == {"bank"}
    assert await consuming.take(["bank"]) == {"bank"}
