"""What somebody may be about to type: by the letters there are so far, in Chinese, in pinyin, or mixed (招shang)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from indexer.domain.suggestions import Kind, Listed
from indexer.search.suggest.list_keys import LONGEST_KEY
from indexer.search.suggest.suggestion_index import Lists, Numbers
from indexer.text.fold import fold

_LATIN = re.compile(r"[a-z0-9]+")
_RUNS = re.compile(r"[a-z]+|[^a-z]+")
_TIE = re.compile(r"(?<=[a-z])[\"' ](?=[a-z])")  # an input method shows zhao'shang or zhao shang of what is typed there
_LOOKED_AT = 200  # of what has all parts of a mixed word somewhere: whether they stand in this order
_LONG_FOR_TITLES = 4  # characters typed, Latin letters half: a shorter word is in a third of them


def plain(typed: str) -> str:
    """Folded, in one piece; ü as keyboards write it."""
    return _TIE.sub("", fold(typed).strip()).replace("ü", "v").replace("'", "")


def completions(lists: Lists, typed: str, most: int, kinds: Sequence[Kind] = tuple(Kind)) -> list[Listed]:
    """What ``typed`` may become: whole names first, then beginnings, then later places; no name twice, the better
    first, at most ``most``. Other kinds than words take no more than half."""
    word = plain(typed)
    if not any(map(str.isalnum, word)):
        return []
    room = {kind: most if kind is Kind.WORD or len(kinds) < len(Kind) else most // 4 + 1 for kind in kinds}
    if len(word) < _LONG_FOR_TITLES * (2 if word.isascii() else 1):
        room.pop(Kind.REPORT, None)
    found: dict[tuple[str, Kind], tuple[int, Listed]] = {}
    for quality, numbers in enumerate(_by_quality(lists, word)):
        for kind in room:
            of_kind = numbers[lists.kinds[numbers] == list(Kind).index(kind)]
            for number in _smallest(of_kind, most * 2):
                one = lists[number]
                key = one.text, one.kind
                if key not in found and room[kind]:
                    room[kind] -= 1
                    found[key] = quality, one
    best = sorted(found.values(), key=lambda pair: pair[0])  # stable: words before zones before titles
    others = [pair for pair in best if pair[1].kind is not Kind.WORD][: most // 2]
    words = [pair for pair in best if pair[1].kind is Kind.WORD][: most - len(others)]
    return [one for _, one in sorted([*words, *others], key=lambda pair: pair[0])]


def _by_quality(lists: Lists, word: str) -> Iterator[Numbers]:
    """What is ``word``, what begins with it, what has it further back."""
    key = word[:LONGEST_KEY] if not word.isascii() else word
    if _LATIN.fullmatch(word):
        yield lists.equal("TP", key)
        yield lists.beginning("TPI" if len(word) > 1 else "TP", key)
        yield lists.beginning("tpi" if len(word) > 2 else "t", key)
        return
    beginning, further = lists.beginning("T", key), lists.beginning("t", key)
    if len(word) > LONGEST_KEY:
        beginning, further = (_fitting(lists, found, word) for found in (beginning, further))
    yield lists.equal("T", key)
    yield beginning
    yield further
    if re.search("[a-z]", word):
        yield from _mixed(lists, word)


def _fitting(lists: Lists, numbers: Numbers, word: str) -> Numbers:
    return np.array([one for one in numbers.tolist() if word in fold(lists[one].said)], np.int32)


def _mixed(lists: Lists, word: str) -> Iterator[Numbers]:
    """Chinese as it is written, the letters between as pinyin or initials."""
    parts = _RUNS.findall(word)
    among: Numbers | None = None
    for part in parts:
        having = lists.beginning("TtPpIi" if _LATIN.fullmatch(part) else "Tt", part)
        among = np.unique(having) if among is None else np.intersect1d(among, having)
    at_once: list[int] = []
    further: list[int] = []
    for number in (among if among is not None else np.empty(0, np.int32))[:_LOOKED_AT].tolist():
        one, syllables = lists.read(number)
        name = fold(one.said)
        starts = [start for start in range(len(name)) if _stands(parts, name, syllables, start)]
        if starts:
            (further if starts[0] else at_once).append(number)
    yield np.array(at_once, np.int32)
    yield np.array(further, np.int32)


def _stands(parts: Sequence[str], name: str, syllables: Sequence[str], at: int) -> bool:
    """Whether ``parts`` stand one after the other in ``name`` from ``at`` on; the last may stop in mid-syllable."""
    if not parts:
        return True
    part, rest = parts[0], parts[1:]
    if not _LATIN.fullmatch(part):
        return name.startswith(part, at) and _stands(rest, name, syllables, at + len(part))
    return any(_stands(rest, name, syllables, end) for end in _ends(part, syllables, at, last=not rest))


def _ends(letters: str, syllables: Sequence[str], at: int, *, last: bool) -> Iterator[int]:
    """Where the letters may end that begin with the syllable ``at``: whole syllables, or the first letter of each."""
    joined, here = "", at
    while here < len(syllables) and len(joined) < len(letters):
        joined += syllables[here]
        here += 1
    if joined == letters or (last and joined.startswith(letters)):
        yield here
    if "".join(one[0] for one in syllables[at : at + len(letters)]) == letters:
        yield at + len(letters)


def _smallest(numbers: Numbers, most: int) -> list[int]:
    """Each once, in order. A common letter begins some ten thousand: they are not all sorted."""
    if len(numbers) > 8 * most:
        numbers = np.partition(numbers, 4 * most)[: 4 * most]  # one name may be there several times
    return [int(one) for one in np.unique(numbers)[:most]]
