"""What a frame costs while somebody zooms and pans for five seconds, from Chromium's trace."""

import json
from typing import Any

from playwright.sync_api import CDPSession, Page

_CATEGORIES = ("devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel")
_MILLISECOND = 1_000

_ZOOM_AND_PAN = """async () => {
  const grid = document.querySelector("[role=grid]");
  const frame = () => new Promise(requestAnimationFrame);
  const end = performance.now() + 5000;
  for (let step = 0; performance.now() < end; step++) {
    const isPan = step % 120 >= 80;
    const turn = step % 80 < 40 ? -40 : 40;
    const at = { clientX: 500 + (step % 400), clientY: 400, bubbles: true, cancelable: true };
    const delta = isPan ? { deltaX: turn } : { deltaY: turn };
    grid.dispatchEvent(new WheelEvent("wheel", { ...at, ...delta }));
    await frame();
  }
}"""

_PUT_A_PICTURE = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1250, height: 760 });
  document.body.append(canvas);
  const context = canvas.getContext("2d", { alpha: false });
  const image = new ImageData(1250, 760);
  const pixels = new Uint32Array(image.data.buffer);
  const end = performance.now() + 5000;
  for (let step = 0; performance.now() < end; step++) {
    pixels.fill(0xff000000 + step);
    context.putImageData(image, 0, 0);
    await new Promise(requestAnimationFrame);
  }
  canvas.remove();
}"""


def zoomed_frames(page: Page) -> list[float]:
    """Returns the milliseconds of work of each frame of the board."""
    return _frames(page, _ZOOM_AND_PAN)


def bare_frames(page: Page) -> list[float]:
    """Returns those of a page that does nothing but show a picture."""
    return _frames(page, _PUT_A_PICTURE)


def _frames(page: Page, script: str) -> list[float]:
    session = page.context.new_cdp_session(page)
    events: list[dict[str, Any]] = []
    session.on("Tracing.dataCollected", lambda part: events.extend(part["value"]))
    session.send("Tracing.start", {"traceConfig": {"includedCategories": list(_CATEGORIES)}})
    page.evaluate(script)
    _stop(page, session)
    session.detach()
    return work_of_frames(events)


def _stop(page: Page, session: CDPSession) -> None:
    ended: list[object] = []
    session.on("Tracing.tracingComplete", lambda event: ended.append(event))  # noqa: PLW0108 # Playwright marks its handlers, and a built-in one cannot be marked
    session.send("Tracing.end")
    while not ended:
        page.wait_for_timeout(50)


def work_of_frames(events: list[dict[str, Any]]) -> list[float]:
    """Sums the processor time of the page's thread from each animation frame to the next one."""
    fired = sorted((e for e in events if e["name"] == "FireAnimationFrame"), key=lambda e: e["ts"])
    if not fired:
        raise ValueError(f"the trace holds no animation frame: {json.dumps(events[:3])}")
    thread = (fired[0]["pid"], fired[0]["tid"])
    tasks = [
        event
        for event in events
        if event["name"] in {"RunTask", "ThreadControllerImpl::RunTask"}
        and (event["pid"], event["tid"]) == thread
        and "tdur" in event
    ]
    kind = tasks[0]["name"] if tasks else ""
    starts = [event["ts"] for event in fired]
    work = [0.0] * len(starts)
    for task in tasks:
        index = sum(start <= task["ts"] + task["dur"] for start in starts) - 1
        if task["name"] == kind and index >= 0:
            work[index] += task["tdur"] / _MILLISECOND
    return work[1:-1]
