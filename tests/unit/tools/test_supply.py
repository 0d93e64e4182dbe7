"""What may be shipped."""

from pathlib import Path

import pytest

from tools.supply.addresses import files_with_addresses
from tools.supply.licences import Package, is_allowed, refused_packages


@pytest.mark.parametrize(
    "licence",
    [
        "MIT",
        "Apache-2.0 OR GPL-3.0-only",
        "BSD-3-Clause AND Zlib",
        "Apache Software License; MIT License",
        "ISC License (ISCL)",
        "MIT AND (Apache-2.0 OR GPL-2.0)",
    ],
)
def test_an_allowed_licence_passes(licence: str) -> None:
    assert is_allowed(licence)


@pytest.mark.parametrize("licence", ["", "UNKNOWN", "GPL-3.0-only", "MIT AND GPL-3.0-only"])
def test_any_other_licence_is_refused(licence: str) -> None:
    assert not is_allowed(licence)


def test_an_exception_with_a_reason_passes() -> None:
    packages = [Package("psycopg", "3", "LGPL-3.0-only"), Package("other", "1", "LGPL-3.0-only")]

    assert [package.name for package in refused_packages(packages)] == ["other"]


@pytest.mark.parametrize(
    "line",
    [
        '  "resolved": "https://registry.example/a.tgz",',
        "--index-url https://example/simple",
        "thing @ https://example/thing.whl",
        "registry=https://registry.example/",
    ],
)
def test_an_address_in_a_lock_is_found_with_its_line(tmp_path: Path, line: str) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text(f"a==1\n{line}\n")

    assert files_with_addresses([lock]) == [f"{lock}:2"]


def test_pins_and_hashes_are_no_addresses(tmp_path: Path) -> None:
    lock = tmp_path / "a.lock"
    lock.write_text("a==1 ; sys_platform == 'linux' \\\n    --hash=sha256:00\n")

    assert files_with_addresses([lock]) == []
