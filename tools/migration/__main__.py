"""Makes a new, empty migration file with the right name and number.

A name says when it runs: `pre_` before the new code is rolled out, `post_` after the old is gone.
"""

import argparse
import re
import sys
from pathlib import Path

OWNERS = {
    "presence": Path("services/presence/migrations/versions"),
    "roster": Path("services/roster/migrations/versions"),
    "dispatch": Path("services/dispatch/migrations/versions"),
    "analytics": Path("services/analytics/migrations/versions"),
    "gateway": Path("gateway/migrations/versions"),
}
_NAME = re.compile(r"(pre|post)_[a-z0-9_]+")
_TEMPLATE = '''"""{sentence}"""

from alembic import op

revision = "{revision}"
down_revision = {down_revision}
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("")


def downgrade() -> None:
    op.execute("")
'''


def main() -> int:
    parser = argparse.ArgumentParser(prog="make migration", description=__doc__)
    parser.add_argument("owner", choices=OWNERS, help="S: the owner of the tables")
    parser.add_argument("name", help="M: pre_add_x or post_drop_x")
    arguments = parser.parse_args()
    if not _NAME.fullmatch(arguments.name):
        parser.error("M must start with pre_ or post_ and hold a-z, 0-9 and _ only")
    folder = OWNERS[arguments.owner]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{_next_number(folder)}_{arguments.name}.py"
    file.write_text(migration_text(arguments.name, _existing(folder), file.stem), "utf-8")
    print(file)
    return 0


def migration_text(name: str, existing: list[str], revision: str) -> str:
    """The text of a new migration that follows the newest existing one."""
    sentence = name.partition("_")[2].replace("_", " ").capitalize() + "."
    down_revision = f'"{existing[-1]}"' if existing else "None"
    return _TEMPLATE.format(sentence=sentence, revision=revision, down_revision=down_revision)


def _existing(folder: Path) -> list[str]:
    return sorted(file.stem for file in folder.glob("[0-9]*_*.py"))


def _next_number(folder: Path) -> str:
    return f"{len(_existing(folder)) + 1:04d}"


if __name__ == "__main__":
    sys.exit(main())
