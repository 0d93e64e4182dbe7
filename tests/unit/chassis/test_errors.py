from datetime import timedelta

import pytest

from chassis.errors import Code, FieldViolation, Refusal, invalid_fields


def test_a_refusal_cannot_be_changed_by_whoever_gave_its_data() -> None:
    metadata = {"site": "sites/x"}

    refusal = Refusal(Code.NOT_FOUND, "UNKNOWN_SITE", "there is no sites/x", metadata=metadata)
    metadata["site"] = "sites/y"

    assert refusal.metadata == {"site": "sites/x"}
    with pytest.raises(TypeError):
        refusal.metadata["site"] = "sites/z"  # type: ignore[index] # what the test is about


def test_a_refusal_reads_well_in_a_log() -> None:
    refusal = Refusal(Code.UNAVAILABLE, "AWAY", "come back", retry_after=timedelta(seconds=1))

    assert str(refusal) == "UNAVAILABLE AWAY: come back"


def test_the_first_faulty_fields_are_named_and_the_others_counted() -> None:
    refusal = invalid_fields([FieldViolation(f"agents[{i}]", "is empty") for i in range(7)])

    assert refusal.code is Code.INVALID_ARGUMENT
    assert refusal.message.endswith("; agents[2]: is empty; and 4 more")
    assert len(refusal.violations) == 7
