"""Why somebody looks at one person: a word of a list, and words of her own."""

PURPOSES = ("coaching", "dispute", "incident", "quality", "payroll", "other")
LONGEST_TEXT = 200

_IN_WORDS = "other"


def is_purpose(stated: str) -> bool:
    """Tells whether a text such as `coaching` or `other: the complaint of Monday` states a purpose.

    Only `other` has to be put in words; all others may be.
    """
    kind, _, text = (part.strip() for part in stated.partition(":"))
    known = kind in PURPOSES and (bool(text) or kind != _IN_WORDS)
    return known and len(text) <= LONGEST_TEXT and text.isprintable()
