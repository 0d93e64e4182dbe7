"""Path templates by the grammar of google/api/http.proto: `/v1/{name=sites/*}/heatmap`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from urllib.parse import unquote

_LITERAL = r"(?:[A-Za-z0-9._~!$&'()+,;@-]|%[0-9A-Fa-f]{2})+"
_SEGMENT = rf"(?:\*\*|\*|{_LITERAL})"
_IDENT = r"[A-Za-z_][A-Za-z0-9_]*"
_PART = re.compile(
    rf"/(?:\{{(?P<path>{_IDENT}(?:\.{_IDENT})*)(?:=(?P<inner>{_SEGMENT}(?:/{_SEGMENT})*))?\}}"
    rf"|(?P<plain>{_SEGMENT}))"
)
_VERB = re.compile(rf":(?P<verb>{_LITERAL})")
_BROKEN_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_ENCODED_SLASH = re.compile("%(2[fF])")


class MalformedTemplateError(ValueError):
    """A template that does not follow the grammar."""


class MalformedValueError(ValueError):
    """A part of a path that is no percent-encoded UTF-8."""


class Wildcard(Enum):
    """A segment that matches more than its own text: any one segment, or all that are left."""

    ONE = "*"
    REST = "**"


Segment = str | Wildcard


@dataclass(frozen=True, slots=True)
class Variable:
    """The segments from `start` until before `end` (None: all that are left) as a field's value."""

    path: str
    start: int
    end: int | None
    is_single: bool

    def value(self, parts: Sequence[str]) -> str:
        """Returns the value in the parts of a path as it came; raises MalformedValueError.

        Of several segments an encoded slash stays encoded, since it parts no segments.
        """
        raw = "/".join(parts[self.start : self.end])
        if "%" not in raw:
            return raw
        return decode(raw if self.is_single else _ENCODED_SLASH.sub(r"%25\1", raw))


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """A compiled template; `verb` is what follows the colon, empty for none."""

    text: str
    segments: tuple[Segment, ...]
    variables: tuple[Variable, ...]
    verb: str

    @classmethod
    def parse(cls, text: str) -> "PathTemplate":
        """Reads a template; raises MalformedTemplateError."""
        segments: list[Segment] = []
        variables: list[Variable] = []
        place = 0
        while part := _PART.match(text, place):
            place = part.end()
            inner = [_segment(one) for one in (part["plain"] or part["inner"] or "*").split("/")]
            if part["path"]:
                variables.append(_variable(part["path"], len(segments), inner))
            segments += inner
        verb = _VERB.fullmatch(text, place)
        if not segments or (place < len(text) and verb is None):
            raise MalformedTemplateError(f"{text} is malformed from character {place + 1} on")
        _check(text, segments, variables)
        return cls(text, tuple(segments), tuple(variables), verb["verb"] if verb else "")


def decode(text: str) -> str:
    """Decodes percent-encoded text; raises MalformedValueError."""
    if _BROKEN_ESCAPE.search(text):
        raise MalformedValueError(f"{text[:80]!r} has a % without two hexadecimal digits")
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise MalformedValueError(f"{text[:80]!r} is no percent-encoded UTF-8") from None


def _segment(text: str) -> Segment:
    return Wildcard(text) if text in ("*", "**") else unquote(text)


def _variable(path: str, start: int, inner: Sequence[Segment]) -> Variable:
    end = None if inner[-1] is Wildcard.REST else start + len(inner)
    return Variable(path, start, end, is_single=len(inner) == 1 and end is not None)


def _check(text: str, segments: Sequence[Segment], variables: Sequence[Variable]) -> None:
    if Wildcard.REST in segments[:-1]:
        raise MalformedTemplateError(f"{text} has ** before the end")
    paths = [variable.path for variable in variables]
    if len(set(paths)) < len(paths):
        raise MalformedTemplateError(f"{text} names a field twice")
