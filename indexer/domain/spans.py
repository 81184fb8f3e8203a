"""Where in a text something stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open stretch of characters ``[start, end)``, never empty.

    Raises ValueError unless ``0 <= start < end``.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The characters it covers in ``text``."""
        return text[self.start : self.end]

    def shifted(self, by: int) -> Span:
        return Span(self.start + by, self.end + by)

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def parts(self, others: Iterable[Span]) -> tuple[Span, ...]:
        """What of each of ``others`` lies in this one, counted from its start."""
        start, end = self.start, self.end
        return tuple(
            [
                Span(max(other.start, start) - start, min(other.end, end) - start)
                for other in others
                if other.start < end and start < other.end
            ]
        )
