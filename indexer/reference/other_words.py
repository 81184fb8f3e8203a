"""Every other way to say a word: synonyms, names of the same indicator, numbers written otherwise."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.reference.indicator_words import SAME_ROW_WEIGHT, IndicatorWords, asked_of
from indexer.reference.number_words import said_otherwise
from indexer.reference.synonyms import EXACT_WEIGHT, Other, Synonyms
from indexer.text.fold import fold


@dataclass(frozen=True, slots=True)
class OtherWords:
    """Safe to use from many threads at once."""

    synonyms: Synonyms
    indicators: IndicatorWords

    def of(self, word: str) -> tuple[Other, ...]:
        """The same before the near; each once, never ``word`` itself."""
        others = {fold(one.text): one for one in self.synonyms.of(word)}
        for number in said_otherwise(fold(word).strip()):
            others.setdefault(fold(number), Other(number, EXACT_WEIGHT))
        for name in self.indicators.of(word):
            others.setdefault(fold(name), Other(name, SAME_ROW_WEIGHT))
        others.pop(fold(word).strip(), None)
        return tuple(others.values())

    def asked_of(self, word: str) -> tuple[str, ...] | None:
        """The words of a text for one that asks after a number: GDP and 增速 of GDP增速, 上市公司 of 上市公司数量. None
        for a word that is known as it stands, or asks after nothing known."""
        if self.synonyms.of(word) or self.indicators.knows(word):
            return None
        for parts in asked_of(word.strip()):
            if self.indicators.knows(parts[0]) or self.synonyms.of(parts[0]):
                return parts
        return None
