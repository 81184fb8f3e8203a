"""How well the real engine answers questions whose answers are known (``duibiao evaluate``, docs/relevance.md).

Three files: the corpus, one JSON object a line {id, name, content}; the questions, ``id⇥text``; the judgements, in
TREC's form ``question 0 article 1``. ``.gz`` is read as it is. Each article is one passage whose title is its name.
Articles whose names differ in their number only (…法第一条, …法第二条) are passages of one report, as the passages of a
report are in a build; with ``apart`` each is a report of its own, as a peer sees them that ranks bare articles.
"""

from __future__ import annotations

import gzip
import json
import math
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from indexer.domain.results import IndexedPassage, ResultPage
from indexer.errors import BadInput

LONGEST_ASKED = 10_000  # characters of a question in the file
DEEPEST = 100  # hits that are looked at
SHALLOW = 10

_NUMBER = re.compile(r"第[0-9零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十]+)?$")


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over the questions that have a judgement."""

    queries: int
    recall_at_10: float
    recall_at_100: float
    mrr_at_10: float
    ndcg_at_10: float
    ms_per_query: float


@dataclass(frozen=True, slots=True)
class Collection:
    """What is asked. ``documents``: passage id → the id that judgements use, where those differ."""

    passages: tuple[IndexedPassage, ...]
    documents: Mapping[str, str]

    def passage_of(self) -> Mapping[str, str]:
        return {document: passage for passage, document in self.documents.items()}


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question and the documents that answer it."""

    text: str
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``learned``: with what was learned (``duibiao learn``), None where nothing was; ``out_of_fold``: of those
    questions, how many it was learned from, each answered by a ranking that never saw it."""

    as_it_comes: Figures
    learned: Figures | None = None
    out_of_fold: int = 0


Search = Callable[[str], ResultPage]


def measured(search: Search, judged: Sequence[JudgedQuestion], documents: Mapping[str, str]) -> Figures:
    """Asks every question. ``documents`` as in Collection."""
    search("开发区")  # opening the index is not the first question's fault
    rows: list[tuple[float, float, float, float]] = []
    spent = 0.0
    for question in judged:
        started = time.perf_counter()
        page = search(question.text)
        spent += time.perf_counter() - started
        found = [documents.get(hit.passage.id, hit.passage.id) for hit in page.hits]
        rows.append(_judged(found, question.documents))
    near, deep, reciprocal, gain = (fmean(column) for column in zip(*rows, strict=True))
    return Figures(len(rows), near, deep, reciprocal, gain, 1000 * spent / len(rows))


def judged_questions(queries: Path, qrels: Path) -> list[JudgedQuestion]:
    """The questions that have an answer. Raises BadInput, where there is none too."""
    wanted = _judgements(qrels)
    judged = [JudgedQuestion(text, wanted[name]) for name, text in _pairs(queries).items() if name in wanted]
    if not judged:
        raise BadInput("input.no_judgement", qrels=qrels, queries=queries)
    return judged


def kept_answers(path: Path) -> list[JudgedQuestion]:
    """An operator's own file, ``question⇥report:passage`` a line; a line that begins with # is a remark. Raises
    BadInput."""
    answers: dict[str, set[str]] = {}
    for number, line in _lines(path):
        if line.startswith("#"):
            continue
        text, tab, passage = line.partition("\t")
        if not tab or not text.strip() or not re.fullmatch(r"\S+:\d+", passage.strip()):
            raise BadInput("learn.bad_kept", file=path, n=number)
        answers.setdefault(text.strip(), set()).add(passage.strip())
    return [JudgedQuestion(text, frozenset(passages)) for text, passages in answers.items()]


def collection(corpus: Path, *, apart: bool = False) -> Collection:
    """Raises BadInput."""
    names, passages = _passages(corpus, apart)
    return Collection(tuple(passages), names)


def _judged(found: list[str], relevant: frozenset[str]) -> tuple[float, float, float, float]:
    """(recall@10, recall@100, reciprocal rank in 10, nDCG@10) of one question."""
    ranks = [rank for rank, name in enumerate(found[:DEEPEST]) if name in relevant]
    near = [rank for rank in ranks if rank < SHALLOW]
    ideal = sum(1 / math.log2(rank + 2) for rank in range(min(SHALLOW, len(relevant))))
    return (
        len(near) / len(relevant),
        len(ranks) / len(relevant),
        1 / (near[0] + 1) if near else 0.0,
        sum(1 / math.log2(rank + 2) for rank in near) / ideal,
    )


def _passages(corpus: Path, apart: bool) -> tuple[Mapping[str, str], list[IndexedPassage]]:
    """Passage id → article id, and the passages."""
    passages: list[IndexedPassage] = []
    names: dict[str, str] = {}
    for number, line in _lines(corpus):
        try:
            article = json.loads(line)
            name, text, title = str(article["id"]), str(article["content"]), str(article["name"])
        except (ValueError, KeyError, TypeError) as error:
            raise BadInput("input.article", file=corpus, number=number) from error
        report = str(number) if apart else _NUMBER.sub("", title.strip()) or title
        passage = IndexedPassage(report, number, text, title=title)
        names[passage.id] = name
        passages.append(passage)
    if not passages:
        raise BadInput("input.empty", file=corpus)
    return names, passages


def _pairs(queries: Path) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for number, line in _lines(queries):
        name, tab, text = line.partition("\t")
        if not tab:
            raise BadInput("input.question", file=queries, number=number)
        pairs[name.strip()] = text.strip()
    return pairs


def _judgements(qrels: Path) -> dict[str, frozenset[str]]:
    wanted: dict[str, set[str]] = {}
    for number, line in _lines(qrels):
        match line.split():
            case [question, _, article, grade] if re.fullmatch(r"-?\d+", grade):
                if int(grade) > 0:
                    wanted.setdefault(question, set()).add(article)
            case _:
                raise BadInput("input.judgement", file=qrels, number=number)
    return {question: frozenset(articles) for question, articles in wanted.items()}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Numbered from 1, empty ones left out."""
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
        with gzip.open(path, "rt", encoding="utf-8") if packed else path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except (OSError, EOFError) as error:
        raise BadInput(
            "input.unreadable", file=path, problem=error.strerror if isinstance(error, OSError) else error
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput("input.not_utf8", file=path) from error
