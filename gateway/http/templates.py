"""Path templates of google.api.http: `/v1/{name=sites/*}/heatmap`, `/v1/states:report`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

_VARIABLE = re.compile(r"\{([a-z][a-z0-9_.]*)(?:=([^{}]+))?\}")
_LITERAL = re.compile(r"[A-Za-z0-9._~!$&'()+,;=@%-]+")
_ENCODED_SLASH = re.compile(r"%(2[fF])")


class MalformedTemplateError(ValueError):
    """A template that does not follow the grammar."""


@dataclass(frozen=True, slots=True)
class PathTemplate:
    """A compiled template. `literal_count` orders templates that match the same path: the more
    literal, the first.
    """

    text: str
    variables: tuple[str, ...]
    literal_count: int
    _pattern: re.Pattern[str]
    _single: frozenset[str]

    @classmethod
    def parse(cls, text: str) -> "PathTemplate":
        """Reads a template; raises MalformedTemplateError."""
        path, verb = _split_verb(text)
        if not path.startswith("/"):
            raise MalformedTemplateError(f"{text} does not begin with a slash")
        variables: dict[str, str] = {}
        pieces, literals = [], 0
        for segment in _segments(path[1:], text):
            match = _VARIABLE.fullmatch(segment)
            name, inner = (match[1], match[2] or "*") if match else ("", segment)
            pattern, count = _pattern_of(inner, text)
            literals += count
            if name and name in variables:
                raise MalformedTemplateError(f"{text} names {name} twice")
            if name:
                variables[name] = inner
                pattern = f"(?P<v{len(variables) - 1}>{pattern})"
            pieces.append(pattern)
        end = f":{re.escape(verb)}" if verb else ""
        return cls(
            text,
            tuple(variables),
            literals + bool(verb),
            re.compile("/" + "/".join(pieces) + end),
            frozenset(name for name, inner in variables.items() if inner == "*"),
        )

    def match(self, raw_path: str) -> Mapping[str, str] | None:
        """Returns the values of the variables of a path as it came over the wire, or None if the
        path has another form.
        """
        found = self._pattern.fullmatch(raw_path)
        if found is None:
            return None
        return {
            name: unquote(value) if name in self._single else _unquote_but_slashes(value)
            for name, value in zip(self.variables, found.groups(), strict=True)
        }


def _split_verb(text: str) -> tuple[str, str]:
    head, slash, last = text.rpartition("/")
    # A colon inside braces belongs to no verb; the grammar has none there, and the segment check
    # refuses it.
    segment, colon, verb = last.rpartition(":")
    if not colon:
        return text, ""
    if not _LITERAL.fullmatch(verb):
        raise MalformedTemplateError(f"{text} has a malformed verb")
    return head + slash + segment, verb


def _segments(path: str, text: str) -> list[str]:
    segments, depth, start = [], 0, 0
    for place, character in enumerate(path):
        depth += (character == "{") - (character == "}")
        if depth not in (0, 1):
            raise MalformedTemplateError(f"{text} has unpaired braces")
        if character == "/" and depth == 0:
            segments.append(path[start:place])
            start = place + 1
    if depth:
        raise MalformedTemplateError(f"{text} has unpaired braces")
    return [*segments, path[start:]]


def _pattern_of(inner: str, text: str) -> tuple[str, int]:
    patterns, literals = [], 0
    parts = inner.split("/")
    for place, part in enumerate(parts):
        if part == "*":
            patterns.append("[^/:]+")
        elif part == "**" and place == len(parts) - 1:
            patterns.append("[^:]*")
        elif _LITERAL.fullmatch(part):
            patterns.append(re.escape(part))
            literals += 1
        else:
            raise MalformedTemplateError(f"{text} has the malformed segment {part!r}")
    return "/".join(patterns), literals


def _unquote_but_slashes(value: str) -> str:
    """Decodes a value of several segments; an encoded slash stays encoded, since it parts no
    segments.
    """
    return unquote(_ENCODED_SLASH.sub(r"%25\1", value))
