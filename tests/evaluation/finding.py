"""How well the sample corpus is searched: 100 and more needs as people would type them, through the real engine.

    python -m tests.evaluation.finding            the shares
    python -m tests.evaluation.finding --each     and every need with what became of it
    python -m tests.evaluation.finding --of held_out        the 30 needs that no choice was made on
    python -m tests.evaluation.finding --of written_after   60 written with the facts' sentences in view
    python -m tests.evaluation.finding --of drawn           60 over facts drawn by chance, written before looking
    python -m tests.evaluation.finding --of drawn_later     70 more, written when all was done, asked once
    python -m tests.evaluation.finding --of own_words       70 as people would say them, written before looking
    python -m tests.evaluation.finding --of own_words_later 40 more, written when those were mended, asked once
    python -m tests.evaluation.finding --of clerks          as a clerk would ask, in rounds of chance (S, T, …)
    python -m tests.evaluation.finding --as-noted           without what also_answers.tsv adds

``questions.tsv``: ``answers`` are facts (F0052: any passage that holds the fact's sentence, on any page of
corpus/sample/truth.jsonl) or a page and words of it (``page.html#words``): names that outlive
another cutting into passages.
``无``: the corpus cannot answer, and the search should say so. ``-``: a need of another kind, not asked here.
A passage of a mirror answers too. ``typed`` asks the words alone; ``filtered`` with the filters a careful user sets.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from indexer.domain.results import Hit
from indexer.errors import BadQuery
from indexer.library import Library
from indexer.settings import Settings
from indexer.text.fold import fold
from tests.evaluation.reading_sample import CORPUS, squeezed, truths

QUESTIONS = Path(__file__).with_name("questions.tsv")
HELD_OUT = QUESTIONS.with_name("held_out.tsv")
DRAWN = QUESTIONS.with_name("drawn.tsv")
LATER = QUESTIONS.with_name("drawn_later.tsv")
OWN_WORDS = QUESTIONS.with_name("own_words.tsv")
ALSO = QUESTIONS.with_name("also_answers.tsv")
OWN_WORDS_LATER = QUESTIONS.with_name("own_words_later.tsv")
CLERKS = QUESTIONS.with_name("clerks.tsv")
TOP = 5
ANCHOR = 16  # characters of a fact's sentence behind its lead that a passage must hold


@dataclass(frozen=True)
class Need:
    id: str
    query: str
    filters: dict[str, list[str]]
    answers: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        return bool(self.answers)


@dataclass(frozen=True)
class Asked:
    """A need, how it was asked, and the place (1 is the first) of the first passage that answers; None for none."""

    need: Need
    filtered: bool
    total: int
    place: int | None

    @property
    def found(self) -> bool:
        return self.place is not None and self.place <= TOP


def needs(questions: Path = QUESTIONS) -> list[Need]:
    with questions.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["answers"] != "-"]
    also = _also_answers()
    return [
        Need(
            row["id"],
            row["query"],
            {name: [value] for name, _, value in (one.partition("=") for one in row["filters"].split(";")) if value},
            (*row["answers"].split(","), *also.get(row["id"], ())) if row["answers"] != "无" else (),
        )
        for row in rows
    ]


def _also_answers() -> dict[str, tuple[str, ...]]:
    """Need → passages that answer as well, judged when the corpus had grown (docs/relevance.md). They stand apart, for
    the pages of the sample are made so that what questions.tsv names is told."""
    if "--as-noted" in sys.argv:
        return {}
    with ALSO.open(encoding="utf-8", newline="") as file:
        return {row["id"]: tuple(row["answers"].split(",")) for row in csv.DictReader(file, delimiter="\t")}


@cache
def sentences() -> dict[str, list[tuple[str, str]]]:
    """Fact → (page, its sentence there)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for truth in truths():
        for said in truth["sentences"]:
            if said["fact"]:
                found.setdefault(said["fact"], []).append((truth["page"], said["text"]))
    return found


def places(answer: str) -> list[tuple[str, str]]:
    """(page, words) of an answer. Raises KeyError for a fact that stands on no page."""
    page, found, words = answer.partition("#")
    return [(page, words)] if found else [(page, text[-ANCHOR - 1 : -1]) for page, text in sentences()[answer]]


def answers(need: Need, page: str, passage: str) -> bool:
    text = fold(squeezed(passage))
    return any(
        page == there and fold(squeezed(words)) in text for answer in need.answers for there, words in places(answer)
    )


@contextmanager
def sample_library() -> Iterator[Library]:
    """The sample corpus, built anew in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings().with_data_folder(Path(folder))
        library = Library(settings)
        try:
            for _ in library.add([str(CORPUS / "sample" / "pages")]):
                pass
            library.build()
            yield library
        finally:
            library.close()


def ask(library: Library, need: Need, *, filtered: bool) -> Asked:
    asked = {"q": [need.query], "limit": ["20"], **(need.filters if filtered else {})}
    try:
        page = library.search(library.question(asked))
    except BadQuery:  # a filter that the library doesn't know
        return Asked(need, filtered, 0, None)
    place = next((n for n, hit in enumerate(page.hits, 1) if _answers(library, need, hit)), None)
    return Asked(need, filtered, page.total, place)


def _answers(library: Library, need: Need, hit: Hit) -> bool:
    file = library.report(hit.passage.report).file or ""
    return answers(need, Path(file).name, hit.passage.text)


def asked_all(library: Library, questions: Path = QUESTIONS) -> list[Asked]:
    return [ask(library, need, filtered=filtered) for need in needs(questions) for filtered in (False, True)]


def rows(every: list[Asked]) -> list[tuple[str, int, float]]:
    """(measure, of how many, share)."""
    table = []
    for filtered in (False, True):
        name = "filtered" if filtered else "typed"
        mine = [one for one in every if one.filtered is filtered]
        can = [one for one in mine if one.need.answerable]
        cannot = [one for one in mine if not one.need.answerable]
        table.append((f"{name}: an answer among the first {TOP}", len(can), sum(one.found for one in can) / len(can)))
        table.append((f"{name}: nothing found at all", len(can), sum(one.total == 0 for one in can) / len(can)))
        table.append(
            (f"{name}: unanswerable, and says so", len(cannot), sum(one.total == 0 for one in cannot) / len(cannot))
        )
    return table


def main(arguments: list[str]) -> int:
    name = arguments[arguments.index("--of") + 1] if "--of" in arguments else "questions"
    with sample_library() as library:
        every = asked_all(library, QUESTIONS.with_name(f"{name}.tsv"))
    if "--each" in arguments:
        for one in every:
            how = "filtered" if one.filtered else "typed"
            print(f"{one.need.id} {how:9} place {one.place or '-':>3} of {one.total:4}  {one.need.query}")
    for name, count, share in rows(every):
        print(f"{name:45}{count:5}{share:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
