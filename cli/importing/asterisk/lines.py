"""Which agent a channel of Asterisk belongs to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cli.errors import CommandError
from cli.importing.queue_log.naming import id_of
from cli.importing.queue_log.options import parse_pairs

# What Asterisk appends to an interface for each call: `-0000002a`, and `;1` to halves of a Local.
_OF_ONE_CALL = re.compile(r"(-[0-9a-f]{4,16})?(;[12])?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lines:
    """Whose line an interface is.

    `names` holds agents by interface, `pattern` names an agent by its group of whatever it matches.
    An interface that neither knows is nobody's: a trunk, a customer.
    """

    names: Mapping[str, str]
    pattern: re.Pattern[str] | None = None

    def agent_of(self, channel: str) -> str | None:
        """Returns the id of the agent whose line a channel is, None if it is nobody's."""
        interface = interface_of(channel)
        if interface in self.names:
            return id_of(self.names[interface]) or None
        match = self.pattern.fullmatch(interface) if self.pattern else None
        return (id_of(match[1]) or None) if match and match[1] else None


def interface_of(channel: str) -> str:
    """Returns the interface of a channel: `PJSIP/101` of `PJSIP/101-0000002a`."""
    return _OF_ONE_CALL.sub("", channel.strip(), count=1)


def parse_lines(aliases: Sequence[str], pattern: str) -> Lines:
    """Reads `IFACE=NAME` pairs and a pattern as they are typed, at least one of them."""
    try:
        compiled = re.compile(pattern) if pattern else None
    except re.error as error:
        raise CommandError(f"--lines: {pattern!r} is no regular expression: {error}") from None
    if compiled is not None and not compiled.groups:
        raise CommandError(r"--lines: put the agent's name in a group, as in `PJSIP/(1\d\d)`")
    if compiled is None and not aliases:
        raise CommandError("say whose lines are whose: --alias IFACE=NAME or --lines PATTERN")
    return Lines(parse_pairs("--alias", aliases), compiled)
