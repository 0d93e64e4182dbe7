from hypothesis import given
from hypothesis import strategies as st

from gateway.domain.roles import reseeded, seeded_roles

PERMISSIONS = st.frozensets(st.sampled_from("abcdefgh"))


@given(PERMISSIONS, PERMISSIONS)
def test_a_release_that_changes_nothing_leaves_a_role_as_it_was_made(
    kept: frozenset[str], seed: frozenset[str]
) -> None:
    assert reseeded(kept, seed, seed) == kept


@given(PERMISSIONS, PERMISSIONS)
def test_a_role_that_nobody_changed_permits_what_the_release_has_it_permit(
    former: frozenset[str], seed: frozenset[str]
) -> None:
    assert reseeded(former, former, seed) == seed


@given(PERMISSIONS, PERMISSIONS, PERMISSIONS)
def test_what_somebody_took_away_stays_away_and_what_she_added_stays(
    kept: frozenset[str], former: frozenset[str], seed: frozenset[str]
) -> None:
    result = reseeded(kept, former, seed)

    assert not result & (former & seed - kept)
    assert kept - former <= result


def test_administrators_may_everything_there_is() -> None:
    everything = frozenset({"board.read", "account.roles.write"})

    administrator, *others = seeded_roles(everything)

    assert administrator.permissions == everything
    assert all("account.roles.write" not in role.permissions for role in others)
