"""Refusals of requests that are not what a method takes."""

from chassis.errors import Code, FieldViolation, Refusal

_LONGEST = 300


def malformed(field: str, description: str) -> Refusal:
    """Refuses a request for one of its parts: a field, a parameter, `body`, a header."""
    return Refusal(
        Code.INVALID_ARGUMENT,
        "MALFORMED_REQUEST",
        f"{field}: {description}",
        violations=[FieldViolation(field, description)],
    )


def told(error: Exception) -> str:
    """Returns what a library says of its input, as far as it is worth reading."""
    return str(error)[:_LONGEST] or type(error).__name__
