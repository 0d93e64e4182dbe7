"""Whatever a log holds, it is read to the end and comes to something that makes sense."""

import pickle
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.importing.queue_log.events import EVENTS
from cli.importing.queue_log.fold import Fold
from cli.importing.queue_log.lines import LineRejectedError, parse_line
from cli.importing.queue_log.rules import LoginModel, Rules
from cli.importing.queue_log.window import Window
from tests.unit.importing.queue_log.golden_logs import read_files

MODELS = st.sampled_from(LoginModel)
WINDOWS = st.none() | st.builds(
    lambda start, length: Window(start, start + length), st.integers(0, 130), st.integers(1, 60)
)
SECONDS = st.sampled_from(["", "0", "5", "-5", "12", "1.5", "x", "PAUSED", "LINK"])


@st.composite
def lines(draw: st.DrawFn) -> str:
    fields = [
        str(draw(st.integers(0, 120))),
        draw(st.sampled_from(["c1", "c2", "c3", "NONE"])),
        draw(st.sampled_from(["care", "sales", "NONE"])),
        draw(st.sampled_from(["SIP/1", "SIP/2", "Local/1@q/n", "NONE"])),
        draw(st.sampled_from([*EVENTS, "SURVEY"])),
        *draw(st.lists(SECONDS, max_size=6)),
    ]
    return "|".join(fields)


LOGS = st.lists(lines(), max_size=40)
# What begins like gzip and is none is refused with a message: test_files tells of it.
NOT_PACKED = st.binary(max_size=500).filter(lambda content: not content.startswith(b"\x1f\x8b"))
RULES = st.builds(Rules, MODELS, st.sampled_from([{}, {"SIP/1": "Ana", "Local/1@q/n": "Ana"}]))


def check(result: dict[str, Any], line_count: int) -> None:
    counts = result["lines"]
    assert counts["read"] == line_count
    parts = ("used", "unknown", "rejected", "blank")
    assert sum(counts[part] for part in parts) == line_count
    assert len(result["rejected"]) == counts["rejected"]
    assert sum(result["unknown_events"].values()) == counts["unknown"]
    for agent in result["agents"].values():
        assert all(each["start"] < each["end"] for each in agent["intervals"])
        assert all(a["end"] <= b["start"] for a, b in pairwise(agent["intervals"]))
        assert not any(each["open"] for each in agent["intervals"][:-1])
    numbers = [
        *result["agents"].values(),
        *({"totals": each} for each in result["queues"].values()),
    ]
    assert all(value >= 0 for each in numbers for value in each["totals"].values())
    for contact in result["contacts"]:
        for leg in contact["legs"]:
            assert (leg["wait_s"] or 0) >= 0
            assert (leg["talk_s"] or 0) >= 0


@given(content=NOT_PACKED, rules=RULES)
def test_any_bytes_are_read_to_the_end(tmp_path_factory: Any, content: bytes, rules: Rules) -> None:
    file = tmp_path_factory.mktemp("log") / "queue_log"
    file.write_bytes(content)

    result = read_files([file], rules)

    check(result, content.count(b"\n") + (not content.endswith(b"\n") and content != b""))


@given(log=LOGS, rules=RULES, window=WINDOWS)
def test_lines_in_any_order_make_timelines_without_overlap_and_counters_that_add_up(
    tmp_path_factory: Any, log: list[str], rules: Rules, window: Window | None
) -> None:
    file = _written(tmp_path_factory, log)

    result = read_files([file], rules, window)

    check(result, len(log))
    if window is not None:
        for agent in result["agents"].values():
            totals, times = agent["totals"], agent["intervals"]
            assert all(window.start <= each["start"] for each in times)
            assert all(each["end"] <= window.end for each in times)
            assert totals["wrapup_s"] <= window.end - window.start


@given(log=LOGS, rules=RULES, cuts=st.sets(st.integers(0, 150), min_size=3, max_size=3))
def test_the_counters_of_two_windows_add_up_to_those_of_both_together(
    tmp_path_factory: Any, log: list[str], rules: Rules, cuts: set[int]
) -> None:
    file = _written(tmp_path_factory, log)
    start, middle, end = sorted(cuts)

    first, second, both = (
        _counters(read_files([file], rules, Window(*ends)))
        for ends in ((start, middle), (middle, end), (start, end))
    )

    assert both == {name: pytest.approx(first[name] + second[name]) for name in both}


@given(log=LOGS, rules=RULES, cut=st.integers(0, 40))
def test_a_state_that_is_stored_halfway_goes_on_as_if_it_had_not_been(
    log: list[str], rules: Rules, cut: int
) -> None:
    events = [event for line in log if (event := _parsed(line, rules))]
    straight = Fold(rules)
    told = [repr(straight.feed(event)) for event in events]

    first = Fold(rules)
    before = [repr(first.feed(event)) for event in events[:cut]]
    second: Fold = pickle.loads(pickle.dumps(first))
    after = [repr(second.feed(event)) for event in events[cut:]]

    assert before + after == told
    assert list(second.open_spans()) == list(straight.open_spans())
    assert second.open_legs() == straight.open_legs()


def _counters(result: dict[str, Any]) -> dict[tuple[str, str, str], float]:
    people = {name: agent["totals"] for name, agent in result["agents"].items()}
    return {
        (kind, name, counter): value
        for kind, named in (("person", people), ("queue", result["queues"]))
        for name, counters in named.items()
        for counter, value in counters.items()
    }


def _parsed(line: str, rules: Rules) -> Any:
    try:
        return parse_line(line, rules.zone)
    except LineRejectedError:
        return None


def _written(tmp_path_factory: Any, log: list[str]) -> Path:
    file: Path = tmp_path_factory.mktemp("log") / "queue_log"
    file.write_text("".join(f"{line}\n" for line in log), encoding="utf-8")
    return file
