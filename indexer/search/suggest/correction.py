"""What may have been meant by words that stand nowhere: the same sound, one character off, pinyin, a zone misspelt.

A word that is right and simply isn't in the corpus must not bring up strangers. So a place in it is suspicious only
where the dictionary knows no word (竟 in 营商环竟, 尚 in 招尚引资), or where the whole sounds like a word of the field
(专向债) or a longer term (权利清单). What is offered is always something of the build's lists, and is asked before it
is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from indexer.domain.suggestions import Kind, Listed
from indexer.search.suggest.suggestion_index import Lists, Numbers
from indexer.text.analyser import Analyser
from indexer.text.fold import fold

LONGEST = 24  # characters of a word that is looked into; longer ones are pasted texts
_LONG = 4  # characters: so long a term is meant by what sounds the same, or differs in one character
_LONGEST_TERM = 16
_MOST_LETTERS = 60  # of the same in pinyin
_FEWEST_LETTERS = 4  # of pinyin that is spelt out, and of a Latin word with a slip
_FEWEST_INITIALS = 3
_COMPARED = 400  # terms of about the same length that begin or end alike
_EACH = 3  # terms for one place
_SHORTEST_NAME = 2  # of a city
_REGIONS = list(Kind).index(Kind.REGION)
_PINYIN = re.compile(r"[a-z]+")


@dataclass(frozen=True, slots=True, order=True)
class Correction:
    """``text`` instead of a word. ``cost``: how much less likely than others; ``rank``: number of its term, the smaller
    the better. ``term`` stands where the word has ``wrong``. ``zone``: its label, where all of the word is a name.
    Not ``sure``: a short common word inside a longer one (未来 in 蔚来汽车), right only where all of it stands."""

    cost: float
    rank: int
    text: str
    term: str
    wrong: str
    zone: str | None = None
    sure: bool = True


def corrections(lists: Lists, word: str, analyser: Analyser, *, sound_only: bool = False) -> list[Correction]:
    """What ``word`` may stand for, the likeliest first, no text twice. ``sound_only``: leave out what sounds different;
    for the words of a sentence."""
    folded = fold(word)
    if len(folded) > (_MOST_LETTERS if folded.isascii() else LONGEST):
        return []
    letters = re.sub(r"[\"' ]", "", folded).replace("ü", "v")
    if _PINYIN.fullmatch(letters):
        found = [*_spelt_out(lists, letters), *_latin_slips(lists, letters)]
    else:
        place = _Place(lists, folded, analyser)
        found = [*place.sounding_alike(), *place.looking_alike(), *(() if sound_only else place.one_off())]
    best: dict[str, Correction] = {}
    for one in sorted(found):
        inside = any(one.wrong in other.wrong and one.wrong != other.wrong for other in best.values())
        if fold(one.text) != folded and not inside:  # 招引资 is wrong too in 商招引资, but all of it explains more
            best.setdefault(one.text, one)
    return list(best.values())


def _spelt_out(lists: Lists, letters: str) -> Iterator[Correction]:
    if len(letters) >= _FEWEST_LETTERS:
        whole = _best(lists, lists.equal("P", letters))
        yield from (_whole(letters, lists[number], number, 0.1) for number in whole)
        for cut in range(2, len(letters) - 1) if not whole else ():
            first, second = (_best(lists, lists.equal("P", part))[:1] for part in (letters[:cut], letters[cut:]))
            if first and second:
                text = f"{lists[first[0]].said} {lists[second[0]].said}"
                yield Correction(0.3, first[0] + second[0], text, text, letters)
    if len(letters) >= _FEWEST_INITIALS and not re.search("[aeiouv]", letters):
        yield from (_whole(letters, lists[number], number, 0.5) for number in _best(lists, lists.equal("I", letters)))


def _latin_slips(lists: Lists, letters: str) -> Iterator[Correction]:
    """One letter off, with the same first one."""
    if len(letters) < _FEWEST_LETTERS:
        return
    among = lists.beginning("T", letters[0])
    lengths = lists.lengths[among].astype(np.int64)
    for number in _best(lists, among[np.abs(lengths - len(letters)) <= 1], _COMPARED):
        one = lists[number]
        name = fold(one.said)
        if name.isascii() and one_apart(letters, name):
            yield _whole(letters, one, number, 0.4)


class _Place:
    """A word of Chinese characters, and which places in it look wrong."""

    def __init__(self, lists: Lists, word: str, analyser: Analyser) -> None:
        self._lists = lists
        self._word = word
        self._knows = analyser.knows
        self._pieces = list(analyser.words(word))
        self._loose = [at for piece, at in self._pieces if len(piece) == 1]

    def sounding_alike(self) -> Iterator[Correction]:
        for start in range(len(self._word)):
            for end, pinyin in self._readings(start):
                here = self._word[start:end]
                if len(here) < 2 or self._known(start, end):
                    continue
                for number in self._best(self._lists.equal("P", pinyin)):
                    one = self._lists[number]
                    name = fold(one.said)
                    changed = sum(a != b for a, b in zip(name, here, strict=False))
                    if len(name) != len(here) or not 0 < changed <= len(here) // 2:
                        continue
                    certain = len(here) >= _LONG or self._is_longer_field_word(name, number)
                    if certain or self._loose_in(start, end, name):
                        yield self._instead(start, end, one, number, changed / len(here) - 0.05 * len(here))

    def one_off(self) -> Iterator[Correction]:
        """One character another one, left out, too many, or two that changed places."""
        starts = [at for _, at in self._pieces]
        ends = [*starts[1:], len(self._word)]
        for start in starts:
            for end in ends:
                here = self._word[start:end]
                if not _LONG - 1 <= len(here) <= _LONGEST_TERM or self._known(start, end):
                    continue
                if not any(start <= at < end for at in self._loose):
                    continue
                for number in self._sharing_half(here):
                    one = self._lists[number]
                    name = fold(one.said)
                    if len(name) >= _LONG and name not in here and here not in name and one_apart(here, name):
                        yield self._instead(start, end, one, number, 0.25 + 1 / len(here) - 0.05 * len(here))

    def looking_alike(self) -> Iterator[Correction]:
        """The name of a city in front of a word, its second character another one: 苏卅 for 苏州. What the dictionary
        knows is no slip (苏打), nor is a character that makes a word with what follows (广告牌), nor one of several
        that make none (东什东). Where many cities begin so, the first character tells nothing: 安商 is none of 安顺,
        安庆."""
        here = self._word[:_SHORTEST_NAME]
        if len(here) < _SHORTEST_NAME or self._known(0, _SHORTEST_NAME) or self._loose != [0, 1]:
            return
        among = self._lists.beginning("T", here[0])
        cities = among[self._lists.lengths[among] == _SHORTEST_NAME]
        numbers = _best(self._lists, cities[self._lists.kinds[cities] == _REGIONS])
        for number in numbers if len(numbers) < _EACH else ():
            yield replace(self._instead(0, _SHORTEST_NAME, self._lists[number], number, 0.5), sure=True)

    def _sharing_half(self, here: str) -> list[int]:
        """What begins as it does or ends as it does: one slip leaves one of the two as it was."""
        middle = len(here) // 2
        sharing = (self._lists.beginning("T", here[: max(1, middle - 1)]), self._lists.equal("t", here[middle:]))
        among = np.concatenate(sharing)
        lengths = self._lists.lengths[among].astype(np.int64)
        return _best(self._lists, among[np.abs(lengths - len(here)) <= 1], _COMPARED)

    def _readings(self, start: int) -> Iterator[tuple[int, str]]:
        """(end, pinyin) of what begins at ``start``, as far as something of the lists is read so."""
        known = self._lists.readings
        open_ones = {""}
        for end in range(start, min(len(self._word), start + _LONGEST_TERM)):
            character = self._word[end]
            longer = {so_far + one for so_far in open_ones for one in known.get(character, (character,))}
            open_ones = {one for one in longer if self._lists.begins("P", one)}
            if not open_ones:
                return
            yield from ((end + 1, one) for one in sorted(open_ones))

    def _known(self, start: int, end: int) -> bool:
        """Whether it is a word: the dictionary's, or one of the lists."""
        here = self._word[start:end]
        return self._knows(here) or len(self._lists.equal("T", here)) > 0

    def _loose_in(self, start: int, end: int, name: str) -> bool:
        """Whether all that differs belongs to no word of the dictionary."""
        return all(start + at in self._loose for at, one in enumerate(name) if one != self._word[start + at])

    def _instead(self, start: int, end: int, one: Listed, number: int, cost: float) -> Correction:
        text = self._word[:start] + one.said + self._word[end:]
        whole = (start, end) == (0, len(self._word))
        zone = one.target if one.kind in (Kind.ZONE, Kind.REGION) and whole else None
        sure = whole or len(one.said) >= _LONG or self._is_longer_field_word(one.said, number)
        return Correction(round(cost, 3), number, text, one.said, self._word[start:end], zone, sure)

    def _is_longer_field_word(self, name: str, number: int) -> bool:
        return bool(self._lists.of_the_field[number]) and len(name) > 2

    def _best(self, numbers: Numbers) -> list[int]:
        return _best(self._lists, numbers)


