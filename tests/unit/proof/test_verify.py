from dataclasses import replace
from datetime import timedelta

from proof.keys import PublicKeys
from proof.verify import SiteJudgement, SiteVerifier, StoredLink, Trusted
from tests.unit.proof.builders import DAY, MORNING, Key, a_chain, a_checkpoint, a_root

KEY = Key()
CHAIN = a_chain(["a", "b"], ["c"], ["d", "e"])
CHECKPOINTS = [a_checkpoint(CHAIN[1], KEY), a_checkpoint(CHAIN[2], KEY)]
NOW = MORNING + timedelta(days=400)


def judge(
    chain: list[StoredLink], keys: PublicKeys = KEY.public, **changes: object
) -> SiteJudgement:
    values: dict[str, object] = {"roots": [a_root(CHAIN, KEY)], "checkpoints": CHECKPOINTS}
    values |= {"kept_from": None} | changes
    trusted = Trusted(keys, values["roots"], NOW)  # type: ignore[arg-type]  # by name
    verifier = SiteVerifier("bank", trusted, values["checkpoints"], values["kept_from"])  # type: ignore[arg-type]  # by name
    for link in chain:
        verifier.take(link)
    return verifier.finish()


def test_a_chain_as_it_was_signed_is_valid() -> None:
    judgement = judge(CHAIN)

    assert judgement.is_valid
    assert (judgement.links, judgement.entries) == (3, 5)
    assert judgement.last_root == a_root(CHAIN, KEY)


def test_the_first_link_that_no_checkpoint_signs_is_told() -> None:
    assert judge(CHAIN).first_unsigned is None
    assert judge(CHAIN, checkpoints=CHECKPOINTS[:1]).first_unsigned == CHAIN[2].link
    assert judge(CHAIN, checkpoints=[]).first_unsigned == CHAIN[0].link


def test_entries_that_are_not_those_of_their_link_are_blamed_on_it() -> None:
    first = CHAIN[0]
    altered = replace(first, entries=(replace(first.entries[0], raw=b"X"), first.entries[1]))

    judgement = judge([altered, *CHAIN[1:]])

    assert [fault.seq for fault in judgement.faults] == [1]


def test_a_chain_that_was_made_again_differs_from_signatures_and_root() -> None:
    judgement = judge(a_chain(["a", "b"], ["X"], ["d", "e"]))

    assert [fault.seq for fault in judgement.faults] == [2, 3, 3]
    assert judgement.differing_roots == [a_root(CHAIN, KEY)]
    assert judgement.last_good_before(2) == 0


def test_a_link_that_is_missing_is_noticed_also_at_the_end() -> None:
    assert [fault.what for fault in judge(CHAIN[:2]).faults] == [
        f"the links of {DAY} up to 3 are gone",
        "the link of a checkpoint is gone",
    ]


def test_a_signature_by_a_key_that_nobody_trusts_proves_nothing() -> None:
    whats = [fault.what for fault in judge(CHAIN, Key("another").public).faults]

    assert whats.count("the signature of the checkpoint is not by a trusted key") == 2
    assert f"the root of {DAY} is not signed by a trusted key" in whats


def test_links_whose_entries_are_gone_by_retention_are_proven_up_to_a_checkpoint() -> None:
    bare = [replace(link, entries=()) for link in CHAIN]

    judgement = judge(bare, kept_from=DAY + timedelta(days=1))

    assert judgement.is_valid
    assert judgement.dropped_links == 3
    assert judgement.proven_dropped == CHECKPOINTS[1]


def test_entries_that_are_gone_too_early_are_no_retention() -> None:
    judgement = judge(CHAIN, kept_from=NOW.date())

    assert judgement.faults[0].what.endswith("which no retention allows")
