"""What stands first for a dozen questions over five sample pages: a change of ranking shows as a diff of these files.

``RANKING=write pytest tests/ranking`` writes them anew; read the diff before you commit it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean

import pytest

from indexer.domain.results import Hit
from indexer.library import Library

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SHOWN = 5
PAGES = ("zhongkai_mill", "changchun_library", "hengyang_mobile", "zhengzhou_sharing", "tianjin_hijacked")

Right = tuple[tuple[str, str], ...]  # (zone, words): a passage of the zone, or of any, that holds the words


def questions() -> list[tuple[str, Right]]:
    made = []
    for line in (HERE / "questions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            question, right = line.split("\t")
            pairs = [one.partition("|") for one in right.split(";")]
            made.append((question, tuple((zone, words) for zone, _, words in pairs)))
    return made


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    made = Library.open(ROOT / "config.toml", tmp_path_factory.mktemp("data"))
    assert all(
        added.report
        for added in made.add([str(ROOT / "corpus" / "sample" / "pages" / f"{page}.html") for page in PAGES])
    )
    made.build()
    yield made
    made.close()


def is_right(hit: Hit, right: Right) -> bool:
    zone, text = hit.passage.zone or "", hit.passage.text.replace("\n", "")
    return any(wanted in ("", zone) and words in text for wanted, words in right)


def figures(library: Library, question: str, right: Right) -> tuple[float, float]:
    """(recall@5, reciprocal rank in 5). Of more than five right passages five are enough."""
    hits = asked(library, question, 100)
    every = sum(is_right(hit, right) for hit in asked(library, "", 100))
    ranks = [rank for rank, hit in enumerate(hits[:SHOWN], 1) if is_right(hit, right)]
    return len(ranks) / min(SHOWN, every), 1 / ranks[0] if ranks else 0.0


def asked(library: Library, question: str, limit: int) -> tuple[Hit, ...]:
    return library.search(library.question({"q": [question], "limit": [str(limit)]})).hits


def page_of(library: Library, question: str, right: Right) -> str:
    lines = [question, ""]
    for rank, hit in enumerate(asked(library, question, SHOWN), 1):
        opening = re.sub(r"\s+", " ", hit.passage.text)[:24]
        sign = "✓" if is_right(hit, right) else " "
        lines.append(f"{rank} {sign} {hit.passage.zone_label} {hit.passage.status.value}  {opening}")
    recall, reciprocal = figures(library, question, right)
    return "\n".join([*lines, "", f"recall@5 {recall:.2f}  MRR {reciprocal:.2f}", ""])


@pytest.mark.parametrize(("question", "right"), questions())
def test_the_first_five_are_those_of_the_file(library: Library, question: str, right: Right) -> None:
    name = re.sub(r"\W+", "-", question).strip("-")
    file = HERE / f"{name}.txt"
    page = page_of(library, question, right)
    if os.environ.get("RANKING") == "write":
        file.write_text(page, encoding="utf-8")
    assert page == file.read_text(encoding="utf-8")


def test_on_the_whole_the_right_passages_come_first(library: Library) -> None:
    every = [figures(library, question, right) for question, right in questions()]
    assert fmean(recall for recall, _ in every) >= 0.85
    assert fmean(reciprocal for _, reciprocal in every) >= 0.85
