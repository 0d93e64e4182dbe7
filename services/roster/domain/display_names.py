"""Names that people read, by language: what they must be."""

import re

from services.roster.domain.people import DisplayNames

MOST_LANGUAGES = 20
LONGEST_NAME = 60

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def display_names_fault(names: DisplayNames) -> str | None:
    """Returns what is wrong with names by language and what to do, None if nothing is."""
    if not 1 <= len(names) <= MOST_LANGUAGES:
        return f"must have names in 1 to {MOST_LANGUAGES} languages"
    for language, name in names:
        if not _LANGUAGE.fullmatch(language):
            return f"has {language!r} as a language; name languages by tags such as en or zh"
        if not (name.strip() and len(name) <= LONGEST_NAME and name.isprintable()):
            return f"must have 1 to {LONGEST_NAME} printable characters in {language}"
    return None
