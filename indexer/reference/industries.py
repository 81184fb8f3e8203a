"""Industries that a zone leads with: corpus/tables/industries.tsv. By them zones are found alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.errors import BadRow

_COLUMNS = ("industry", "cues")
_LEAST = 2  # times named; once may be a firm in passing
_MOST = 6  # industries of one report


class Industries:
    """Name → the words that name it."""

    def __init__(self, cues: Mapping[str, tuple[str, ...]]) -> None:
        self._cues = dict(cues)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Industries:
        """Raises ValueError naming the line that doesn't fit."""
        filled = [(n, line.split("\t")) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
        if not filled or tuple(filled[0][1]) != _COLUMNS:
            raise BadRow("table.header", columns=" ".join(_COLUMNS))
        for number, cells in filled[1:]:
            if len(cells) != len(_COLUMNS) or not all(cells):
                raise BadRow("table.column_count", number=number, most=len(_COLUMNS))
        return cls({name: tuple(cues.split("|")) for _, (name, cues) in filled[1:]})

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._cues)

    def leading(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those named most often, at least twice, most often first."""
        counts = dict.fromkeys(self._cues, 0)
        for text in texts:
            for name, cues in self._cues.items():
                counts[name] += sum(text.count(cue) for cue in cues)
        found = [name for name, count in counts.items() if count >= _LEAST]
        return tuple(sorted(found, key=lambda name: -counts[name])[:_MOST])
