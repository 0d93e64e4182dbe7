"""The worked examples of docs/examples/sources: what they are understood to say, line by line."""

from pathlib import Path

import pytest

from cli.sources.commands import load_mapping, try_mapping
from cli.sources.lines import tried_lines

EXAMPLES = Path(__file__).parents[3] / "docs/examples/sources"


@pytest.mark.parametrize("name", ["amazon-connect", "genesys", "cloud-call-centre-cn"])
def test_an_example_is_understood_as_its_page_of_expectations_says(name: str) -> None:
    mapping = load_mapping(EXAMPLES / f"{name}.toml")

    lines = list(tried_lines(try_mapping(mapping, EXAMPLES / f"{name}.ndjson")))

    assert lines == (EXAMPLES / f"{name}.expected.txt").read_text(encoding="utf-8").splitlines()
