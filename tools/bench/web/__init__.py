"""How fast the board is in a browser with 10,000 agents: at first, zoomed, and after an hour.

Chromium shows the built web app before a gateway that answers at once, so that the figures are
those of the page. Frames are read from Chromium's own trace, as processor time of the page's
thread: what else the machine does is left out. The floors are the same bytes fetched by an empty
page, and an empty page that puts a picture of the same size on a canvas.
"""

import statistics
from collections.abc import Sequence

from tools.bench.figure import Figure, figure_from
from tools.bench.web.browser import board_page
from tools.bench.web.floor import AGENTS, CHANGES_AN_HOUR, a_floor
from tools.bench.web.frames import bare_frames, zoomed_frames
from tools.bench.web.load import bare_load, board_load
from tools.bench.web.memory import heap_over_an_hour

REPEATS = 5


def measure() -> Sequence[Figure]:
    """Starts a gateway that answers by script and a browser, measures, and ends them."""
    with a_floor() as floor, board_page(floor.address) as page:
        board_load(page, floor.address)  # the first one warms server and browser
        first = [board_load(page, floor.address) for _ in range(REPEATS)]
        bare = [bare_load(page, floor.address) for _ in range(REPEATS)]
        board_load(page, floor.address)
        frames, bare_ones = zoomed_frames(page), bare_frames(page)
        heaps = heap_over_an_hour(page, floor)
    people = f"{AGENTS:,} agents"
    return [
        figure_from(
            "first board, warm",
            "ms",
            first,
            floor_name="same bytes fetched by an empty page",
            floor_values=bare,
            note=people,
        ),
        figure_from(
            "frame, zoom and pan, p95",
            "ms",
            [_p95(frames)],
            floor_name="a bare picture of that size, p95",
            floor_values=[_p95(bare_ones)],
            note=f"{people}, {len(frames)} frames in 5 s, processor time",
        ),
        figure_from(
            "heap after an hour",
            "MB",
            [heaps[-1]],
            floor_name="heap after its first quarter",
            floor_values=heaps[1:2],
            note=f"{CHANGES_AN_HOUR:,} changes, by quarter {_listed(heaps)} MB",
        ),
    ]


def _listed(heaps: Sequence[float]) -> str:
    return ", ".join(f"{heap:.1f}" for heap in heaps)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
