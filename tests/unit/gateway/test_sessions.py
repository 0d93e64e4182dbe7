from dataclasses import replace
from datetime import timedelta
from itertools import count

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.sessions import REMEMBERED_FOR, Sessions, hash_token
from gateway.domain.attempts import (
    ATTEMPTS_FROM_ELSEWHERE,
    ATTEMPTS_IN_A_ROW,
    ATTEMPTS_OF_A_PLACE,
    WAIT_AFTER_ATTEMPTS,
)
from gateway.domain.sessions import SESSION_LIFETIME, Place, Session
from tests.unit.gateway.fakes import MORNING, SUPERVISOR, FakeAccounts, PlainPasswords

RIGHT = "supervisor-secret"
HERE = Place("203.0.113.0/24")
THERE = Place("198.51.100.0/24")


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


async def fail(sessions: Sessions, account: str = "supervisor", place: Place = HERE) -> Refusal:
    with pytest.raises(Refusal) as refused:
        await sessions.open(account, "wrong", place)
    return refused.value


async def test_signing_in_opens_a_session_that_its_token_finds(sessions: Sessions) -> None:
    signed_in = await sessions.open("supervisor", RIGHT, HERE)

    assert signed_in.token == "mst_token1"
    assert signed_in.session.expire_time == MORNING + SESSION_LIFETIME
    assert await sessions.find(signed_in.token) == signed_in.session


async def test_only_the_hash_of_a_token_is_kept(sessions: Sessions, accounts: FakeAccounts) -> None:
    signed_in = await sessions.open("supervisor", RIGHT, HERE)

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
        await sessions.open("supervisor", RIGHT, HERE)


async def test_after_the_wait_the_right_password_signs_in_and_counting_begins_anew(
    sessions: Sessions, clock: ManualClock
) -> None:
    for _ in range(ATTEMPTS_IN_A_ROW):
        await fail(sessions)
    clock.advance(WAIT_AFTER_ATTEMPTS)

    await sessions.open("supervisor", RIGHT, HERE)

    for _ in range(ATTEMPTS_IN_A_ROW):
        assert (await fail(sessions)).reason == "WRONG_CREDENTIALS"


async def test_an_attempt_counts_before_its_password_is_checked(
    accounts: FakeAccounts, clock: ManualClock
) -> None:
    counted = []

    class Watching(PlainPasswords):
        async def verify(self, password_hash: str | None, password: str) -> bool:
            counted.append(accounts.attempts["supervisor@203.0.113.0/24"].failed_count)
            return await super().verify(password_hash, password)

    await Sessions(accounts, Watching(), clock, lambda: "t").open("supervisor", RIGHT, HERE)

    assert counted == [1]


async def test_signing_in_forgets_failures(sessions: Sessions, accounts: FakeAccounts) -> None:
    await fail(sessions)

    await sessions.open("supervisor", RIGHT, HERE)

    assert [subject for subject in accounts.attempts if not subject.startswith("@")] == []


async def test_a_session_ends_by_itself(sessions: Sessions, clock: ManualClock) -> None:
    token = (await sessions.open("supervisor", RIGHT, HERE)).token
    await sessions.find(token)

    clock.advance(SESSION_LIFETIME)

    assert await sessions.find(token) is None


async def test_what_is_left_over_goes_with_the_next_attempt_of_anybody(
    sessions: Sessions, accounts: FakeAccounts, clock: ManualClock
) -> None:
    await sessions.open("supervisor", RIGHT, HERE)

    clock.advance(SESSION_LIFETIME)
    await fail(sessions, "stranger")

    assert accounts.sessions == {}


async def test_a_session_that_was_ended_is_found_no_more(sessions: Sessions) -> None:
    token = (await sessions.open("supervisor", RIGHT, HERE)).token
    await sessions.find(token)

    await sessions.end(hash_token(token))
    await sessions.end(hash_token(token))

    assert await sessions.find(token) is None


async def test_a_session_that_another_replica_ended_is_remembered_for_a_minute_at_most(
    sessions: Sessions, accounts: FakeAccounts, clock: ManualClock
) -> None:
    token = (await sessions.open("supervisor", RIGHT, HERE)).token
    await sessions.find(token)
    accounts.sessions.clear()

    for _ in range(5):
        clock.advance(REMEMBERED_FOR / 5)
        found = await sessions.find(token)

    assert found is None
    assert accounts.lookup_count == 2


