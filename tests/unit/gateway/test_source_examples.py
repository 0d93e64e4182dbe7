"""The worked examples of docs/examples/sources: what they are understood to say, line by line."""

import re
from pathlib import Path

import pytest

from cli.sources.commands import load_mapping, try_mapping
from cli.sources.lines import tried_lines
from gateway.domain.sources.mapping import parse_mapping
from gateway.domain.sources.translate import try_messages

PAGE = Path(__file__).parents[3] / "docs/how-to/push-events.md"
EXAMPLES = Path(__file__).parents[3] / "docs/examples/sources"


@pytest.mark.parametrize("name", ["amazon-connect", "genesys", "cloud-call-centre-cn"])
def test_an_example_is_understood_as_its_page_of_expectations_says(name: str) -> None:
    mapping = load_mapping(EXAMPLES / f"{name}.toml")

    lines = list(tried_lines(try_mapping(mapping, EXAMPLES / f"{name}.ndjson")))

    assert lines == (EXAMPLES / f"{name}.expected.txt").read_text(encoding="utf-8").splitlines()


def test_the_mapping_of_the_page_says_what_the_page_shows() -> None:
    page = PAGE.read_text(encoding="utf-8")
    [mapping] = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    [shown] = re.findall(r"```\n( +1  e-1001.*?)```", page, re.DOTALL)
    event = {
        "eventId": "e-1001",
        "type": "agent_state",
        "timestamp": "2026-11-20T09:00:00Z",
        "agent": {"login": 204, "state": "READY"},
    }
    events = [
        event,
        {**event, "eventId": "e-1002", "agent": {"login": 204, "state": "COACHING"}},
        {**event, "eventId": "e-1003", "timestamp": "nine"},
    ]

    tried = try_messages(parse_mapping(mapping), events)

    assert list(tried_lines(tried)) == shown.splitlines()
