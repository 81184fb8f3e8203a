"""How well themes and statuses are given, on paragraphs and sentences labelled by reading (../shared/labels and
``tests/learning/read_labels.tsv``).

Run: ``python -m tests.evaluation.labels`` after ``make learn``. Each paragraph is labelled by weights that were learned
without its region (var/learned/0 … 4), once by itself and once inside its whole report. Beside them what the most
frequent label, words of the codebook and the kind of chapter alone would give.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Passage, Status, Years
from indexer.domain.spans import Span
from indexer.pipeline.segment import LabelModel, SegmentTables, segment
from indexer.pipeline.segment.chapters import Chapter, chapters_of
from indexer.pipeline.segment.labelling import label
from indexer.pipeline.segment.passages import Piece
from indexer.pipeline.segment.sections import paragraphs_of, sections_of
from indexer.reference.codebook import Codebook
from tests.learning.material import Labelled, labelled_passages, labelled_sentences, read_paragraphs

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
LEARNED = ROOT / "var" / "learned"
HELD = Path(__file__).with_name("held_labels.tsv")  # never learned from, not looked at while choosing
READ_KINDS = ("read city", "read zone")  # labelled later, for learning: tests/learning/read_labels.tsv
HELD_KINDS = ("held city", "held zone")
KINDS = ("city", "zone", *READ_KINDS, *HELD_KINDS)
TOLD = ("成效", "计划", "问题", "背景")  # 举措 is too rare on paragraphs (9 of 270) to be averaged with them


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a labelled paragraph."""

    themes: frozenset[str]
    main: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. ``main``: of the paragraphs that have a main theme."""

    name: str
    many: int
    precision: float
    recall: float
    f1: float
    main: float
    accuracy: float
    macro: float


def plain(text: str) -> Cleaned:
    return Cleaned(None, text, (), (), (), (), frozenset())


def tables_in(folder: Path) -> SegmentTables:
    words = (folder / "labels.json").read_text(encoding="utf-8")
    return SegmentTables(LabelModel.parse((folder / "labels.npz").read_bytes(), words))


def together(passages: Sequence[Passage]) -> Reading:
    """A paragraph that was cut in several passages: all their themes; main theme and status of most characters."""
    sizes: Counter[str] = Counter()
    weights: dict[str, float] = defaultdict(float)
    for passage in passages:
        size = passage.span.end - passage.span.start
        sizes["背景" if passage.status is Status.NOTE else passage.status.value] += size
        for place, theme in enumerate(passage.themes):
            weights[theme] += size / (1 + place)
    main = max(weights, key=lambda theme: weights[theme]) if weights else None
    return Reading(frozenset(weights), main, sizes.most_common(1)[0][0] if sizes else "背景")


def alone(text: str, tables: SegmentTables) -> Reading:
    return together(segment(plain(text), Genre.OTHER, Years(), tables)[1])


def inside(text: str, report: str, passages: Sequence[Passage]) -> Reading:
    """``text`` as it was read in its ``report``, whose ``passages`` these are."""
    start = report.index(text)
    end = start + len(text)
    here = [p for p in passages if 2 * (min(p.span.end, end) - max(p.span.start, start)) > p.span.end - p.span.start]
    return together(here)


def row(name: str, groups: Sequence[Labelled], readings: Sequence[Reading]) -> Row:
    right = found = true = main = mains = same = 0
    confusion: Counter[tuple[str, str]] = Counter()
    for group, reading in zip(groups, readings, strict=True):
        right += len(group.all_themes & reading.themes)
        found += len(reading.themes)
        true += len(group.all_themes)
        if group.as_whole.main:
            mains += 1
            main += reading.main == group.as_whole.main
        status = group.as_whole.status
        same += status == reading.status
        confusion[status, reading.status] += 1
    many = len(groups)
    precision, recall = right / max(found, 1), right / max(true, 1)
    f1 = 2 * right / max(found + true, 1)
    return Row(name, many, precision, recall, f1, main / max(mains, 1), same / many, macro(confusion))


def macro(confusion: Counter[tuple[str, str]]) -> float:
    """Mean F1 of the statuses that paragraphs have often enough."""
    scores = []
    for status in TOLD:
        right = confusion[status, status]
        true = sum(count for (label, _), count in confusion.items() if label == status)
        found = sum(count for (_, given), count in confusion.items() if given == status)
        scores.append(2 * right / (true + found) if true + found else 1.0)
    return sum(scores) / len(scores)


def confusion_table(groups: Sequence[Labelled], readings: Sequence[Reading]) -> str:
    names = ("成效", "举措", "计划", "问题", "背景")
    counts = Counter((group.as_whole.status, reading.status) for group, reading in zip(groups, readings, strict=True))
    lines = ["| labelled ╲ given | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    lines += [f"| {label} | " + " | ".join(str(counts[label, given]) for given in names) + " |" for label in names]
    return "\n".join(lines)


def table(rows: Iterable[Row]) -> str:
    lines = [
        "| read | paragraphs | themes P | R | F1 | main | status | macro-F1 |",
        "|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r.name} | {r.many} | {r.precision:.3f} | {r.recall:.3f} | {r.f1:.3f} | {r.main:.3f} "
        f"| {r.accuracy:.3f} | {r.macro:.3f} |"
        for r in rows
    ]
    return "\n".join(lines)


def by_words(book: Codebook) -> Callable[[str], Reading]:
    """Two words of a theme make it; the status of most paragraphs."""

    def read(text: str) -> Reading:
        counts = {theme.name: sum(word in text for word, _ in theme.words) for theme in book.themes}
        found = {name: count for name, count in counts.items() if count >= 2}
        return Reading(frozenset(found), max(found, key=lambda name: found[name]) if found else None, "计划")

    return read


def by_chapter(text: str, report: str) -> str:
    """The status that the chapter says, 计划 where none says anything."""
    at = report.index(text)
    paragraphs = paragraphs_of(report)
    kinds = chapters_of(report, paragraphs, sections_of(report, paragraphs), Genre.OTHER)
    kind = next(k for p, k in zip(paragraphs, kinds, strict=True) if p.start <= at < p.end or p.start > at)
    return {Chapter.REVIEW: "成效", Chapter.PROBLEMS: "问题", Chapter.NOTES: "背景"}.get(kind, "计划")


def whole_reports(groups: Sequence[Labelled], texts: Sequence[str]) -> list[str | None]:
    """The report that each paragraph stands in, None where it isn't found letter for letter."""
    wanted = {group.region for group in groups}
    by_region: dict[str, list[str]] = defaultdict(list)
    file = SHARED / "reports" / "government_work_reports.jsonl.gz"
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            report = json.loads(line)
            if report["region"] in wanted:
                by_region[report["region"]].append(report["text"])
    return [
        next((report for report in by_region[group.region] if text in report), None)
        for group, text in zip(groups, texts, strict=True)
    ]


