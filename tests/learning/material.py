"""What is learned from: labelled sentences and passages, and what leads, cues and headings of work reports teach."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from indexer.domain.report import Genre
from indexer.domain.spans import Span
from indexer.pipeline.segment.chapters import Chapter, chapters_of
from indexer.pipeline.segment.clauses import clauses_of
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.pipeline.segment.sentences import sentences_of
from tests.learning.leads import themes_of

LEAD = re.compile(
    r"^[\s　*]*(?:第?[一二三四五六七八九十]{1,3}(?:[、部章]|是|要)|[（(][一二三四五六七八九十\d]{1,3}[）)]、?"
    r"|\d{1,2}[.．、](?!\d)|——)?[\s　*]*"
)
REPORTS = 350  # read for leads, clauses and chapters: more changed nothing (docs/labels.md)
SENTENCES_UNDER_A_LEAD = 2


@dataclass(frozen=True, slots=True)
class Labelled:
    """A run of sentences of one paragraph. ``themes`` and ``status`` of each where ``each``, else of all together."""

    kind: str  # sentences, city, zone
    region: str
    year: int
    sentences: tuple[str, ...]
    themes: tuple[frozenset[str], ...]
    statuses: tuple[str, ...]
    main: str | None
    heading: str = ""

    @property
    def all_themes(self) -> frozenset[str]:
        return frozenset().union(*self.themes)


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
            found.append(Labelled("sentences", row["region"], row["year"], sentences, themes, statuses, None, heading))
    return found


def labelled_passages(shared: Path) -> list[Labelled]:
    found = []
    for kind in ("city", "zone"):
        for line in (shared / "labels" / f"{kind}_passages.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row["text"]
            spans = sentences_of(text, Span(0, len(text)))
            sentences = tuple(span.of(text) for span in spans if span.of(text).strip())
            found.append(
                Labelled(
                    kind,
                    row["region"],
                    row["year"],
                    sentences,
                    (frozenset(row["themes"]),),
                    (row["status"],),
                    row["main"],
                )
            )
    return found


def reports(shared: Path) -> list[dict[str, str]]:
    """A sample of the work reports, the same each time."""
    with gzip.open(shared / "reports" / "government_work_reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        every = [json.loads(line) for line in lines]
    return Random(1).sample(every, REPORTS)


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
