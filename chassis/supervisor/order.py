"""The order in which children start; they stop in the reverse."""

from collections.abc import Iterable

from chassis.supervisor.child import Child

Wave = tuple[Child, ...]


def start_waves(children: Iterable[Child], ready: Iterable[str] = ()) -> tuple[Wave, ...]:
    """Groups children so that each one's needs are in an earlier wave or ready already.

    The children of a wave may start at once. Raises ValueError for a need that nobody meets, a
    circle of needs, or two children of one name.
    """
    waiting = list(children)
    _refuse_repeats(waiting)
    met = set(ready)
    waves: list[Wave] = []
    while waiting:
        wave = tuple(child for child in waiting if child.needs <= met)
        if not wave:
            raise ValueError(_unmet(waiting, met))
        waves.append(wave)
        met.update(child.name for child in wave)
        waiting = [child for child in waiting if child.name not in met]
    return tuple(waves)


def _refuse_repeats(children: list[Child]) -> None:
    names = [child.name for child in children]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise ValueError(f"children share a name: {', '.join(repeated)}")


def _unmet(waiting: list[Child], met: set[str]) -> str:
    needs = "; ".join(
        f"{child.name} needs {', '.join(sorted(child.needs - met))}" for child in waiting
    )
    return f"no order to start in: {needs}"