@pytest.mark.parametrize("token", ["", "mst_", "mst_other", "token1", "mst_\udcff", "mst_" * 9999])
async def test_a_token_of_somebody_else_finds_nothing(sessions: Sessions, token: str) -> None:
    await sessions.open("supervisor", RIGHT, HERE)

    assert await sessions.find(token) is None


@pytest.mark.parametrize(
    ("account", "password"), [("", "x"), ("a" * 64, "x"), ("a\0", "x"), ("a", "x" * 201)]
)
async def test_what_cannot_be_an_account_is_refused_like_any_other(
    sessions: Sessions, accounts: FakeAccounts, account: str, password: str
) -> None:
    with pytest.raises(Refusal, match="WRONG_CREDENTIALS"):
        await sessions.open(account, password, HERE)

    assert accounts.attempts == {}


async def test_strangers_elsewhere_do_not_lock_the_owner_out_where_she_has_signed_in(
    sessions: Sessions,
) -> None:
    await sessions.open("supervisor", RIGHT, HERE)
    for number in range(ATTEMPTS_FROM_ELSEWHERE):
        await fail(sessions, place=Place(f"198.51.{number}.0/24"))

    stranger = await fail(sessions, place=THERE)

    assert stranger.reason == "TOO_MANY_ATTEMPTS"
    assert (await sessions.open("supervisor", RIGHT, HERE)).token


async def test_who_guesses_at_many_accounts_from_one_place_has_to_wait(
    sessions: Sessions, clock: ManualClock
) -> None:
    for number in range(ATTEMPTS_OF_A_PLACE):
        await fail(sessions, f"agent-{number}", THERE)

    assert (await fail(sessions, "one-more", THERE)).reason == "TOO_MANY_ATTEMPTS"
    assert (await fail(sessions, "one-more", HERE)).reason == "WRONG_CREDENTIALS"


async def test_a_shift_that_signs_in_for_the_first_time_locks_nobody_out(
    accounts: FakeAccounts, clock: ManualClock
) -> None:
    names = [f"agent-{number}" for number in range(2 * ATTEMPTS_OF_A_PLACE)]
    people = FakeAccounts(*(replace(SUPERVISOR, id=name) for name in names))
    numbers = count(1)
    sessions = Sessions(people, PlainPasswords(), clock, lambda: f"token{next(numbers)}")

    for name in names:
        await sessions.open(name, f"{name}-secret", HERE)

    assert len(people.sessions) == len(names)


async def test_a_disabled_account_is_told_so_once_its_password_is_right(
    accounts: FakeAccounts, sessions: Sessions
) -> None:
    known = accounts.credentials["supervisor"]
    disabled = replace(known.account, disable_time=MORNING)
    accounts.credentials["supervisor"] = replace(known, account=disabled)

    assert (await fail(sessions)).reason == "WRONG_CREDENTIALS"
    with pytest.raises(Refusal, match="ACCOUNT_DISABLED"):
        await sessions.open("supervisor", RIGHT, HERE)


async def test_a_new_password_ends_all_other_sessions(
    accounts: FakeAccounts, sessions: Sessions
) -> None:
    other = await sessions.open("supervisor", RIGHT, THERE)
    mine = await sessions.open("supervisor", RIGHT, HERE)

    new = (RIGHT, "a longer secret")
    await sessions.change_password(mine.session, hash_token(mine.token), new, HERE)

    assert await sessions.find(mine.token) is not None
    assert await sessions.find(other.token) is None
    assert accounts.credentials["supervisor"].password_hash == "hash of a longer secret"


async def test_a_password_is_not_changed_without_the_present_one(sessions: Sessions) -> None:
    mine = await sessions.open("supervisor", RIGHT, HERE)

    with pytest.raises(Refusal, match="WRONG_CREDENTIALS"):
        await sessions.change_password(mine.session, b"", ("wrong", "a longer secret"), HERE)


async def test_a_token_of_a_service_account_opens_what_a_session_does(
    accounts: FakeAccounts, sessions: Sessions
) -> None:
    opened = Session(SUPERVISOR, MORNING + timedelta(days=1))
    accounts.tokens[hash_token("mss_secret")] = opened

    assert await sessions.find("mss_secret") == opened
    assert await sessions.find("mss_other") is None


async def test_what_changed_about_an_account_is_known_at_once_and_told_to_open_streams(
    accounts: FakeAccounts, sessions: Sessions
) -> None:
    token = (await sessions.open("supervisor", RIGHT, HERE)).token
    await sessions.find(token)
    seen = sessions.revocations.count

    sessions.forget("supervisor")
    await sessions.find(token)

    assert sessions.revocations.count > seen
    assert accounts.lookup_count == 2
