"""Learns which practice a sentence is like, ``make learn``: the weights of indexer/compare/likeness.py.

Teachers are the cues of the codebook: sentences of the work reports that hold one, with the cue taken out, wholly or by
half, so that the words around it are learned too; and what the codebook says of each practice. The same input gives the
same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import SGDClassifier
from threadpoolctl import threadpool_limits

from indexer.pipeline.segment.ngrams import Keys, Vocabulary, keys_of, plain
from indexer.pipeline.segment.practice_cues import Hit, PracticeCues, compact
from indexer.reference.practices import Practices

ROOT = Path(__file__).resolve().parents[2]
TABLE = ROOT / "corpus" / "tables" / "practices.tsv"
END = re.compile(r"[。！？；;!?\n]+")
LENGTHS = range(8, 161)  # characters of a sentence that teaches
MOST = 900  # sentences of one practice; the rarest have dozens
NONE_OF = 5  # of sentences without any cue one in so many teaches what is no practice
LEARNED_ON, KEPT = 50_000, 16_000  # runs of characters
RAREST = 25  # sentences that a run stands in at least
MASK = "□"
SAYS = 3  # times that what the codebook says of a practice counts


@dataclass(frozen=True, slots=True)
class Lesson:
    text: str
    practices: tuple[str, ...]


def lessons(practices: Practices, cues: PracticeCues, reports: Path) -> list[Lesson]:
    random = Random(7)
    found = [
        Lesson(compact(text), (practice.id,))
        for practice in practices
        for text in (practice.name, practice.definition, practice.example, practice.object)
        for _ in range(SAYS)
        if text
    ]
    taught: Counter[str] = Counter()
    for number, sentence in enumerate(_sentences(reports, random)):
        hits = cues.find(sentence)
        told = sorted({hit.practice.id for hit in hits})
        if not told and number % NONE_OF:
            continue
        if told and min(taught[practice] for practice in told) >= MOST:
            continue
        taught.update(told)
        found.append(Lesson(compact(_masked(sentence, hits, random)), tuple(told)))
    return found


def _sentences(reports: Path, random: Random) -> list[str]:
    with gzip.open(reports, "rt", encoding="utf-8") as lines:
        every = [part for line in lines for part in END.split(json.loads(line)["text"]) if len(part) in LENGTHS]
    random.shuffle(every)
    return every


def _masked(sentence: str, hits: list[Hit], random: Random) -> str:
    """Each cue taken out: wholly, or its first or second half."""
    letters = list(sentence)
    for hit in hits:
        start, end = hit.span.start, hit.span.end
        middle = (start + end + 1) // 2
        chosen = random.choice([(start, end), (start, end), (start, middle), (middle, end)])
        letters[slice(*chosen)] = MASK * (chosen[1] - chosen[0])
    return "".join(letters)


def vocabulary(texts: list[str]) -> Vocabulary:
    """The most frequent runs, without those of which a mask is part."""
    counts: dict[int, int] = Counter()
    for start in range(0, len(texts), 10_000):
        places, keys = keys_of(texts[start : start + 10_000])
        _, first = np.unique(np.stack([places.astype(np.uint64), keys]), axis=1, return_index=True)
        runs, number = np.unique(keys[first], return_counts=True)
        counts.update(dict(zip(runs.tolist(), number.tolist(), strict=True)))
    usual = sorted(((-n, run) for run, n in counts.items() if n >= RAREST and not _has_mask(run)))[:LEARNED_ON]
    return Vocabulary(np.array(sorted(run for _, run in usual), np.uint64))


def _has_mask(run: int) -> bool:
    return any((run >> shift) & 0xFFFF == ord(MASK) for shift in (0, 16, 32, 48))


def rows_of(texts: list[str], words: Vocabulary) -> Any:
    """A row a text, each of length 1."""
    rows, runs = words.presence(texts)
    sizes = np.bincount(rows, minlength=len(texts))
    values = (1 / np.sqrt(sizes[rows])).astype(np.float32)
    return sp.csr_matrix((values, (rows, runs)), shape=(len(texts), len(words.keys)))


def learn(taught: list[Lesson], ids: list[str]) -> tuple[Keys, Any, Any]:
    """(runs, their weights for each practice, what is added)."""
    texts = [plain(lesson.text) for lesson in taught]
    words = vocabulary(texts)
    rows = rows_of(texts, words)
    weights = np.zeros((len(words.keys), len(ids)), np.float32)
    bias = np.zeros(len(ids), np.float32)
    for column, practice in enumerate(ids):
        truth = np.array([practice in lesson.practices for lesson in taught])
        model = SGDClassifier(loss="log_loss", alpha=3e-6, max_iter=6, tol=None, random_state=1).fit(rows, truth)
        weights[:, column], bias[column] = model.coef_[0], model.intercept_[0]
    often = np.asarray((rows > 0).sum(axis=0)).ravel()
    telling = np.sort(np.argsort(-(np.linalg.norm(weights, axis=1) * np.sqrt(often)), kind="stable")[:KEPT])
    return words.keys[telling], weights[telling], bias


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Learns the weights of practices.")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--write", type=Path, default=TABLE.with_name("practice_weights.npz"))
    parser.add_argument("--judged-only", action="store_true", help="without the cues of the column more")
    chosen = parser.parse_args(arguments)
    from tests.evaluation.practices import practices as read

    practices = read(more=not chosen.judged_only)
    ids = [practice.id for practice in practices]
    reports = chosen.shared / "reports" / "government_work_reports.jsonl.gz"
    taught = lessons(practices, PracticeCues(practices), reports)
    sys.stderr.write(f"{len(taught)} sentences\n")
    keys, weights, bias = learn(taught, ids)
    scales = np.abs(weights).max(axis=0) / 127
    np.savez_compressed(
        chosen.write,
        practices=np.array(ids),
        keys=keys,
        weights=np.round(weights / scales).astype(np.int8),
        scales=scales.astype(np.float32),
        bias=bias,
    )


if __name__ == "__main__":
    with threadpool_limits(
        1
    ):  # of several threads the sums differ in their last digits from run to run, and the bytes too
        main()
