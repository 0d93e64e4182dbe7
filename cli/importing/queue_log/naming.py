"""From the names of a log to the ids of Muster."""

import hashlib
import re

from cli.errors import CommandError

_NO_ID_LETTERS = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 63


def id_of(text: str) -> str:
    """Returns letters, digits and hyphens of a text as an id; nothing if there are none."""
    return _NO_ID_LETTERS.sub("-", text.lower()).strip("-")[:_LONGEST_ID].strip("-")


class Ids:
    """Gives each name its id, and refuses two names that would have the same.

    Where case tells nothing apart, as in the names of Asterisk's queues, two spellings are one.
    """

    def __init__(self, what: str, remedy: str, *, in_any_case: bool = False) -> None:
        self._what = what
        self._remedy = remedy
        self._in_any_case = in_any_case
        self._ids: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        known = self._ids.get(name)
        return self._add(name) if known is None else known

    def _add(self, name: str) -> str:
        # A name in another script has no letter of an id, and is told from others all the same.
        made = id_of(name) or f"x{hashlib.sha256(name.encode()).hexdigest()[:12]}"
        other = self._names.setdefault(made, name)
        is_same = self._in_any_case and other.casefold() == name.casefold()
        if other != name and not is_same:
            raise CommandError(
                f"{self._what} {other!r} and {name!r} would both be {made}: {self._remedy}"
            )
        self._ids[name] = made
        return made
