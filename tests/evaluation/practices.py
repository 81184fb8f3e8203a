"""How many of the practices that labelled passages tell are found, and how many of those found are told.

Run: ``python -m tests.evaluation.practices``. 120 passages of work reports about zones (../shared/labels) have
free names; ``practice_names.tsv`` says which practice of the codebook a name is. The labels name what stands out, not
everything: what was found beside them was judged by reading (``practice_verdicts.tsv``). The passages of a region lie
in one half: ``seen`` was read while cues were added, of ``kept`` only names were (and the first of its passages).

``cues only``: the judged cues of the codebook (column ``cues``). ``with more``: those added since as well. Passages get
the status that they are labelled with, so that this measures practices alone.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from indexer.domain.page import Cleaned
from indexer.domain.report import Measure, Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.measures import measures_of
from indexer.pipeline.segment.practice_cues import PracticeCues
from indexer.pipeline.segment.sentences import sentences_of
from indexer.reference.practices import Practices

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "corpus" / "tables" / "practices.tsv"
Labelled = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """``told``: labelled practices of the codebook; ``found``: those of them that were found; ``right`` of the
    ``shown`` ones, each counted once a passage, were labelled or judged right; ``unjudged`` count as wrong."""

    told: int
    found: int
    shown: int
    right: int
    unjudged: int

    @property
    def recall(self) -> float:
        return self.found / self.told if self.told else 0.0

    @property
    def precision(self) -> float:
        return self.right / self.shown if self.shown else 0.0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.told + other.told,
            self.found + other.found,
            self.shown + other.shown,
            self.right + other.right,
            self.unjudged + other.unjudged,
        )


def practices(more: bool = True) -> Practices:
    """The codebook, without the cues that were added to it where ``more`` is False."""
    with TABLE.open(encoding="utf-8") as file:
        read = Practices.parse(file)
    return read if more else Practices(replace(practice, more=()) for practice in read)


def names() -> dict[str, frozenset[str]]:
    """Free name → practices that it may be."""
    return {row["name"]: frozenset(row["practice"].split("|")) for row in _rows("practice_names.tsv")}


def verdicts() -> dict[tuple[int, str], bool]:
    rows = _rows("practice_verdicts.tsv")
    return {(int(row["passage"]), row["practice"]): row["right"] == "yes" for row in rows}


def _rows(file: str) -> Iterator[dict[str, str]]:
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")


def zone_passages(shared: Path) -> list[Labelled]:
    with (shared / "labels" / "zone_passages.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def half_of(passage: Labelled) -> str:
    return "kept" if zlib.crc32(passage["region"].encode()) % 2 else "seen"


def measures(passage: Labelled, cues: PracticeCues) -> tuple[Measure, ...]:
    """What is found in the passage, its sentences taken to be of its labelled status and themes."""
    text = passage["text"]
    themes, status = tuple(passage["themes"]), Status(passage["status"])
    sentences = [
        LabelledSentence(span, status, themes, tuple(1.0 for _ in themes))
        for span in sentences_of(text, Span(0, len(text)))
    ]
    return measures_of(Cleaned(None, text, (), (), (), (), frozenset()), sentences, (), cues)


def score(passages: Iterable[Labelled], cues: PracticeCues) -> Score:
    named, judged = names(), verdicts()
    total = Score(0, 0, 0, 0, 0)
    for passage in passages:
        total += _of_passage(passage, {m.practice for m in measures(passage, cues) if m.practice}, named, judged)
    return total


def _of_passage(
    passage: Labelled,
    found: set[str],
    named: Mapping[str, frozenset[str]],
    judged: Mapping[tuple[int, str], bool],
) -> Score:
    told = [named[name] for name in passage["practices"] if name in named]
    labelled = frozenset().union(*told)
    beside = [(passage["id"], practice) for practice in found - labelled]
    right = len(found & labelled) + sum(judged.get(place, False) for place in beside)
    unjudged = sum(place not in judged for place in beside)
    return Score(len(told), sum(bool(found & one) for one in told), len(found), right, unjudged)


def sentence_recall(shared: Path, cues: PracticeCues) -> tuple[int, int]:
    """(found, told) over those of the 3,561 labelled sentences that tell a practice of the codebook."""
    named = names()
    found = told = 0
    for file in sorted((shared / "labels").glob("sentences_*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            for sentence, label in zip(passage["sentences"], passage["labels"], strict=True):
                wanted = named.get(label["practice"] or "")
                if wanted:
                    told += 1
                    found += bool(wanted & {hit.practice.id for hit in cues.find(sentence)})
    return found, told


def main() -> None:
    from tests.shared import SHARED

    passages = zone_passages(SHARED)
    print("| passages | | told | recall | found | precision | not judged |")
    print("|---|---|---|---|---|---|---|")
    for name, more in (("cues only", False), ("with more", True)):
        cues = PracticeCues(practices(more))
        for half in ("seen", "kept", "both"):
            one = score((p for p in passages if half in (half_of(p), "both")), cues)
            numbers = f"{one.told} | {one.recall:.3f} | {one.shown} | {one.precision:.3f} | {one.unjudged}"
            print(f"| {half} | {name} | {numbers} |")
        found, told = sentence_recall(SHARED, cues)
        print(f"| sentences of 600 passages | {name} | {told} | {found / told:.3f} | | | |")


if __name__ == "__main__":
    main()
