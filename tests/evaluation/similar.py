"""How well measures of other zones that tell the same practice are found.

Run: ``python -m tests.evaluation.similar``. Sentences of work reports (../shared/labels) that are labelled with a
practice of the codebook; each asks for those of other regions. Of its first five, or as many as tell it, the share
that is labelled with the same practice. Beside it what others do: TF-IDF cosine over pairs of characters, and
more_like_this of Whoosh over jieba's words. ``--weights``: of another model of practices, as one learned from the
judged cues alone. ``--embedding``: with an embedding model of that folder as one more signal, at several weights.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import jieba
import numpy as np
from whoosh.analysis import RegexTokenizer
from whoosh.fields import NUMERIC, TEXT, Schema
from whoosh.filedb.filestore import RamStorage

from indexer.compare.embedding import EmbeddingModel
from indexer.compare.likeness import PairIndex, PracticeModel
from indexer.compare.measure_vectors import MeasureVectors
from indexer.compare.similar import AskedMeasure, asking, similar
from indexer.compare.similar_index import SimilarIndex, Wanted
from indexer.domain.report import Grade, Status
from indexer.domain.rows import MeasureRow, Source
from indexer.domain.spans import Span
from indexer.domain.zones import ZoneStatus
from indexer.pipeline.segment.practice_cues import PracticeCues
from tests.evaluation.practices import TABLE, Labelled, measures, names, practices, verdicts, zone_passages

FIRST = 5
EMBEDDING_WEIGHTS = (0.25, 0.5, 1.0, 2.0)
WEIGHTS = TABLE.with_name("practice_weights.npz")


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that tells ``practices`` (any of them), as its labels say."""

    region: str
    text: str
    theme: str | None
    practices: frozenset[str]


Ranking = Callable[[int], Sequence[int]]  # sentence → others, the likest first; its own region is left out later


