"""What cleaning changed, so that the original is never lost."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from indexer.domain.spans import Span


@dataclass(frozen=True, slots=True)
class Edit:
    """``removed`` stood at ``at`` in the text before the step; ``inserted`` stands there now."""

    at: int
    removed: str
    inserted: str


@dataclass(frozen=True)  # no slots: the starts are remembered, for a report asks for hundreds of spans
class Edited:
    """One cleaning step: its rule's name, the text after it, and the edits that led there (sorted, not overlapping)."""

    rule: str
    text: str
    edits: tuple[Edit, ...]

    def before(self) -> str:
        """The text as it stood before this step."""
        parts: list[str] = []
        here = 0  # in self.text
        for start, edit in zip(self._starts, self.edits, strict=True):
            parts += [self.text[here:start], edit.removed]
            here = start + len(edit.inserted)
        parts.append(self.text[here:])
        return "".join(parts)

    def span_before(self, span: Span) -> Span:
        """The stretch of the earlier text that ``span`` of the later one came from.

        An end that falls inside an edit is widened to the whole of what the edit replaced. A span of nothing but
        inserted characters points at the character they were put beside.
        """
        start, _ = self._place(span.start)
        _, end = self._place(span.end - 1)
        if start >= end:
            start = max(0, end - 1)
            end = start + 1
        return Span(start, end)

    def place_after(self, offset: int) -> int:
        """Where the character at ``offset`` of the earlier text stands now; of one that was replaced, where what
        replaced it begins."""
        index = bisect_right(self._ends, offset)
        if index < len(self.edits) and offset >= self.edits[index].at:
            return self._starts[index]
        if not index:
            return offset
        last = self.edits[index - 1]
        return offset + self._starts[index - 1] + len(last.inserted) - last.at - len(last.removed)

    def insertions(self) -> tuple[int, ...]:
        """Where each edit begins in the later text, in the order of the edits."""
        return tuple(self._starts)

    @cached_property
    def _ends(self) -> list[int]:
        """Where each edit ends in the earlier text."""
        return [edit.at + len(edit.removed) for edit in self.edits]

    @cached_property
    def _starts(self) -> list[int]:
        """Where each edit begins in the later text."""
        starts: list[int] = []
        shift = 0  # what the edits so far added
        for edit in self.edits:
            starts.append(edit.at + shift)
            shift += len(edit.inserted) - len(edit.removed)
        return starts

    def _place(self, offset: int) -> tuple[int, int]:
        """Earlier (start, end) of the later character at ``offset``."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset, offset + 1
        edit = self.edits[index]
        inside = offset - self._starts[index]
        if inside < len(edit.inserted):
            same = len(edit.inserted) == len(edit.removed)  # ８５％ → 85%: each stands for its own
            return (edit.at + inside, edit.at + inside + 1) if same else (edit.at, edit.at + len(edit.removed))
        place = edit.at + len(edit.removed) + inside - len(edit.inserted)
        return place, place + 1


def apply(rule: str, text: str, edits: Iterable[Edit]) -> Edited:
    """``text`` with ``edits`` made. Raises ValueError where an edit does not fit the text."""
    kept = tuple(sorted((e for e in edits if e.removed != e.inserted), key=lambda e: e.at))
    parts: list[str] = []
    here = 0
    for edit in kept:
        if edit.at < here or not text.startswith(edit.removed, edit.at):
            raise ValueError(f"{rule}: edit at {edit.at} does not fit")
        parts += [text[here : edit.at], edit.inserted]
        here = edit.at + len(edit.removed)
    parts.append(text[here:])
    return Edited(rule, "".join(parts), kept)


def original_of(text: str, history: tuple[Edited, ...]) -> str:
    """The text before the first step; ``text`` itself where nothing was done."""
    return history[0].before() if history else text


def original_span(span: Span, history: tuple[Edited, ...]) -> Span:
    """``span`` of the cleaned text, followed back to the original."""
    for step in reversed(history):
        span = step.span_before(span)
    return span
