"""Takes a body apart into messages: an object, an array of objects, or one object a line."""

import json
import re
from typing import Any, NoReturn

MOST_MESSAGES = 1000
DEEPEST = 100
LARGEST_BODY = 1024 * 1024
"""In bytes."""

_SURROGATES = re.compile(r"\\u[dD][89a-fA-F]")


class BodyRefusedError(Exception):
    """Tells what is wrong with a body."""


def split_body(content: bytes, most: int = MOST_MESSAGES) -> list[dict[str, Any]]:
    """Returns the messages of a body in their order; raises BodyRefusedError."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BodyRefusedError("is not UTF-8") from None
    values = _values(text)
    messages = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    if not messages:
        raise BodyRefusedError("holds no event")
    if len(messages) > most:
        raise BodyRefusedError(f"holds more than {most} events; send it in parts")
    for number, message in enumerate(messages):
        if not isinstance(message, dict):
            raise BodyRefusedError(f"holds something other than an object, at place {number}")
    return messages


def message_text(message: dict[str, Any]) -> str:
    """Returns a message as it is kept."""
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))


def read_message(text: str) -> Any:
    """Reads what `message_text` wrote."""
    return json.loads(text)


def _values(text: str) -> list[Any]:
    try:
        return [_parse(text)]
    except json.JSONDecodeError as error:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2:
            raise BodyRefusedError(f"is no JSON: {error}") from None
    return [_parse_line(number, line) for number, line in enumerate(lines, start=1)]


def _parse_line(number: int, line: str) -> Any:
    try:
        return _parse(line)
    except json.JSONDecodeError as error:
        raise BodyRefusedError(f"is no JSON, and line {number} is none: {error}") from None


def _parse(text: str) -> Any:
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError:
        raise
    except (RecursionError, ValueError) as error:
        raise BodyRefusedError(f"cannot be read: {str(error)[:100]}") from None
    if _is_too_deep(value):
        raise BodyRefusedError(f"is nested more than {DEEPEST} deep")
    if _SURROGATES.search(text) and _has_half_characters(value):
        raise BodyRefusedError("holds half a character, as \\ud83d without what follows it")
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise BodyRefusedError(f"holds {name}, which JSON has not")


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            child
            for one in level
            if isinstance(one, dict | list)
            for child in (one.values() if isinstance(one, dict) else one)
        ]
        if not level:
            return False
    return True


def _has_half_characters(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False
