from datetime import timedelta

import grpc
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import Code, FieldViolation, Refusal
from chassis.rpc.status import MOST_DETAILS_BYTES, refusal_of, status_code_of, status_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NAME = st.from_regex(r"[A-Z][A-Z_]{1,30}[A-Z]", fullmatch=True)
REFUSALS = st.builds(
    Refusal,
    st.sampled_from(Code),
    NAME,
    TEXT,
    metadata=st.dictionaries(TEXT, TEXT, max_size=3),
    violations=st.lists(st.builds(FieldViolation, TEXT, TEXT), max_size=4),
    retry_after=st.none() | st.timedeltas(timedelta(0), timedelta(days=1)),
    domain=st.just("presence.muster"),
)


@given(REFUSALS)
def test_a_refusal_survives_the_wire(sent: Refusal) -> None:
    details = status_of(sent, "presence").SerializeToString()

    got = refusal_of(status_code_of(sent.code), sent.message, details)

    for name in ("code", "reason", "message", "metadata", "violations", "retry_after", "domain"):
        assert getattr(got, name) == getattr(sent, name)


def test_an_empty_domain_stands_for_the_serving_process() -> None:
    details = status_of(Refusal(Code.NOT_FOUND, "UNKNOWN", "none"), "roster").SerializeToString()

    assert refusal_of(grpc.StatusCode.NOT_FOUND, "none", details).domain == "roster.muster"


def test_a_status_stays_small_however_much_is_wrong() -> None:
    violations = [FieldViolation("字段" * 20, "说明" * 100)] * 500

    status = status_of(Refusal(Code.INVALID_ARGUMENT, "X", "m" * 9000, violations=violations), "p")

    assert status.ByteSize() <= MOST_DETAILS_BYTES


def test_statuses_of_strangers_get_a_shared_reason() -> None:
    assert refusal_of(grpc.StatusCode.UNAVAILABLE, "", None).reason == "BACKEND_UNAVAILABLE"
    assert refusal_of(grpc.StatusCode.DATA_LOSS, "", None).code is Code.INTERNAL
    assert refusal_of(grpc.StatusCode.DATA_LOSS, "", None).reason == "INTERNAL_ERROR"
