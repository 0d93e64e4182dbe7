from dataclasses import fields, replace
from datetime import timedelta
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from proof.audit import (
    AUDIT_CHAIN,
    AUDIT_EPOCH,
    AuditContent,
    AuditExport,
    AuditLink,
    KeptEntry,
    encode_audit_entry,
    export_to_lines,
    judge_audit_log,
    read_export,
)
from proof.checkpoint import sign_checkpoint
from proof.encoding import DamagedBytesError
from proof.link import Link
from proof.merkle import leaf_hash, root_of
from tests.unit.proof.builders import MORNING, Key

KEY = Key("gateway")
words = st.text(max_size=8)
contents = st.builds(
    AuditContent,
    kind=words,
    actor=words,
    method=words,
    person=words,
    site=words,
    team=words,
    purpose=words,
    outcome=words,
    summary=words,
    trace_id=words,
    address_class=words,
    request_digest=st.sampled_from([b"", sha256(b"request").digest()]),
    change_seq=st.integers(0, 9),
    change_position=st.integers(0, 9),
)
logs = st.lists(st.lists(contents, min_size=1, max_size=3), min_size=1, max_size=4)


def a_log(*links: list[AuditContent]) -> AuditExport:
    """A log with its last link signed."""
    made: list[AuditLink] = []
    for number, entries in enumerate(links):
        time = MORNING + timedelta(seconds=number)
        link = Link(
            AUDIT_CHAIN,
            AUDIT_EPOCH,
            number + 1,
            time,
            made[-1].hash if made else b"",
            root_of([leaf_hash(encode_audit_entry(one)) for one in entries]),
            len(entries),
        )
        kept = tuple(KeptEntry(position, time, one) for position, one in enumerate(entries))
        made.append(AuditLink(link, link.hash, kept))
    return AuditExport(None, made, [sign_checkpoint(made[-1].link, KEY)])


@given(logs)
def test_a_log_is_valid_and_comes_back_from_its_export_as_it_was(
    links: list[list[AuditContent]],
) -> None:
    log = a_log(*links)

    read = read_export(export_to_lines(log))

    assert read == log
    assert judge_audit_log(read, KEY.public, MORNING).is_valid


@given(links=logs, data=st.data())
def test_whatever_is_changed_of_an_entry_is_found_at_its_link(
    links: list[list[AuditContent]], data: st.DataObject
) -> None:
    log = a_log(*links)
    index = data.draw(st.integers(0, len(links) - 1))
    name = data.draw(st.sampled_from([one.name for one in fields(AuditContent)]))
    link = log.links[index]
    old = link.entries[0].content
    new = replace(old, **{name: getattr(data.draw(contents), name)})
    log.links[index] = replace(
        link, entries=(replace(link.entries[0], content=new), *link.entries[1:])
    )

    judgement = judge_audit_log(log, KEY.public, MORNING)

    found = {fault.seq for fault in judgement.faults}
    assert found == (set() if new == old else {index + 1})


@given(links=logs, data=st.data())
def test_a_link_that_is_taken_out_is_missed(
    links: list[list[AuditContent]], data: st.DataObject
) -> None:
    log = a_log(*links)
    del log.links[data.draw(st.integers(0, len(links) - 1))]

    assert not judge_audit_log(log, KEY.public, MORNING).is_valid


def test_a_log_that_somebody_else_made_anew_is_not_signed_by_the_gateway() -> None:
    log = a_log([AuditContent("LOOK", "accounts/lead", "s/M")])

    judgement = judge_audit_log(log, Key("another").public, MORNING)

    assert [fault.what for fault in judgement.faults] == [
        "the signature of the checkpoint is not by a trusted key"
    ]


@pytest.mark.parametrize("text", ["", "no json", "[]", '{"format": 2}', '{"format": 1}\n{}'])
def test_what_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(DamagedBytesError):
        read_export(text.splitlines())
