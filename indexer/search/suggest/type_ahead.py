"""From what stands in the box so far to what is offered under it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from indexer.domain.suggestions import Kind, Listed, Suggestion
from indexer.search.suggest.completion import completions
from indexer.search.suggest.suggestion_index import Lists
from indexer.text.fold import fold

Count = Callable[[str, str | None], int]  # passages that a question finds, in a zone where one is given

_LAST = re.compile(r"(.*\s)?(\S+)", re.DOTALL)
_LAST_LATIN = re.compile(r"(.*?)((?:(?<!\S)[a-z\"]+ )+[a-z\"]+)", re.DOTALL)  # zhao shang, as input methods show it
_ZONE_FIELD = "园区:"
_SIGNS = re.compile(r"[-\"()|:]")  # of the question language: what stands there is no plain word
_SHORTEST_NAME = 2  # characters of a zone's name that stand before other words
_LOOKED_AT = 2  # so many times what is wanted, where some of it finds nothing besides what else is asked


def suggestions(lists: Lists, typed: str, most: int, count: Count, *, filtered: bool) -> tuple[Suggestion, ...]:
    """At most ``most``. The last word is completed, those before it are kept. ``filtered``: ``count`` doesn't count
    everything; then, and behind other words, only what finds something with them is offered."""
    for kept, word, kinds in _splits(typed):
        if kept or filtered:
            candidates = completions(lists, word, _LOOKED_AT * most, kinds)
            made = tuple(islice(_checked(candidates, kept, count), most))
            zones = () if any(one.target for one in made) else tuple(_zones_before(lists, kept, word, count))
            made = (*made[: most - len(zones)], *zones)
        else:
            made = tuple(
                Suggestion(one.text, one.kind, one.count, one.kind is Kind.WORD, "", one.target, one.name)
                for one in completions(lists, word, most, kinds)
            )
        if made:
            return made
    return ()


def _splits(typed: str) -> Iterator[tuple[str, str, Sequence[Kind]]]:
    """(what is kept, what is completed, to what): the likelier first."""
    folded = fold(typed)
    last_latin, last = _LAST_LATIN.fullmatch(folded), _LAST.fullmatch(folded)
    if last_latin:
        yield typed[: last_latin.end(1)].strip(), last_latin[2], tuple(Kind)
    if last is None:
        return
    kept, word = typed[: last.start(2)].strip(), last[2]
    if word.startswith(_ZONE_FIELD):
        yield kept, word.removeprefix(_ZONE_FIELD), (Kind.ZONE, Kind.REGION)
    elif not _SIGNS.search(re.sub(r"(?<=[a-z])\"(?=[a-z])", "", word)) and kept.count('"') % 2 == 0:
        yield kept, word, tuple(Kind)


def _zones_before(lists: Lists, kept: str, word: str, count: Count) -> Iterator[Suggestion]:
    """衡阳 招商: the zone whose name begins with what stands before, as a filter of the rest, as for 招商 衡阳."""
    before = kept.split()
    for at, name in enumerate(before):
        if len(name) < _SHORTEST_NAME or _SIGNS.search(name):
            continue
        rest = " ".join((*before[:at], *before[at + 1 :], word))
        for one in completions(lists, name, _LOOKED_AT, (Kind.ZONE,)):
            if fold(one.text).startswith(fold(name)) and (found := count(rest, one.target)):
                yield Suggestion(one.text, one.kind, found, True, rest, one.target, one.name)
                return


def _checked(candidates: Sequence[Listed], kept: str, count: Count) -> Iterator[Suggestion]:
    for one in candidates:
        if one.kind is Kind.REPORT or (one.kind is Kind.WORD and one.text in kept.split()):
            continue  # a report is opened by itself; a word that is asked already says nothing new
        text = f"{kept} {one.text}".strip() if one.kind is Kind.WORD else one.text
        found = count(text, None) if one.kind is Kind.WORD else count(kept, one.target)
        if found:
            yield Suggestion(text, one.kind, found, True, kept, one.target, one.name)
