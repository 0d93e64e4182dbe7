"""The changelog's form: what is not released stands on top, each release below with its day."""

UNRELEASED = "## Unreleased"


def close_section(changelog: str, version: str, day: str) -> str:
    """Gives the unreleased section its version and day, and opens a new one above it."""
    if changelog.count(UNRELEASED) != 1:
        raise ValueError(f"CHANGELOG.md must hold one line {UNRELEASED!r}")
    return changelog.replace(UNRELEASED, f"{UNRELEASED}\n\n## {version} - {day}")