def told_sentences(shared: Path) -> list[Told]:
    named = names()
    found = []
    for file in sorted((shared / "labels").glob("sentences_*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            passage = json.loads(line)
            for text, label in zip(passage["sentences"], passage["labels"], strict=True):
                told = named.get(label["practice"] or "")
                if told and label["status"] != "背景":
                    theme = next(iter(label["themes"]), None)
                    found.append(Told(passage["region"], text, theme, told))
    return found


def share_of_same(told: Sequence[Told], ranking: Ranking) -> tuple[float, int]:
    """(mean share, how many sentences asked)."""
    shares = []
    for place, one in enumerate(told):
        if len(one.practices) > 1:
            continue
        same = {n for n, other in enumerate(told) if other.region != one.region and one.practices & other.practices}
        if same:
            others = (n for n in ranking(place) if told[n].region != one.region)
            first = [n for n, _ in zip(others, range(min(FIRST, len(same))), strict=False)]
            shares.append(len(same.intersection(first)) / min(FIRST, len(same)))
    return float(np.mean(shares)), len(shares)


def row(number: int, one: Told, practice: str | None) -> MeasureRow:
    zone = ZoneStatus.REGION
    source = Source(
        *(one.region, None, one.region, zone, None, None, None, None, None, None, None, False, None, Grade.OFFICIAL),
        flags=(),
        url=None,
    )
    return MeasureRow(
        source, number, 0, practice, one.theme, Status.MEASURE, Span(0, len(one.text)), one.text, None, None
    )


def rankings(
    told: Sequence[Told], model: PracticeModel, cues: PracticeCues, embedding: EmbeddingModel | None
) -> dict[str, Ranking]:
    hits = [cues.find(one.text) for one in told]
    practice = [found[0].practice.id if found else None for found in hits]
    rows = ((n, row(n, one, practice[n])) for n, one in enumerate(told))
    index = SimilarIndex.of(rows, model, embedded_by(embedding))
    pairs = PairIndex.of([one.text for one in told])
    everything = index.allowed(None, None)

    def ours(place: int, index: SimilarIndex) -> Sequence[int]:
        one = told[place]
        scores = index.find(Wanted(one.text, practice[place], one.theme, one.region), everything, len(told))
        return [likeness.number for likeness in sorted(scores, key=lambda one: -one.score)]

    def profile(place: int) -> Sequence[int]:
        one = told[place]
        scores = index.find(Wanted(one.text, practice[place], one.theme, one.region), everything, len(told))
        return [likeness.number for likeness in sorted(scores, key=lambda one: -one.profile)]

    ways: dict[str, Ranking] = {name: partial(ours, index=one) for name, one in weighed(index).items()}
    if (vectors := index.vectors) is not None:
        ways["embedding alone"] = lambda place: likest_first(vectors.cosines([told[place].text])[0])
    return {
        **ways,
        "profile alone": profile,
        "TF-IDF cosine, pairs of characters": lambda place: likest_first(pairs.cosines(told[place].text)),
        "practice named by a cue alone": lambda place: sorted(
            range(len(told)), key=lambda n: practice[n] is None or practice[n] != practice[place]
        ),
        "more_like_this of Whoosh": more_like_this([one.text for one in told]),
    }


def likest_first(likeness: np.ndarray) -> list[int]:
    places: list[int] = np.argsort(-likeness, kind="stable").tolist()
    return places


def embedded_by(embedding: EmbeddingModel | None) -> Callable[[Sequence[str]], MeasureVectors] | None:
    return None if embedding is None else partial(MeasureVectors.of, model=embedding)


def weighed(index: SimilarIndex) -> dict[str, SimilarIndex]:
    """What an index is called → that index: as it is without an embedding model, and with one at each weight."""
    named = {"all signals": replace(index, vectors=None)}
    if (vectors := index.vectors) is not None:
        for weight in EMBEDDING_WEIGHTS:
            heavier = replace(vectors, model=replace(vectors.model, weight=weight))
            named[f"all signals, embedding {weight}"] = replace(index, vectors=heavier)
    return named


def passages_share(
    shared: Path, model: PracticeModel, cues: PracticeCues, embedding: EmbeddingModel | None
) -> dict[str, float]:
    """Of 120 passages about zones those that tell a practice ask with their measures; right is one of another zone
    that tells one of the same. Told is what is labelled, or was judged by reading (practice_verdicts.tsv)."""
    passages = zone_passages(shared)
    zones = [passage["zone"] or passage["region"] for passage in passages]
    told = _told(passages)
    found = [measures(passage, cues) for passage in passages]
    rows = [
        row(number, Told(zones[number], one.span.of(passages[number]["text"]), one.theme, frozenset()), one.practice)
        for number, of_passage in enumerate(found)
        for one in of_passage
    ]
    index = SimilarIndex.of(enumerate(rows), model, embedded_by(embedding))
    filled = dict(enumerate(rows))
    pairs = PairIndex.of([passage["text"] for passage in passages])
    whoosh = more_like_this([passage["text"] for passage in passages])

    def ours(place: int, index: SimilarIndex) -> Sequence[int]:
        text = passages[place]["text"]
        asked = [
            AskedMeasure(Wanted(one.span.of(text), one.practice, one.theme, zones[place]))
            for one in asking(found[place])
        ]
        asked = asked or [AskedMeasure(Wanted(text, None, None, zones[place]))]
        answer = similar(asked, index, lambda _: filled, practices(), index.allowed(None, None), len(passages))
        return [one.row.seq for one in answer]

    def cosine(place: int) -> Sequence[int]:
        return likest_first(pairs.cosines(passages[place]["text"]))

    ways: dict[str, Ranking] = {
        **{name: partial(ours, index=one) for name, one in weighed(index).items()},
        "TF-IDF cosine, pairs of characters": cosine,
        "more_like_this of Whoosh": whoosh,
    }
    return {name: _mean_of_passages(ranking, zones, told) for name, ranking in ways.items()}


def _told(passages: Sequence[Labelled]) -> list[frozenset[str]]:
    named, judged = names(), verdicts()
    told = []
    for passage in passages:
        labelled = frozenset().union(*(named.get(name, frozenset()) for name in passage["practices"]))
        right = {practice for (number, practice), yes in judged.items() if yes and number == passage["id"]}
        told.append(labelled | right)
    return told


def _mean_of_passages(ranking: Ranking, zones: Sequence[str], told: Sequence[frozenset[str]]) -> float:
    shares = []
    for place, practices_told in enumerate(told):
        same = {n for n, others in enumerate(told) if zones[n] != zones[place] and others & practices_told}
        wanted = min(FIRST, len({zones[n] for n in same}))
        if wanted:
            best: dict[str, int] = {}
            for n in ranking(place):
                if zones[n] != zones[place]:
                    best.setdefault(zones[n], n)
            first = list(best.values())[:wanted]
            shares.append(len(same.intersection(first)) / wanted)
    return float(np.mean(shares))


def more_like_this(texts: Sequence[str]) -> Ranking:
    cut = jieba.Tokenizer().cut
    spaced = [" ".join(word for word in cut(text) if len(word) > 1) for text in texts]
    schema = Schema(n=NUMERIC(stored=True, unique=True), text=TEXT(analyzer=RegexTokenizer(r"\S+"), stored=True))
    index = RamStorage().create_index(schema)
    writer = index.writer()
    for number, text in enumerate(spaced):
        writer.add_document(n=number, text=text)
    writer.commit()
    searcher = index.searcher()

    def ranked(place: int) -> Sequence[int]:
        document = searcher.document_number(n=place)
        return [
            hit["n"] for hit in searcher.more_like(document, "text", text=spaced[place], top=len(texts), numterms=20)
        ]

    return ranked


def main() -> None:
    from tests.shared import SHARED

    parser = argparse.ArgumentParser(description="Measures that tell the same practice, among the first five.")
    parser.add_argument("--weights", type=Path, default=WEIGHTS)
    parser.add_argument("--judged-only", action="store_true", help="without the cues of the column more")
    parser.add_argument("--embedding", type=Path, help="folder of an embedding model")
    chosen = parser.parse_args()
    told = told_sentences(SHARED)
    cues = PracticeCues(practices(more=not chosen.judged_only))
    model = PracticeModel.load(chosen.weights)
    embedding = EmbeddingModel.open(chosen.embedding, 1.0, threads=2) if chosen.embedding else None
    for name, ranking in rankings(told, model, cues, embedding).items():
        share, asked = share_of_same(told, ranking)
        print(f"| {name} | {share:.3f} | {asked} |")
    for name, share in passages_share(SHARED, model, cues, embedding).items():
        print(f"| passages about zones | {name} | {share:.3f} |")


if __name__ == "__main__":
    main()
