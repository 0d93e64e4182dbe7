from dataclasses import replace

from proof.daily_root import DailyRoot
from proof.keys import PublicKeys
from proof.receipt import Opening, Receipt, judge_receipt
from tests.contract.record_examples import KEY, RECEIPT, ROOT
from tests.unit.proof.builders import Key


def faults(receipt: Receipt, keys: PublicKeys = KEY.public, *roots: DailyRoot) -> tuple[str, ...]:
    return judge_receipt(receipt, keys, roots).faults


def test_a_receipt_is_valid_by_the_key_and_by_its_root() -> None:
    assert faults(RECEIPT) == ()
    assert faults(RECEIPT, KEY.public, ROOT) == ()


def test_a_receipt_that_another_key_signed_is_not_valid() -> None:
    assert faults(RECEIPT, Key("another").public) == (
        "site bank, link 2: the signature is not by the given key",
    )


def test_a_root_of_another_chain_is_no_proof() -> None:
    other = replace(ROOT, links_root=b"x" * 32)

    assert "signature of the daily root" in faults(RECEIPT, KEY.public, other)[0]


def test_an_entry_of_somebody_else_is_not_hers() -> None:
    receipt = replace(RECEIPT, agent="agents/bob")

    assert "does not name agents/bob" in faults(receipt)[0]


def test_an_erased_name_does_not_make_her_entries_somebody_elses() -> None:
    openings = tuple(Opening(one.digest, "agents/bob", b"") for one in RECEIPT.openings)
    receipt = replace(RECEIPT, agent="agents/bob", openings=openings)

    assert "does not name agents/bob" in faults(receipt)[0]
    assert receipt.opened(openings[0].digest) is None


def test_entries_of_one_day_do_not_pass_for_those_of_another() -> None:
    for changed in ({"day": "2026-03-12"}, {"zone": "Nowhere/Else"}):
        (first, *_) = faults(replace(RECEIPT, **changed))  # type: ignore[arg-type]  # by name
        assert "the entry is not of" in first


def test_a_link_counts_once() -> None:
    assert faults(replace(RECEIPT, links=RECEIPT.links * 2)) == ("a link stands in it twice",)


def test_a_name_that_was_erased_leaves_the_rest_valid() -> None:
    actors = tuple(
        one if one.value == RECEIPT.agent else Opening(one.digest, "", b"")
        for one in RECEIPT.openings
    )

    assert faults(replace(RECEIPT, openings=actors)) == ()
