"""From faults in a request to its refusal."""

from collections.abc import Sequence

from chassis.errors import FieldViolation, Refusal, invalid_fields
from services.roster.domain.checks import Fault

# They travel in a trailer, whose usual limit is 8 KiB.
MOST_VIOLATIONS = 25


def refuse_faults(faults: Sequence[Fault]) -> None:
    """Refuses with one violation a fault, of which the first ones are listed; none is fine."""
    if not faults:
        return
    violations = [FieldViolation(fault.field, fault.description) for fault in faults]
    refusal = invalid_fields(violations)
    raise Refusal(
        refusal.code,
        refusal.reason,
        refusal.message,
        metadata={"violation_count": str(len(violations))},
        violations=violations[:MOST_VIOLATIONS],
    )
