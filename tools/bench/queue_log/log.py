"""A queue log like that of a busy day."""

from pathlib import Path

_AGENTS = 50
_QUEUES = 5
_START = 1_700_000_000
_SECONDS_BETWEEN_CALLS = 3


def write_log(file: Path, line_count: int) -> Path:
    """Writes that many lines: of calls that are answered or lost, missed rings and breaks."""
    written = 0
    with file.open("w", encoding="utf-8") as out:
        for agent in range(_AGENTS):
            out.write(f"{_START}|MANAGER|q{agent % _QUEUES}|SIP/{agent}|ADDMEMBER|\n")
            written += 1
        call = 0
        while written < line_count:
            call += 1
            lines = _lines_of(call)[: line_count - written]
            out.writelines(lines)
            written += len(lines)
    return file


def _lines_of(call: int) -> list[str]:
    at = _START + call * _SECONDS_BETWEEN_CALLS
    agent, contact = call % _AGENTS, f"{at}.{call}"
    queue, member = f"q{agent % _QUEUES}", f"SIP/{agent}"
    other = f"SIP/{(agent + _QUEUES) % _AGENTS}"
    enter = f"{at}|{contact}|{queue}|NONE|ENTERQUEUE||0123|1\n"
    if call % 10 == 0:
        return [enter, f"{at + 40}|{contact}|{queue}|NONE|ABANDON|1|1|40\n"]
    served = [
        enter,
        f"{at + 5}|{contact}|{queue}|{other}|RINGNOANSWER|5000\n",
        f"{at + 9}|{contact}|{queue}|{member}|CONNECT|9|x{contact}|3\n",
        f"{at + 99}|{contact}|{queue}|{member}|COMPLETECALLER|9|90|1\n",
    ]
    if call % 5 == 0:
        return served
    return [
        *served,
        f"{at + 100}|NONE|{queue}|{member}|PAUSE|Lunch\n",
        f"{at + 130}|NONE|{queue}|{member}|UNPAUSE|\n",
    ]
