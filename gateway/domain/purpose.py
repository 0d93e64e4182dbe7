"""Why somebody looks at one person: a word of a list, and words of her own."""

from dataclasses import dataclass

PURPOSES = ("coaching", "dispute", "incident", "quality", "payroll", "other")
LONGEST_TEXT = 200

_IN_WORDS = "other"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A stated purpose; the text is what was written beside it."""

    kind: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}" if self.text else self.kind


def find_purpose(stated: str) -> Purpose | None:
    """Reads `coaching` or `other: the customer's complaint of Monday`; None if it is no purpose.

    Only `other` has to be put in words.
    """
    kind, _, text = (part.strip() for part in stated.partition(":"))
    known = kind in PURPOSES and (bool(text) or kind != _IN_WORDS)
    fits = len(text) <= LONGEST_TEXT and text.isprintable()
    return Purpose(kind, text) if known and fits else None