def evaluate(learned: Path) -> str:
    fold_of = json.loads((learned / "regions.json").read_text(encoding="utf-8"))
    folds = [tables_in(learned / str(fold)) for fold in range(len(set(fold_of.values())))]
    book = Codebook.parse((ROOT / "corpus" / "tables" / "themes.toml").read_text(encoding="utf-8"))
    read = read_paragraphs(SHARED)
    groups = [*labelled_passages(SHARED), *read, *read_paragraphs(SHARED, HELD, "held")]
    kinds = {kind: [group for group in groups if group.kind == kind] for kind in KINDS}
    parts = [paragraphs_table(kind, own, folds, fold_of, book) for kind, own in kinds.items()]
    parts.append(sentences_table("sentences", labelled_sentences(SHARED), folds, fold_of))
    parts += [
        sentences_table(f"sentences of {kind}", kinds[kind], folds, fold_of) for kind in (*READ_KINDS, *HELD_KINDS)
    ]
    parts.append(sample_table(tables_in(ROOT / "corpus" / "tables")))
    return "\n\n".join(parts)


def paragraphs_table(
    kind: str, groups: Sequence[Labelled], folds: Sequence[SegmentTables], fold_of: Mapping[str, int], book: Codebook
) -> str:
    """Paragraphs of one kind, each by itself and, where it is found in one, inside its report."""
    texts = ["".join(group.sentences) for group in groups]
    models = [folds[fold_of.get(group.region, 0)] for group in groups]
    reports = whole_reports(groups, texts)
    keyed = by_words(book)
    bare = [alone(text, model) for text, model in zip(texts, models, strict=True)]
    passages: dict[tuple[str, str], Sequence[Passage]] = {}
    there, in_report, chapter = [], [], []
    for group, text, report, model in zip(groups, texts, reports, models, strict=True):
        if report is None:
            continue
        if (group.region, report) not in passages:
            passages[group.region, report] = segment(plain(report), Genre.OTHER, Years(), model)[1]
        there.append(group)
        in_report.append(inside(text, report, passages[group.region, report]))
        chapter.append(Reading(frozenset(), None, by_chapter(text, report)))
    status = Counter(group.as_whole.status for group in groups).most_common(1)[0][0]
    theme = Counter(theme for group in groups for theme in group.all_themes).most_common(1)[0][0]
    most = Reading(frozenset({theme}), theme, status)
    rows = [
        row("most frequent label", groups, [most] * len(groups)),
        row("words of the codebook alone", groups, [keyed(text) for text in texts]),
        row("chapter alone (status)", there, chapter),
        row("paragraph by itself", groups, bare),
        row("inside its report", there, in_report),
    ]
    return (
        f"### {kind}\n\n{table(rows)}\n\nBy itself:\n\n{confusion_table(groups, bare)}\n\n"
        f"Inside its report:\n\n{confusion_table(there, in_report)}"
    )


