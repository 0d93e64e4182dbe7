"""The contracts' reasons and the code's refusals agree."""

from collections import defaultdict
from pathlib import Path

import pytest

from tools.gen.contracts import Reason, list_reasons, load_files
from tools.gen.refusals import owner_of as owner_of_place
from tools.gen.refusals import read_sources, sent_in, undeclared, unsent, words_in

ROOT = Path(__file__).parents[3]
UNKNOWN = Reason("roster", "UNKNOWN_SITE", "Means no such site (NOT_FOUND).", ("NOT_FOUND",))


@pytest.fixture(scope="module")
def reasons() -> list[Reason]:
    return list_reasons(load_files())


def test_every_refusal_is_declared_with_its_code(reasons: list[Reason]) -> None:
    sent = [refusal for place, text in read_sources(ROOT) for refusal in sent_in(text, place)]

    assert sent
    assert undeclared(sent, reasons) == []


def test_every_declared_reason_is_used(reasons: list[Reason]) -> None:
    words: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for place, text in read_sources(ROOT):
        words[owner_of_place(place)] |= words_in(text)

    assert unsent(reasons, words) == []


def test_every_declared_reason_names_its_code_or_what_is_refused(reasons: list[Reason]) -> None:
    silent = [
        reason.name
        for reason in reasons
        if not reason.codes and "report" not in reason.comment.lower()
    ]

    assert silent == []


def test_a_refusal_with_an_unknown_reason_is_named_by_its_place() -> None:
    sent = sent_in('raise Refusal(Code.NOT_FOUND, "NO_SITE", "gone")', "services/roster/app/a.py")

    assert undeclared(sent, [UNKNOWN]) == ["services/roster/app/a.py:1: NOT_FOUND NO_SITE"]


def test_a_refusal_with_another_code_than_declared_is_named() -> None:
    text = 'raise Refusal(Code.INTERNAL, "UNKNOWN_SITE", "gone")'

    assert undeclared(sent_in(text, "services/roster/app/a.py"), [UNKNOWN])


def test_a_service_may_not_use_another_services_reason() -> None:
    text = 'raise Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "gone")'

    assert undeclared(sent_in(text, "services/presence/app/a.py"), [UNKNOWN])
    assert not undeclared(sent_in(text, "services/roster/app/a.py"), [UNKNOWN])


def test_a_reason_that_nothing_names_is_unsent() -> None:
    assert unsent([UNKNOWN], {"roster": frozenset({"OTHER"})}) == ["roster: UNKNOWN_SITE"]
    assert unsent([UNKNOWN], {"roster": frozenset({"UNKNOWN_SITE"})}) == []
