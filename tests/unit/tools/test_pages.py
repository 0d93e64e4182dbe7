"""The pages for people: every link leads somewhere, every page can be found, and so can
what they name."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
START = ROOT / "README.md"
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_METRIC = re.compile(r"`(muster_[a-z_]+)[`{]")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def test_every_link_between_pages_leads_to_a_page_and_a_heading() -> None:
    dead = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in _pages()
        for link in _links_of(page)
        if not _leads_somewhere(page, link)
    ]

    assert dead == []


def test_every_page_is_found_by_following_links_from_the_readme() -> None:
    found, rest = set[Path](), [START]
    while rest:
        page = rest.pop()
        if page not in found and page.suffix == ".md" and page.exists():
            found.add(page)
            rest += [_target(page, link) for link in _links_of(page)]

    assert [str(page.relative_to(ROOT)) for page in _pages() if page not in found] == []


def test_every_metric_that_a_page_names_exists() -> None:
    known = set(_METRIC.findall((ROOT / "docs/reference/metrics.md").read_text("utf-8")))
    named = {
        (page.name, metric)
        for page in _pages()
        for metric in _METRIC.findall(page.read_text("utf-8"))
    }

    assert {(page, metric) for page, metric in named if metric not in known} == set()


def _pages() -> list[Path]:
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _links_of(page: Path) -> Iterator[str]:
    for link in _LINK.findall(_FENCED.sub("", page.read_text("utf-8"))):
        if not re.match(r"[a-z]+:", link):
            yield link


def _target(page: Path, link: str) -> Path:
    file = link.partition("#")[0]
    return (page.parent / file).resolve() if file else page


def _leads_somewhere(page: Path, link: str) -> bool:
    target, anchor = _target(page, link), link.partition("#")[2]
    return target.exists() and (not anchor or anchor in _anchors_of(target))


def _anchors_of(page: Path) -> set[str]:
    """The anchors that GitHub and its kin make of the headings."""
    text = _FENCED.sub("", page.read_text("utf-8"))
    plain = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in _HEADING.findall(text))
    return {heading.replace(" ", "-") for heading in plain}
