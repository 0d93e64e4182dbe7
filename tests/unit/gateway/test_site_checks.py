"""Many readers who come at once: what they may see is asked once for all who see the same."""

import asyncio
from collections import Counter

import pytest

from chassis.access import Caller, bind_caller, current_caller
from chassis.errors import Code, Refusal
from chassis.identity import Identity
from chassis.scope import EVERYTHING, Scope
from gateway.push.sites import SiteChecks

BANK = "sites/bank"
PART = Scope(frozenset(), teams=frozenset({"teams/red"}))


class Roster:
    """Tells that there is one site, as soon as it may; notes who asked for what."""

    def __init__(self) -> None:
        self.asked: Counter[tuple[str, str]] = Counter()
        self.may_answer = asyncio.Event()

    async def check_site(self, site: str) -> None:
        self.asked[current_caller().identity.subject, site] += 1
        await self.may_answer.wait()
        if site != BANK:
            raise Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "there is no such site")


@pytest.fixture
async def roster() -> Roster:
    return Roster()


async def check(checks: SiteChecks, subject: str, site: str = BANK, scope: Scope = PART) -> None:
    with bind_caller(Caller(Identity(subject, frozenset(), scope), "jwt")):
        await checks.check(site)


async def answered(roster: Roster, *asking: "asyncio.Task[None]") -> list[BaseException | None]:
    await asyncio.sleep(0)
    roster.may_answer.set()
    return await asyncio.gather(*asking, return_exceptions=True)


async def test_those_who_see_the_same_ask_together(roster: Roster) -> None:
    checks = SiteChecks(roster.check_site)
    subjects = [f"accounts/{number}" for number in range(100)]

    await answered(roster, *(asyncio.create_task(check(checks, one)) for one in subjects))

    assert roster.asked == {("accounts/0", BANK): 1}


async def test_a_refusal_is_for_all_who_asked_together(roster: Roster) -> None:
    checks = SiteChecks(roster.check_site)
    asking = [asyncio.create_task(check(checks, one, "sites/moon")) for one in "ab"]

    refusals = await answered(roster, *asking)

    assert [type(one) for one in refusals] == [Refusal, Refusal]


async def test_those_who_see_something_else_ask_for_themselves(roster: Roster) -> None:
    checks = SiteChecks(roster.check_site)
    asking = [
        asyncio.create_task(check(checks, "a")),
        asyncio.create_task(check(checks, "b", scope=EVERYTHING)),
        asyncio.create_task(check(checks, "c", "sites/moon")),
    ]

    *_, refused = await answered(roster, *asking)

    assert roster.asked == {("a", BANK): 1, ("b", BANK): 1, ("c", "sites/moon"): 1}
    assert isinstance(refused, Refusal)


async def test_who_leaves_meanwhile_takes_the_answer_from_nobody(roster: Roster) -> None:
    checks = SiteChecks(roster.check_site)
    first, second = (asyncio.create_task(check(checks, one)) for one in "ab")
    await asyncio.sleep(0)

    first.cancel()
    await asyncio.wait([first])

    assert await answered(roster, second) == [None]


async def test_nobody_is_told_what_was_asked_before_she_came(roster: Roster) -> None:
    checks = SiteChecks(roster.check_site)
    roster.may_answer.set()

    await check(checks, "a")
    await check(checks, "a")

    assert roster.asked == {("a", BANK): 2}
