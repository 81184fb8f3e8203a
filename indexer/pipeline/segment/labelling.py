"""The sentences of a report with their labels: what each is, and what it is about. All are scored at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.domain.page import Cleaned
from indexer.domain.report import Genre, Section, Status
from indexer.domain.spans import Span
from indexer.pipeline.segment.chapters import Chapter, chapters_of
from indexer.pipeline.segment.clauses import clauses_of
from indexer.pipeline.segment.label_model import (
    HOW_OFTEN,
    STATUSES,
    Floats,
    GroupScores,
    LabelModel,
    Places,
    pooled,
    softmax,
    status_context,
    strengths,
)
from indexer.pipeline.segment.labelled import LabelledSentence
from indexer.pipeline.segment.passages import Piece
from indexer.pipeline.segment.sections import SectionsOver
from indexer.pipeline.segment.sentences import sentences_of
from indexer.pipeline.segment.spelling import cue_text
from indexer.pipeline.segment.status_evidence import status_evidence, status_shares

COMPLAINS = re.compile(r"问题|困难|不足|挑战|差距|短板|矛盾")
SEES = re.compile(r"清醒|看到|认识到|意识到|存在|面临")
ADDRESSES = re.compile(r"代表[！!]|各位委员|同志们[！!]")
NOTE_SCORE = 1.0  # from which a sentence that is background and explains a word reads as one of a glossary
EXPLAINS = re.compile(r"^[^，。]{2,24}(?:[：:]|是指|指的是|即|，是指|，指)")
# Of a passage's themes the first is the one that its first sentence, all its sentences and most clauses tell of.
OFTEN = 1.5
ALONE = 0.35  # strength from which a passage without any strong theme has the first: most tell something
FIRST = 0.3  # weight of a passage's first sentence beside what all its characters say
MARKS = " 　*#\n"  # around a heading


def status_flags(sentences: Sequence[str]) -> Floats:
    """Whether a sentence announces what is wrong, and whether it addresses who listens: no chapter teaches that."""
    return np.array(
        [
            [bool(COMPLAINS.search(words[:120]) and SEES.search(words[:60])), bool(ADDRESSES.search(words))]
            for words in sentences
        ],
        dtype=np.float32,
    ).reshape(len(sentences), 2)


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """Scores of all sentences of a report (rows), and the labels that follow from them.

    ``piece_of`` and ``clause_starts`` say where each sentence belongs and where its clauses begin.
    """

    model: LabelModel
    spans: tuple[Span, ...]
    piece_of: Places
    clause_starts: Places
    scores: GroupScores
    evidence: Floats  # for the status of each sentence
    shares: Floats  # of each status in each sentence, as the evidence gives them
    heading_scores: Floats  # of each sentence: the heading above it, 0 where there is none
    notes: NDArray[np.bool_]  # which sentences are notes of a glossary
    bare_headings: NDArray[np.bool_]  # which are headings on a line of their own
    chapters: tuple[Chapter, ...]  # of each piece

    def sentences(self) -> tuple[LabelledSentence, ...]:
        """Every sentence with its status and its themes."""
        starts = np.flatnonzero(np.concatenate([[True], self.piece_of[1:] != self.piece_of[:-1]]))
        sizes = np.diff(np.append(starts, len(self.spans)))
        leads = np.repeat(self.scores.sentences[starts], sizes, axis=0)
        means = np.repeat(_means(self.scores.sentences, starts), sizes, axis=0)
        every = np.arange(len(self.spans))
        features = pooled(self.scores, every, self.clause_starts, leads, means, self.heading_scores)
        strong = strengths(features, self.model.of_sentence)
        statuses = self.shares.argmax(axis=1)
        return tuple(
            LabelledSentence(
                span,
                Status.NOTE if self.notes[place] else STATUSES[statuses[place]],
                *_named(strong[place], self.model.sentence_threshold, self.model.themes),
            )
            for place, span in enumerate(self.spans)
        )

    def passages(self, ranges: Sequence[range]) -> list[tuple[Status, tuple[str, ...], tuple[float, ...]]]:
        """For each run of sentences its status, its themes, the strongest first, and their strengths."""
        starts = np.array([places.start for places in ranges], dtype=np.int64)
        means = _means(self.scores.sentences, starts)
        headings = np.maximum.reduceat(self.heading_scores, starts)
        leads = self.scores.sentences[starts]
        features = pooled(self.scores, starts, self.clause_starts[starts], leads, means, headings)
        strong = strengths(features, self.model.of_passage)
        lengths = self.scores.lengths
        statuses = self._statuses(starts)
        noted = np.add.reduceat(self.notes * lengths, starts) * 2 > np.add.reduceat(lengths, starts)
        order = 0.3 * leads + means + OFTEN * features[:, :, HOW_OFTEN]
        return [
            (
                Status.NOTE if noted[place] else STATUSES[statuses[place]],
                *_named(strong[place], self.model.threshold, self.model.themes, order[place], ALONE),
            )
            for place in range(len(ranges))
        ]

    def _statuses(self, starts: Places) -> Places:
        """The status of each run of sentences, by their characters and once more by the first of them.

        A heading is the first, for 主要做法 and 存在问题 say what stands right below. But where one looks back or ahead
        and background follows (what year it is), that opens the chapter, and speaks for itself.
        """
        lengths = self.scores.lengths
        shares = np.add.reduceat(self.shares * lengths[:, None], starts) / np.add.reduceat(lengths, starts)[:, None]
        below = np.minimum(starts + 1, np.append(starts[1:], len(self.spans)) - 1)
        timed = np.array([self.chapters[self.piece_of[start]] in (Chapter.REVIEW, Chapter.PLAN) for start in starts])
        background = self.shares[below].argmax(axis=1) == STATUSES.index(Status.BACKGROUND)
        first = np.where(self.bare_headings[starts] & timed & background, below, starts)
        statuses: Places = (shares + FIRST * self.shares[first]).argmax(axis=1)
        return statuses


def label(
    cleaned: Cleaned, pieces: Sequence[Piece], sections: Sequence[Section], genre: Genre, model: LabelModel
) -> Labels:
    """Scores every sentence of ``pieces``; at least one piece."""
    text = cleaned.text
    cut = [sentences_of(text, piece.span) for piece in pieces]
    spans = tuple(span for sentences in cut for span in sentences)
    piece_of = np.repeat(np.arange(len(pieces)), [len(sentences) for sentences in cut])
    words = [cue_text(cleaned, span) for span in spans]
    clauses = [clauses_of(sentence) for sentence in words]
    clause_starts = np.cumsum([0, *(len(parts) for parts in clauses[:-1])])
    places = SectionsOver(sections)
    above = [_nearest_heading(piece, sections, places) for piece in pieces]
    headings = sorted({heading for heading in above if heading})
    scores = model.scores([*words, *headings])
    themes = len(model.themes)
    own, of_headings = scores[: len(spans)], scores[len(spans) :, :themes]
    heading_scores = np.zeros((len(pieces), themes), dtype=np.float32)
    for place, heading in enumerate(above):
        if heading:
            heading_scores[place] = np.maximum(of_headings[headings.index(heading)], 0.0)
    chapters = chapters_of(text, [piece.span for piece in pieces], sections, genre)
    opening = np.concatenate([[True], piece_of[1:] != piece_of[:-1]])
    flags = status_flags(words)
    chapter_scores = own[:, model.chapter_columns]
    context = status_context(chapter_scores, piece_of, opening, flags)
    status_scores = own[:, model.status_columns] + context @ model.context
    evidence = status_evidence(status_scores, chapter_scores, flags, piece_of, chapters)
    shares = status_shares(model, evidence, piece_of, chapters)
    in_notes = np.array([chapter is Chapter.NOTES for chapter in chapters])[piece_of]
    explaining = np.array([bool(EXPLAINS.match(sentence)) for sentence in words])
    background = shares.argmax(axis=1) == STATUSES.index(Status.BACKGROUND)
    return Labels(
        model,
        spans,
        piece_of,
        clause_starts,
        GroupScores(
            own[:, :themes],
            model.scores([clause for parts in clauses for clause in parts])[:, :themes],
            np.repeat(np.arange(len(spans)), [len(parts) for parts in clauses]),
            softmax(status_scores),
            np.array([span.end - span.start for span in spans], dtype=np.float32),
        ),
        evidence,
        shares,
        heading_scores[piece_of],
        in_notes | (background & explaining & (chapter_scores[:, 1] > NOTE_SCORE)),
        _bare_headings(text, spans, sections),
        tuple(chapters),
    )


def _means(scores: Floats, starts: Places) -> Floats:
    sizes = np.diff(np.append(starts, len(scores))).astype(np.float32)
    means: Floats = (np.add.reduceat(scores, starts) / sizes[:, None]).astype(np.float32)
    return means


def _named(
    strong: Floats, threshold: float, themes: Sequence[str], order: Floats | None = None, alone: float = 1.0
) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Themes stronger (``strong``) than ``threshold``, by ``order`` where given, with their strengths; where there is
    none, the first that is stronger than ``alone``."""
    by = strong if order is None else order
    ranked = [int(place) for place in np.argsort(-by, kind="stable")]
    found = [place for place in ranked if strong[place] > threshold]
    found = found or [place for place in ranked if strong[place] > alone][:1]
    return tuple(themes[place] for place in found), tuple(round(float(strong[place]), 3) for place in found)


def _bare_headings(text: str, spans: Sequence[Span], sections: Sequence[Section]) -> NDArray[np.bool_]:
    """Which of ``spans`` are the heading of a section and nothing else."""
    lines = {section.span.start: section.heading.strip(MARKS) for section in sections}
    return np.array(
        [span.start in lines and span.of(text).strip(MARKS) == lines[span.start] for span in spans], dtype=np.bool_
    )


def _nearest_heading(piece: Piece, sections: Sequence[Section], places: SectionsOver) -> str | None:
    over = places.over(Span(piece.span.end - 1, piece.span.end))
    return sections[over[-1]].heading if over else None
