"""Whether a process can do its duty: told once, served as readiness and as gRPC health."""

import asyncio
from collections.abc import Awaitable, Callable

Check = Callable[[], Awaitable[str | None]]

CHECK_LIMIT_SECONDS = 2.0


class Health:
    """Collects the checks of a process. A check answers None when fine, otherwise why not."""

    def __init__(self) -> None:
        self._checks: dict[str, Check] = {}
        self.draining = False

    def register(self, name: str, check: Check) -> None:
        """Adds a check, or replaces the one of that name."""
        self._checks[name] = check

    async def report(self) -> dict[str, str | None]:
        """Runs all checks side by side and answers by name; never raises, and never takes over two
        seconds.

        A draining process reports itself as not ready under the name `process`.
        """
        checks = dict(self._checks)
        answers = await asyncio.gather(*(_ask(check) for check in checks.values()))
        report = dict(zip(checks, answers, strict=True))
        if self.draining:
            report["process"] = "the process is stopping"
        return report


def is_ready(report: dict[str, str | None]) -> bool:
    """Tells whether every check of a report is fine."""
    return all(why is None for why in report.values())


async def _ask(check: Check) -> str | None:
    try:
        async with asyncio.timeout(CHECK_LIMIT_SECONDS):
            return await check()
    except TimeoutError:
        return f"no answer within {CHECK_LIMIT_SECONDS:g} s"
    except Exception as error:  # a check that breaks is a check that fails
        return f"{type(error).__name__}: {error}"