def _whole(word: str, one: Listed, number: int, cost: float) -> Correction:
    zone = one.target if one.kind in (Kind.ZONE, Kind.REGION) else None
    return Correction(cost, number, one.said, one.said, word, zone)


def _best(lists: Lists, numbers: Numbers, most: int = _EACH) -> list[int]:
    """Each once, the better first; never titles: nobody misspells a whole title."""
    titles = list(Kind).index(Kind.REPORT)
    return [int(one) for one in np.unique(numbers[lists.kinds[numbers] != titles])[:most]]


def one_apart(one: str, other: str) -> bool:
    """Whether one character is another one, left out, too many, or two neighbours changed places."""
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    rest, other_rest = one[same:], other[same:]
    if len(one) == len(other):
        return rest[1:] == other_rest[1:] or (rest[:2][::-1] == other_rest[:2] and rest[2:] == other_rest[2:])
    return rest[1:] == other_rest if len(one) > len(other) else rest == other_rest[1:]


def latin_runs(words: Sequence[str]) -> list[str]:
    """Words of letters side by side, in one piece as they were typed: chuangxin chuangye."""
    runs: list[str] = []
    joined: list[str] = []
    for word in [*words, ""]:
        if _PINYIN.fullmatch(fold(word)):
            joined.append(word)
            continue
        if len(joined) > 1:
            runs.append(" ".join(joined))
        joined = []
    return runs
