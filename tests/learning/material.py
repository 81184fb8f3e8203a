"""What is learned from: labelled sentences and passages, and what leads, cues and headings of work reports teach."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Self

from indexer.domain.report import Genre
from indexer.domain.spans import Span
from indexer.pipeline.segment.chapters import Chapter, chapters_of
from indexer.pipeline.segment.clauses import clauses_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.sentences import sentences_of
from tests.learning.leads import themes_of

READ = Path(__file__).with_name("read_labels.tsv")
LEAD = re.compile(
    r"^[\s　*]*(?:第?[一二三四五六七八九十]{1,3}(?:[、部章]|是|要)|[（(][一二三四五六七八九十\d]{1,3}[）)]、?"
    r"|\d{1,2}[.．、](?!\d)|——)?[\s　*]*"
)
REPORTS = 350  # read for leads, clauses and chapters: more changed nothing (docs/labels.md)
SENTENCES_UNDER_A_LEAD = 2


@dataclass(frozen=True, slots=True)
class Whole:
    """Labels of a paragraph as a whole: its themes, the main one of them, its status."""

    themes: frozenset[str]
    main: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A run of sentences of one paragraph, with the themes and the status of each.

    ``each``: whether they were labelled one by one; else every sentence has the labels of the paragraph. ``whole``: of
    the paragraph, None where only its sentences were labelled.
    """

    kind: str  # sentences, city, zone, read city, read zone; held city, held zone (evaluation); fact (surroundings)
    region: str
    year: int
    sentences: tuple[str, ...]
    themes: tuple[frozenset[str], ...]
    statuses: tuple[str, ...]
    each: bool
    whole: Whole | None = None
    heading: str = ""

    @classmethod
    def of_whole(cls, kind: str, region: str, year: int, sentences: tuple[str, ...], whole: Whole) -> Self:
        many = len(sentences)
        return cls(kind, region, year, sentences, (whole.themes,) * many, (whole.status,) * many, False, whole)

    @property
    def as_whole(self) -> Whole:
        """Labels of the paragraph. Raises ValueError where only its sentences have any."""
        if self.whole is None:
            raise ValueError(f"no labels of the whole: {self.kind} of {self.region}")
        return self.whole

    @property
    def all_themes(self) -> frozenset[str]:
        return self.whole.themes if self.whole else frozenset().union(*self.themes)


@dataclass(slots=True)
class Taught:
    """Rows that a heading, a lead or a cue taught: the text, the region it is of, its weight and what it teaches."""

    texts: list[str] = field(default_factory=list)
    regions: list[str] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    said: list[frozenset[str]] = field(default_factory=list)

    def add(self, text: str, region: str, weight: float, said: frozenset[str]) -> None:
        self.texts.append(text)
        self.regions.append(region)
        self.weights.append(weight)
        self.said.append(said)


