"""The groups of tests, in the order in which they run."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Group:
    """One folder of tests, how it is run and how long it may take on two cores."""

    name: str
    folder: Path
    budget: timedelta
    arguments: tuple[str, ...] = ()


# Each worker starts twice as fast without a plugin that only the system tests have a use for.
PARALLEL = ("-n", "2", "-p", "no:schemathesis")

GROUPS = (
    # Unit tests touch no network; the unix pair inside an event loop is none.
    Group(
        "unit",
        Path("tests/unit"),
        timedelta(minutes=1),
        (*PARALLEL, "--disable-socket", "--allow-unix-socket"),
    ),
    Group("contract", Path("tests/contract"), timedelta(minutes=1)),
    Group("component", Path("tests/component"), timedelta(minutes=5), PARALLEL),
    Group("system", Path("tests/system"), timedelta(minutes=5)),
    Group("fault", Path("tests/fault"), timedelta(minutes=8)),
    Group("web", Path("tests/web"), timedelta(minutes=5)),
)

# Above this a whole run fails: nobody waits longer for an answer.
WHOLE_RUN = timedelta(minutes=40)
