"""A question at one of four levels of match: the tree that is looked for, and what was added to what was typed.

======  ========  =====================================================================================
精确    exact     every word letter for letter
普通    words     a word letter for letter, or all of its terms in one passage
含近义  synonyms  as 普通, and the other ways to say a word (synonyms.py); a question in a sentence as 宽松
宽松    loose     part of the words is enough, the rare ones count more; with synonyms
======  ========  =====================================================================================

Quotes and exclusions mean the same at every level.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from indexer.domain.query import (
    Alike,
    All,
    Either,
    Loose,
    Match,
    Nearest,
    Node,
    Not,
    Phrase,
    Query,
    Scope,
    Synonym,
    Within,
    Word,
)
from indexer.locale import say
from indexer.reference.indicator_words import SAME_ROW_WEIGHT, IndicatorWords, only_asks
from indexer.reference.other_words import OtherWords
from indexer.reference.synonyms import EXACT_WEIGHT, Synonyms
from indexer.text.analyser import Analyser
from indexer.text.evidence import asks
from indexer.text.fold import fold

LEAST_TO_LOOSEN = 4  # characters: of a shorter question there is no part that says the same
GOOD_PART = 0.3  # of its weight: an answer stands in the top 5 for .92 of the sample's 86 needs; at .4 .88, at .5 .85
PLACED_PART = 0.2  # of a place that is named or set: the place is a strong condition already
LARGE_PART = 0.45  # of its weight, whatever the rarest word of it
SMALL_PART = 0.2  # of its weight, for what comes nearest where fewer than five passages hold more
SMALLEST_PART = 0.05  # of a place that is asked for

NEAREST = 0.4  # of the score of the best: of the articles of law that answer, among the first hundred, .003 earn less
HALF = 0.5  # of the weight of the rarest word, or of a long one by itself
MOST_OF_IT = 0.6  # of a word that stands nowhere: 数字 is not half of 数字人民币
_LONG_NAME = 6  # characters of a word by itself: 产业园 is no answer to 宠物食品产业园
MANY_TERMS = 6  # words of one stretch without a space or a sign: nobody writes a name that long, but a sentence


_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")

Fixed = Callable[[str], str | None]  # of a word that names a place or a year: what must stand for it; else None


@dataclass(frozen=True, slots=True)
class Leveled:
    """``loosened``: taken as 宽松 because it reads as a sentence. ``notes`` are sentences for the user. ``missing``:
    words that no passage has, in no other wording either; ``beside``: that none has together with these places."""

    node: Node | None
    synonyms: tuple[Synonym, ...] = ()
    loosened: bool = False
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Parted:
    """A question word by word: each ``loose`` one with the other ways to say it, ``kept`` ones that must stand."""

    loose: tuple[Loose, ...]
    kept: tuple[Word, ...]
    added: tuple[Synonym, ...]

    @property
    def text(self) -> str:
        return " ".join(one.text for one in self.loose)

    @property
    def others(self) -> tuple[tuple[str, float], ...]:
        return tuple(dict.fromkeys(pair for one in self.loose for pair in one.others))

    def with_what_is_fixed(self, part: Node) -> Node:
        return All((part, *self.kept)) if self.kept else part


def with_the_nearest(query: Query, behind: int = 0) -> Query:
    """``query``, and where part of its words is enough, of what it finds what comes near to the best; ``behind``: so
    many passages answer in full."""
    return replace(query, nearest=Nearest(NEAREST, behind)) if query.partly else query


class Leveling:
    """Safe to use from many threads at once."""

    def __init__(self, synonyms: Synonyms, analyser: Analyser, indicators: IndicatorWords | None = None) -> None:
        self._synonyms = synonyms
        self._analyser = analyser
        self._other_words = OtherWords(synonyms, indicators or IndicatorWords())

    def at(self, level: Match, node: Node | None, unwanted: tuple[str, ...] = ()) -> Leveled:
        """``node`` as the question language reads it. ``unwanted``: synonyms that the user took off."""
        if node is None or level is Match.WORDS:
            return Leveled(node)
        if level is Match.EXACT:
            return Leveled(_exactly(node))
        loosened = level is Match.SYNONYMS and self._is_sentence(node)
        adding = _Adding(self._other_words, frozenset(fold(word) for word in unwanted))
        loosely = loosened or level is Match.LOOSE
        made = self._loosely(node, adding) if loosely else adding.to(node)
        notes = tuple(
            say("warning.meaning", word=word, meaning=meaning)
            for word in _words(node)
            if (meaning := self._synonyms.meaning(word)) is not None
        )
        return Leveled(made, tuple(dict.fromkeys(adding.added)), loosened, notes)

    def rather(
        self,
        node: Node | None,
        fixed: Fixed,
        found: Callable[[Node], int],
        unwanted: tuple[str, ...] = (),
        *,
        placed: bool = False,
    ) -> Leveled | None:
        """For words that no passage holds all of: a good part is enough, but what is ``fixed`` must be so. Where no
        place is set (``placed``: by a filter) and the part is no large one, half of the word that ``found`` (how many
        passages a node finds) finds least must be in it: a passage on 企业 and 补贴 is no answer to 碳足迹 认证 企业
        补贴. None where there is nothing to loosen."""
        parts = self._parted(node, fixed, found, unwanted)
        if parts is None:
            return None
        good = HALF if len(parts.loose) == 1 and len(parts.text) >= _LONG_NAME else GOOD_PART
        part: Node = Loose(parts.text, parts.others, PLACED_PART if parts.kept or placed else good)
        telling = [one for one in parts.loose if _tells(one.text)]
        # of two words either is a good part of the question
        if len(parts.loose) > 2 and telling and not (parts.kept or placed):
            rarest = min(telling, key=lambda one: found(_whole(one)))
            if not found(_whole(rarest)):
                rarest = replace(rarest, least=MOST_OF_IT)
            part = Either((Loose(parts.text, parts.others, LARGE_PART), All((part, rarest))))
        numbers = tuple(Word(number) for number in _numbers(parts.text) if found(Word(number)))
        if numbers:  # who remembers 第132位 looks for the passage that says it
            part = Either((part, All((part, Either(numbers)))))
        nowhere = [one.text for one in telling if not found(parts.with_what_is_fixed(_whole(one)))]
        return Leveled(
            parts.with_what_is_fixed(part),
            parts.added,
            loosened=True,
            missing=tuple(nowhere),
            beside=tuple(one.text for one in parts.kept),
        )

    def nearest(
        self,
        node: Node | None,
        fixed: Fixed,
        found: Callable[[Node], int],
        unwanted: tuple[str, ...] = (),
        *,
        placed: bool = False,
    ) -> Leveled | None:
        """What comes nearest to words that few passages hold enough of: any that hold a small part, of a place that is
        named or set any that hold some of it."""
        parts = self._parted(node, fixed, found, unwanted)
        if parts is None:
            return None
        part = Loose(parts.text, parts.others, SMALLEST_PART if parts.kept or placed else SMALL_PART)
        return Leveled(parts.with_what_is_fixed(part), parts.added, loosened=True)

    def _parted(
        self, node: Node | None, fixed: Fixed, found: Callable[[Node], int], unwanted: tuple[str, ...]
    ) -> _Parted | None:
        words = [one.text for one in _parts(node) if isinstance(one, Word)] if node is not None else []
        if node is None or len(words) < len(_parts(node)):
            return None
        words = [part for word in words for part in (self._other_words.asked_of(word) or (word,))]
        kept = tuple(Word(name) for word in words if (name := fixed(word)) is not None)
        loose = [word for word in words if fixed(word) is None]
        if not loose or sum(map(len, loose)) < LEAST_TO_LOOSEN:
            return None
        adding = _Adding(self._other_words, frozenset(fold(word) for word in unwanted))
        each = tuple(self._as_texts_say(word, self._inside(word, adding), found) for word in loose)
        return _Parted(each, kept, tuple(dict.fromkeys(adding.added)))

    def _as_texts_say(self, word: str, others: list[tuple[str, float]], found: Callable[[Node], int]) -> Loose:
        """A word by the name under which most passages have it: who holds 固定资产投资 holds all of 固投, and not the
        single characters of it."""
        same = [other for other, weight in others if weight >= SAME_ROW_WEIGHT]
        if not same or not self._other_words.of(word):
            return Loose(word, tuple(dict.fromkeys(others)), HALF)
        usual = max((word, *same), key=lambda one: found(Word(one)))
        rest = [(other, weight) for other, weight in others if other != usual]
        return Loose(usual, tuple(dict.fromkeys([*((word, 1.0) for _ in "." if word != usual), *rest])), HALF)

    def _is_sentence(self, node: Node) -> bool:
        """Words, and quotes that stand in the middle of them, with a question among them or very long ones."""
        parts = [one for one in _parts(node) if isinstance(one, Word) or (isinstance(one, Phrase) and one.glued)]
        words = [one.text for one in parts if isinstance(one, Word)]
        if len(parts) < len(_parts(node)) or not words:
            return False
        lengths = [len(list(self._analyser.words(word))) for word in words]
        return max(lengths) >= MANY_TERMS or (sum(lengths) > 1 and any(map(asks, words)))

    def _loosely(self, node: Node, adding: _Adding) -> Node:
        """All plain words as one sentence; what is quoted by itself, excluded or bracketed still must be so."""
        words = [one.text for one in _parts(node) if isinstance(one, Word)]
        stressed = [one.text for one in _parts(node) if isinstance(one, Phrase) and one.glued]
        others = [adding.to(one) for one in _parts(node) if not (isinstance(one, Word) or getattr(one, "glued", False))]
        if not words:
            return adding.to(node)
        added = [pair for word in words for pair in self._inside(word, adding)]
        added += [(text, 1.0) for text in stressed]
        loose = Loose(" ".join((*words, *stressed)), tuple(dict.fromkeys(added)))
        return All((loose, *others)) if others else loose

    def _inside(self, word: str, adding: _Adding) -> list[tuple[str, float]]:
        """Synonyms of a word, or of the words of a sentence."""
        whole = adding.others(word)
        terms = dict.fromkeys(term for term, _ in self._analyser.words(word)) if not whole else {}
        every = [*whole, *(pair for term in terms if len(term) > 1 for pair in adding.others(term))]
        # what holds another of them is that one once more: it would count twice
        return [one for one in every if not any(other != one[0] and other in one[0] for other, _ in every)]


class _Adding:
    """Adds other words and remembers which."""

    def __init__(self, words: OtherWords, unwanted: frozenset[str]) -> None:
        self._words = words
        self._unwanted = unwanted
        self.added: list[Synonym] = []

    def others(self, word: str) -> tuple[tuple[str, float], ...]:
        kept = [other for other in self._words.of(word) if fold(other.text) not in self._unwanted]
        self.added += [Synonym(word, other.text, other.weight < EXACT_WEIGHT) for other in kept]
        return tuple((other.text, other.weight) for other in kept)

    def to(self, node: Node) -> Node:
        match node:
            case Word(text):
                if parts := self._words.asked_of(text):
                    return _joined([self.to(Word(part)) for part in parts])
                others = self.others(text)
                return Alike(node, others) if others else node
            case All(nodes):
                kept = nodes[: _last_that_tells([one.text if isinstance(one, Word) else "" for one in nodes])]
                return _joined([self.to(child) for child in kept])
            case Either(nodes):
                return Either(tuple(self.to(child) for child in nodes))
            case Within(scope, child) if scope is not Scope.TITLE:
                return Within(scope, self.to(child))
            case _:
                return node  # who excludes 招商 doesn't mean 招引 as well


def _last_that_tells(words: Sequence[str]) -> int:
    """How many of ``words`` are left without those at the end that only ask: the 规模 of 母基金 规模."""
    count = len(words)
    while count > 1 and only_asks(words[count - 1]):
        count -= 1
    return count


def _joined(nodes: list[Node]) -> Node:
    return nodes[0] if len(nodes) == 1 else All(tuple(nodes))


def _numbers(text: str) -> list[str]:
    """Numbers that tell something: of three digits and more, and no years."""
    return [one for one in _NUMBER.findall(fold(text)) if len(one) > 2 and not _YEAR.fullmatch(one)]


def _tells(word: str) -> bool:
    """Whether a word may be what a question is about: no number does (150家, 第132位), nor a single character."""
    return len(word) > 1 and not any(character.isdecimal() for character in word)


def _whole(part: Loose) -> Node:
    """A word letter for letter, or as it is said otherwise."""
    return Alike(Word(part.text), part.others) if part.others else Word(part.text)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.nodes if isinstance(node, All) else (node,)


def _exactly(node: Node) -> Node:
    match node:
        case Word(text):
            return Phrase(text)
        case All(nodes):
            return All(tuple(_exactly(child) for child in nodes))
        case Either(nodes):
            return Either(tuple(_exactly(child) for child in nodes))
        case Within(scope, child):
            return Within(scope, _exactly(child))
        case Not(child):
            return Not(_exactly(child))
        case _:
            return node


def _words(node: Node) -> list[str]:
    match node:
        case Word(text):
            return [text]
        case All(nodes) | Either(nodes):
            return [word for child in nodes for word in _words(child)]
        case Within(_, child):
            return _words(child)
        case _:
            return []