def labelled_sentences(shared: Path) -> list[Labelled]:
    found = []
    for file in sorted((shared / "labels").glob("sentences_*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            heading = row["headings"][-1] if row["headings"] and len(row["headings"][-1]) <= 40 else ""
            themes = tuple(frozenset(label["themes"]) for label in row["labels"])
            statuses = tuple(label["status"] for label in row["labels"])
            sentences = tuple(row["sentences"])
            found.append(
                Labelled("sentences", row["region"], row["year"], sentences, themes, statuses, True, heading=heading)
            )
    return found


def labelled_passages(shared: Path) -> list[Labelled]:
    found = []
    for kind in ("city", "zone"):
        for line in (shared / "labels" / f"{kind}_passages.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            spans = sentences_of(text, Span(0, len(text)))
            sentences = tuple(span.of(text) for span in spans if span.of(text).strip())
            whole = Whole(frozenset(row["themes"]), row["main"], row["status"])
            found.append(Labelled.of_whole(kind, row["region"], row["year"], sentences, whole))
    return found


def read_paragraphs(shared: Path, table: Path = READ, name: str = "read") -> list[Labelled]:
    """Paragraphs of the work reports that were labelled later, sentence by sentence and as a whole (read_labels.tsv).

    The table holds no text: ``report`` is a line of the reports' file from 0, ``start`` and ``end`` are characters of
    its text. A paragraph's line says its kind, and the lines of its sentences follow.
    """
    every = all_reports(shared)
    found: list[Labelled] = []
    with table.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            report = every[int(row["report"])]
            themes = frozenset(row["themes"].split(",")) - {""}
            if row["kind"]:
                whole = Whole(themes, row["main"] or None, row["status"])
                kind = f"{name} {row['kind']}"
                found.append(Labelled(kind, report["region"], int(report["year"]), (), (), (), True, whole))
                continue
            last = found[-1]
            found[-1] = replace(
                last,
                sentences=(*last.sentences, report["text"][int(row["start"]) : int(row["end"])]),
                themes=(*last.themes, themes),
                statuses=(*last.statuses, row["status"]),
            )
    return found


@cache
def all_reports(shared: Path) -> list[dict[str, str]]:
    """The work reports, in the order of their file."""
    with gzip.open(shared / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def reports(shared: Path) -> list[dict[str, str]]:
    """A sample of the work reports, the same each time."""
    return Random(1).sample(all_reports(shared), REPORTS)


def taught_themes(shared: Path, read: list[dict[str, str]]) -> Taught:
    """Leads (weight 1), sentences below them (0.15), clauses with a cue (0.4), facts in our own words (1)."""
    taught = Taught()
    cues = _cues(shared)
    any_cue = re.compile("|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True)))
    for report in read:
        for paragraph in paragraphs_of(report["text"]):
            sentences = [span.of(report["text"]) for span in sentences_of(report["text"], paragraph)]
            lead = LEAD.sub("", sentences[0]).strip()
            named = themes_of(lead) if len(sentences) > 1 and 4 <= len(lead) <= 30 else None
            if named is not None:
                taught.add(lead, report["region"], 1.0, frozenset(named))
                for sentence in sentences[1 : 1 + SENTENCES_UNDER_A_LEAD]:
                    taught.add(sentence, report["region"], 0.15, frozenset(named))
            for sentence in sentences:
                for clause in clauses_of(sentence):
                    if 4 <= len(clause) <= 60 and (found := any_cue.findall(clause)):
                        taught.add(clause, report["region"], 0.4, frozenset().union(*(cues[cue] for cue in found)))
    for line in (shared / "domain" / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        taught.add(fact["gist"], fact["zone"], 1.0, frozenset({fact["topic"]}))
    return taught


FACT_KINDS = {"成效": "成效", "举措": "举措", "目标": "计划", "问题": "问题"}


def taught_statuses(shared: Path) -> Taught:
    """Facts in our own words with their kind: how zones tell of themselves, which work reports seldom show."""
    taught = Taught()
    for line in (shared / "domain" / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        fact = json.loads(line)
        taught.add(fact["gist"] + "。", fact["zone"], 0.5, frozenset({FACT_KINDS[fact["kind"]]}))
    return taught


def _cues(shared: Path) -> dict[str, frozenset[str]]:
    """Plain cues of practices and names of indicators, with the themes of their rows."""
    cues: dict[str, frozenset[str]] = {}
    for table, column in (("practices", "cues"), ("indicators", "names")):
        with (shared / "domain" / f"{table}.tsv").open(encoding="utf-8") as lines:
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
                for cue in row[column].split("|"):
                    if "&" not in cue and cue:
                        cues[cue] = cues.get(cue, frozenset()) | {row["theme"]}
    return cues


def taught_chapters(read: list[dict[str, str]], one_in: int = 3) -> Taught:
    """Sentences with the kind of the chapter they stand in, where a heading says it; one in ``one_in``."""
    taught = Taught()
    for report in read:
        for index, (kind, sentence) in enumerate(_with_chapters(report["text"])):
            if index % one_in == 0 and kind in (Chapter.REVIEW, Chapter.PLAN, Chapter.NOTES):
                taught.add(sentence, report["region"], 1.0, frozenset({kind.value}))
    return taught


def _with_chapters(text: str) -> Iterator[tuple[Chapter, str]]:
    paragraphs = paragraphs_of(text)
    kinds = chapters_of(text, paragraphs, sections_of(text, paragraphs), Genre.OTHER)
    for paragraph, kind in zip(paragraphs, kinds, strict=True):
        for span in sentences_of(text, paragraph):
            if span.end - span.start >= 8:
                yield kind, span.of(text)
