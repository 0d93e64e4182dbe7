"""The tutorial does what it says: its commands are run in order, and show what it shows."""

import asyncio
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.support.tree import Tree

PAGE = Path("docs/tutorial/first-day.md")
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SHOWN = "--- shown by block"


async def test_the_commands_of_the_tutorial_show_what_it_says(tree: Tree, tmp_path: Path) -> None:
    blocks = _blocks_of(PAGE)
    commands = [text for kind, text in blocks if kind == "sh"]

    shown = await _run(_as_a_reader(commands, tree), tree.folder, tmp_path)

    for number, expected in enumerate(_expected(blocks)):
        assert re.fullmatch(expected, shown[number]), f"{commands[number]}\nshows\n{shown[number]}"


def _blocks_of(page: Path) -> list[tuple[str, str]]:
    return [(match[1], match[2]) for match in _BLOCK.finditer(page.read_text("utf-8"))]


def _as_a_reader(commands: list[str], tree: Tree) -> str:
    """The commands as one script, with the addresses and the password of this installation."""
    script = "".join(f"{text}\necho '{_SHOWN}'\n" for text in commands)
    here = {
        "xxxx-xxxx-xxxx-xxxx": tree.passwords["supervisor"],
        "http://127.0.0.1:8080": tree.http_url,
        "127.0.0.1:8081": tree.grpc_address,
        ".venv/bin/": f"{shlex.quote(str(Path(sys.executable).parent))}/",
    }
    for written, real in here.items():
        script = script.replace(written, real)
    return script


def _expected(blocks: list[tuple[str, str]]) -> Iterator[str]:
    """For each block of commands, what it shows; `...` stands for any text."""
    for (kind, _), (next_kind, text) in zip(blocks, [*blocks[1:], ("sh", "")], strict=True):
        if kind == "sh":
            wanted = text.replace("127.0.0.1:8081", "...") if next_kind == "text" else ""
            yield re.escape(wanted).replace(r"\.\.\.", "(?s:.*)")


async def _run(script: str, folder: Path, home: Path) -> list[str]:
    """What each block shows; the first command that fails ends the script."""
    process = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", script),
        cwd=folder,
        env={**os.environ, "XDG_CONFIG_HOME": str(home), "TMPDIR": str(home)},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    content, _ = await process.communicate()
    shown = content.decode().split(f"{_SHOWN}\n")
    assert process.returncode == 0, f"the commands end with {process.returncode}:\n{shown[-1]}"
    return shown