def sentences_table(
    name: str, groups: Sequence[Labelled], folds: Sequence[SegmentTables], fold_of: Mapping[str, int]
) -> str:
    """Sentence by sentence, each group read by itself; those that are cut as they were for labelling."""
    right = found = true = same = many = 0
    for group in groups:
        text = "".join(group.sentences)
        piece = Piece(Span(0, len(text)), None)
        given = label(plain(text), [piece], (), Genre.OTHER, folds[fold_of.get(group.region, 0)].labels).sentences()
        by_span = {sentence.span.of(text): sentence for sentence in given}
        for words, themes, status in zip(group.sentences, group.themes, group.statuses, strict=True):
            if (sentence := by_span.get(words)) is None:
                continue
            right += len(themes.intersection(sentence.themes))
            found += len(sentence.themes)
            true += len(themes)
            same += ("背景" if sentence.status is Status.NOTE else sentence.status.value) == status
            many += 1
    return (
        f"### {name}\n\n{many} sentences: themes P {right / found:.3f}, R {right / true:.3f}, "
        f"F1 {2 * right / (found + true):.3f}; status {same / many:.3f}"
    )


def sample_table(tables: SegmentTables) -> str:
    """Sentences of the sample's pages, whose facts are among what the shipped weights were learned from."""
    same = themed = many = 0
    confusion: Counter[tuple[str, str]] = Counter()
    genres = {genre.value: genre for genre in Genre}
    for line in (ROOT / "corpus" / "sample" / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if page["copy_of"] or page["kind"] == "full":
            continue
        passages = segment(plain(page["text"]), genres.get(page["genre"], Genre.OTHER), Years(), tables)[1]
        for truth in page["sentences"]:
            at = page["text"].find(truth["text"])
            holding = [passage for passage in passages if at >= 0 and passage.span.start <= at < passage.span.end]
            if holding and truth["status"] and truth["theme"]:
                many += 1
                same += holding[0].status.value == truth["status"]
                themed += truth["theme"] in holding[0].themes
                confusion[truth["status"], holding[0].status.value] += 1
    return (
        f"### sample\n\n{many} sentences, each by the passage that holds it (learned from): status {same / many:.3f}, "
        f"macro-F1 {macro(confusion):.3f}; its theme among those given {themed / many:.3f}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Themes and statuses on labelled paragraphs.")
    parser.add_argument("--learned", type=Path, default=LEARNED)
    sys.stdout.write(evaluate(parser.parse_args().learned) + "\n")
