from pathlib import Path

import pytest

from cli.importing.queue_log.events import EVENTS
from tests.unit.importing.queue_log.golden_logs import FOLDER, load_expected, read_golden

LOGS = sorted(FOLDER.glob("*.log"))


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_a_golden_log_comes_to_what_is_written_beside_it(log: Path) -> None:
    expected = load_expected(log)
    del expected["options"]

    assert read_golden(log) == expected


def test_every_event_that_is_known_occurs_in_a_golden_log() -> None:
    lines = [line for log in LOGS for line in log.read_text(encoding="utf-8").splitlines()]
    seen = {field for line in lines for field in line.split("|")[4:5]}

    assert set(EVENTS) - seen == set()
