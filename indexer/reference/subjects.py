"""What a question is about, by the words it names: themes and practices of the codebooks, indicators.

A passage on the theme of the question comes before one that merely holds the word (单位GDP能耗 is no answer to GDP).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.reference.codebook import Codebook
from indexer.reference.indicators import NUMBER, Indicators
from indexer.reference.practices import Practices
from indexer.reference.synonyms import EXACT_WEIGHT, Synonyms
from indexer.text.fold import fold
from indexer.text.name_finder import NameScanner

MOST_THEMES = 2

Subject = tuple[str, str]  # facet, value


class Subjects:
    """Safe to use from many threads at once."""

    def __init__(self, codebook: Codebook, indicators: Indicators, practices: Practices, synonyms: Synonyms) -> None:
        named: dict[str, list[Subject]] = {}
        for theme in codebook.themes:
            for part in re.split("[/与]", theme.name):
                same = (one.text for one in synonyms.of(part) if one.weight == EXACT_WEIGHT)
                _name(named, (part, *same), ("theme", theme.name))
        for row in indicators:
            _name(named, (name for name in (row.name, *row.names) if NUMBER not in name), ("theme", row.theme))
        for practice in practices:
            cues = [cue.words[0] for cue in practice.all_cues if len(cue.words) == 1]
            _name(named, (practice.name, *cues), ("theme", practice.theme), ("practice", practice.id))
        self._named = named
        self._scanner = NameScanner(named)

    def of(self, text: str) -> tuple[Subject, ...]:
        """(facet, value), each once, in the order of the text: practices, and two themes at the most."""
        found = dict.fromkeys(one for _, name in self._scanner.scan(fold(text)) for one in self._named[name])
        themes = [one for one in found if one[0] == "theme"][:MOST_THEMES]
        return tuple(one for one in found if one[0] != "theme" or one in themes)


def _name(named: dict[str, list[Subject]], names: Iterable[str], *subjects: Subject) -> None:
    for name in names:
        known = named.setdefault(fold(name), [])
        known += [one for one in subjects if one not in known]
