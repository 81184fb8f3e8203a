"""Other ways to say a word (corpus/tables/synonyms.tsv), of three kinds that behave differently.

=========== ==================================================================================================
exact       interchangeable (专项债, 地方政府专项债券): each is found by each, at nearly the full weight
related     near (招商引资 → 招引, 双招双引): found from the head of the group only, which is the wider word, at a
            lower weight: 孵化器 finds 加速器, who asks for 加速器 doesn't mean 孵化器
definition  what a short form stands for (六稳): explained, never looked for
=========== ==================================================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.text.fold import fold

EXACT_WEIGHT = 0.95  # the word as it was asked comes first of equals
RELATED_WEIGHT = 0.4
_KINDS = ("exact", "related", "definition")


@dataclass(frozen=True, slots=True)
class Other:
    """``weight`` below EXACT_WEIGHT: near, not the same."""

    text: str
    weight: float


class Synonyms:
    """All words folded for looking up, shown as the table writes them."""

    def __init__(self, groups: Iterable[tuple[str, str, tuple[str, ...]]] = ()) -> None:
        """``groups``: (kind, head, members)."""
        self._same: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, list[str]] = defaultdict(list)
        self._meaning: dict[str, str] = {}
        for kind, head, members in groups:
            if kind == "exact":
                for member in members:
                    self._same[fold(member)] += members
            elif kind == "related":
                self._near[fold(head)] += members
            else:
                self._meaning[fold(head)] = "；".join(member for member in members if member != head)

    @classmethod
    def parse(cls, lines: Iterable[str]) -> Synonyms:
        """Columns: group_id, type, head, members (with ``|``), note. Raises ValueError with the line."""
        groups: list[tuple[str, str, tuple[str, ...]]] = []
        for line in lines:
            if not line.strip() or line.startswith(("#", "group_id\t")):
                continue
            columns = line.split("\t")
            if len(columns) < 4 or columns[1] not in _KINDS:
                raise ValueError(line)
            members = tuple(member.strip() for member in columns[3].split("|") if member.strip())
            groups.append((columns[1], columns[2].strip(), members))
        return cls(groups)

    def of(self, word: str) -> tuple[Other, ...]:
        """Other ways to say ``word``, the same before the near; each once, never ``word`` itself."""
        asked = fold(word).strip()
        same = [asked, *self._same.get(asked, ())]
        near = [other for one in same for other in self._near.get(fold(one), ())]
        others: dict[str, Other] = {}
        for text, weight in (*((one, EXACT_WEIGHT) for one in same), *((one, RELATED_WEIGHT) for one in near)):
            if fold(text) != asked:
                others.setdefault(fold(text), Other(text, weight))
        return tuple(others.values())

    def meaning(self, word: str) -> str | None:
        """What a short form stands for, where the table explains it."""
        return self._meaning.get(fold(word).strip())
