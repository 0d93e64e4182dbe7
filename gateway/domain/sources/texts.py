"""Texts and ids out of what vendors send."""

import hashlib
import json

LONGEST_ID = 128
LONGEST_TEXT = 200
MOST_IN_HAND = 64

_MISSING = "(missing)"


def text_of(value: object) -> str:
    """Returns a value as a table has it in its left column: `3`, `true`, `Available`."""
    if value is None:
        return _MISSING
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)


def shown(value: object) -> str:
    """Returns a value as it is shown and counted."""
    text = text_of(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def id_of(value: object) -> str:
    """Returns an id that the services take: as it is if they do, otherwise a digest of it. Empty
    for nothing.
    """
    if value is None or value == "":
        return ""
    text = value if isinstance(value, str) else json.dumps(value)
    if len(text) <= LONGEST_ID and text.isprintable():
        return text
    return digest_of(text)


def digest_of(text: str) -> str:
    """Returns what stands for a text that is too long or too strange for an id."""
    return f"sha256-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}"


def ids_of(values: object) -> tuple[str, ...]:
    """Returns the ids of a list, or of the one value that it is, each once and in order."""
    listed = values if isinstance(values, list) else [values]
    ids = (id_of(value) for value in listed)
    return tuple(dict.fromkeys(one for one in ids if one))[:MOST_IN_HAND]
