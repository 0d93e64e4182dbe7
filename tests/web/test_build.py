"""What `make web` built: small enough, and nothing of it comes from elsewhere."""

import gzip
import re
from pathlib import Path

from tests.web.support.gateway import STATIC

WEB = Path(__file__).parents[2] / "gateway" / "web"
FIRST_LOAD_LIMIT = 350_000


def first_scripts() -> list[Path]:
    page = (STATIC / "index.html").read_text()
    return [STATIC / name for name in re.findall(r'(?:src|href)="/(assets/[^"]+\.js)"', page)]


def test_the_first_load_is_small() -> None:
    packed = {script.name: len(gzip.compress(script.read_bytes())) for script in first_scripts()}

    assert packed
    assert sum(packed.values()) <= FIRST_LOAD_LIMIT, packed


def test_the_log_is_loaded_when_it_is_opened() -> None:
    assert not [script for script in first_scripts() if "Log" in script.name]
    assert list((STATIC / "assets").glob("LogDrawer-*.js"))


def test_the_page_loads_nothing_from_elsewhere_and_holds_no_script_of_its_own() -> None:
    page = (STATIC / "index.html").read_text()

    assert not re.search(r'(?:src|href)="(?!/)', page)
    assert not re.search(r"<script[^>]*>[^<]", page)
    assert "<style" not in page


def test_the_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (WEB / "package-lock.json").read_text()
