from datetime import timedelta
from itertools import count

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.sessions import REMEMBERED_FOR, Sessions, hash_token
from gateway.domain.accounts import ATTEMPTS_IN_A_ROW, SESSION_LIFETIME, WAIT_AFTER_ATTEMPTS
from tests.unit.gateway.fakes import MORNING, SUPERVISOR, FakeAccounts, PlainPasswords

RIGHT = "supervisor-secret"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MORNING)


@pytest.fixture
def accounts() -> FakeAccounts:
    return FakeAccounts(SUPERVISOR)


@pytest.fixture
def sessions(accounts: FakeAccounts, clock: ManualClock) -> Sessions:
    numbers = count(1)
    return Sessions(accounts, PlainPasswords(), clock, lambda: f"token{next(numbers)}")


async def fail(sessions: Sessions, account: str = "supervisor") -> Refusal:
    with pytest.raises(Refusal) as refused:
        await sessions.open(account, "wrong")
    return refused.value


async def test_signing_in_opens_a_session_that_its_token_finds(sessions: Sessions) -> None:
    signed_in = await sessions.open("supervisor", RIGHT)

    assert signed_in.token == "mst_token1"
    assert signed_in.session.expire_time == MORNING + SESSION_LIFETIME
    assert await sessions.find(signed_in.token) == signed_in.session


async def test_only_the_hash_of_a_token_is_kept(sessions: Sessions, accounts: FakeAccounts) -> None:
    signed_in = await sessions.open("supervisor", RIGHT)

    assert list(accounts.sessions) == [hash_token(signed_in.token)]
    assert signed_in.token.encode() not in b"".join(accounts.sessions)


async def test_an_unknown_account_and_a_wrong_password_get_the_same_answer(
    sessions: Sessions,
) -> None:
    wrong, unknown = await fail(sessions), await fail(sessions, "nobody")

    assert wrong.code is Code.UNAUTHENTICATED
    assert str(wrong) == str(unknown)


@pytest.mark.parametrize("account", ["supervisor", "nobody"])
async def test_after_five_failures_in_a_row_one_has_to_wait(
    sessions: Sessions, clock: ManualClock, account: str
) -> None:
    for _ in range(ATTEMPTS_IN_A_ROW):
        assert (await fail(sessions, account)).reason == "WRONG_CREDENTIALS"
    clock.advance(timedelta(seconds=10))

    refused = await fail(sessions, account)

    assert refused.reason == "TOO_MANY_ATTEMPTS"
    assert refused.retry_after == WAIT_AFTER_ATTEMPTS - timedelta(seconds=10)


async def test_while_one_waits_the_right_password_does_not_help(sessions: Sessions) -> None:
    for _ in range(ATTEMPTS_IN_A_ROW):
        await fail(sessions)

    with pytest.raises(Refusal, match="TOO_MANY_ATTEMPTS"):
        await sessions.open("supervisor", RIGHT)


async def test_after_the_wait_the_right_password_signs_in_and_counting_begins_anew(
    sessions: Sessions, clock: ManualClock
) -> None:
    for _ in range(ATTEMPTS_IN_A_ROW):
        await fail(sessions)
    clock.advance(WAIT_AFTER_ATTEMPTS)

    await sessions.open("supervisor", RIGHT)

    for _ in range(ATTEMPTS_IN_A_ROW):
        assert (await fail(sessions)).reason == "WRONG_CREDENTIALS"


async def test_an_attempt_counts_before_its_password_is_checked(
    accounts: FakeAccounts, clock: ManualClock
) -> None:
    counted = []

    class Watching(PlainPasswords):
        async def verify(self, password_hash: str | None, password: str) -> bool:
            counted.append(accounts.attempts["supervisor"].failed_count)
            return await super().verify(password_hash, password)

    await Sessions(accounts, Watching(), clock, lambda: "t").open("supervisor", RIGHT)

    assert counted == [1]


async def test_signing_in_forgets_failures(sessions: Sessions, accounts: FakeAccounts) -> None:
    await fail(sessions)

    await sessions.open("supervisor", RIGHT)

    assert accounts.attempts == {}


async def test_a_session_ends_by_itself(sessions: Sessions, clock: ManualClock) -> None:
    token = (await sessions.open("supervisor", RIGHT)).token
    await sessions.find(token)

    clock.advance(SESSION_LIFETIME)

    assert await sessions.find(token) is None


async def test_what_is_left_over_goes_with_the_next_attempt_of_anybody(
    sessions: Sessions, accounts: FakeAccounts, clock: ManualClock
) -> None:
    await sessions.open("supervisor", RIGHT)

    clock.advance(SESSION_LIFETIME)
    await fail(sessions, "stranger")

    assert accounts.sessions == {}


async def test_a_session_that_was_ended_is_found_no_more(sessions: Sessions) -> None:
    token = (await sessions.open("supervisor", RIGHT)).token
    await sessions.find(token)

    await sessions.end(hash_token(token))
    await sessions.end(hash_token(token))

    assert await sessions.find(token) is None


async def test_a_session_that_another_replica_ended_is_remembered_for_a_minute_at_most(
    sessions: Sessions, accounts: FakeAccounts, clock: ManualClock
) -> None:
    token = (await sessions.open("supervisor", RIGHT)).token
    await sessions.find(token)
    accounts.sessions.clear()

    for _ in range(5):
        clock.advance(REMEMBERED_FOR / 5)
        found = await sessions.find(token)

    assert found is None
    assert accounts.lookup_count == 2


@pytest.mark.parametrize("token", ["", "mst_", "mst_other", "token1", "mst_\udcff", "mst_" * 9999])
async def test_a_token_of_somebody_else_finds_nothing(sessions: Sessions, token: str) -> None:
    await sessions.open("supervisor", RIGHT)

    assert await sessions.find(token) is None


@pytest.mark.parametrize(
    ("account", "password"), [("", "x"), ("a" * 64, "x"), ("a\0", "x"), ("a", "x" * 201)]
)
async def test_what_cannot_be_an_account_is_refused_like_any_other(
    sessions: Sessions, accounts: FakeAccounts, account: str, password: str
) -> None:
    with pytest.raises(Refusal, match="WRONG_CREDENTIALS"):
        await sessions.open(account, password)

    assert accounts.attempts == {}
