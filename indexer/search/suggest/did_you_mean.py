"""Did you mean …: other questions for one that found next to nothing, each of them asked before it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.domain.query import All, Either, Node, Phrase, Query, Within, Word
from indexer.domain.results import ResultPage
from indexer.domain.suggestions import Offer
from indexer.search.suggest.correction import Correction, corrections, latin_runs
from indexer.search.suggest.suggestion_index import Lists
from indexer.text.analyser import Analyser, is_latin
from indexer.text.fold import fold

FEW = 2  # passages: so often a slip stands in the corpus itself
MOST = 3
_TRIED = 8  # questions asked at most; one takes 0.1 to 3 ms
_WORDS = 6  # of the question that are looked into
_EACH = 4  # corrections of one word
_MORE = 10  # times as much as was found must another question find

Found = Callable[[Node], int]  # passages of the whole build that have it
Asked = Callable[[str, str | None], int]  # passages a text finds within the filters asked, in a zone where one is given


def offers(
    query: Query,
    node: Node | None,
    page: ResultPage,
    *,
    lists: Lists,
    analyser: Analyser,
    is_name: Callable[[str], bool],
    found: Found,
    asked: Asked,
) -> tuple[Offer, ...]:
    """``node``: what ``query.text`` reads as, before anything was added. ``page``: what it found.

    For a question that found few passages, or whose words stand in them in pieces only (孵化气: 孵化 and 气).
    """
    every = list(dict.fromkeys(_words(node)))[:_WORDS] if node else []
    words = [word for word in every if not is_name(word)]  # 抚州高新区 is right, though there may be no report of it
    # a word of the lists stands there: to look is 30 µs, to count all its places in 100,000 passages up to 3 ms
    standing = all(is_latin(word) or len(lists.equal("T", fold(word))) or found(Phrase(word)) for word in words)
    full = page.total if page.full is None else page.full
    if standing and full > FEW and not page.loosened:
        return ()
    made: list[Offer] = []
    least = _MORE * full if standing and full and not page.loosened else 1
    tried: set[tuple[str, str | None]] = set()
    fixes = _fixes(words, lists, analyser, found, sound_only=query.loosened)
    for text, zone, terms in _candidates(query, fixes):
        if (text, zone) in tried:
            continue
        if len(made) == MOST or len(tried) == _TRIED:
            break
        tried.add((text, zone))
        passages = asked(text, zone)
        # part of a sentence finds something in any case: then the corrected term must by itself
        if passages >= least and (not query.loosened or zone or all(asked(term, None) for term in terms)):
            made.append(Offer(text, zone, passages))
    return tuple(made)


def _fixes(
    words: list[str], lists: Lists, analyser: Analyser, found: Found, *, sound_only: bool
) -> list[tuple[str, list[Correction]]]:
    """Each word that stands next to nowhere, with what it may have been meant for."""
    fixes = []
    for word in [*latin_runs(words), *words]:
        if _stands(word, found):
            continue
        fitting = corrections(lists, word, analyser, sound_only=sound_only)[: 2 * _EACH]
        kept = [
            one
            for one in fitting
            if (word == one.wrong or not _stands(one.wrong, found)) and (one.sure or found(Phrase(one.text)))
        ]
        if kept:
            fixes.append((word, kept[:_EACH]))
    return fixes


def _candidates(
    query: Query, fixes: list[tuple[str, list[Correction]]]
) -> Iterator[tuple[str, str | None, tuple[str, ...]]]:
    """(text, zone, terms in it that are new): every wrong word put right, then one by one, the likeliest first."""
    for run, ones in fixes:
        if " " in run:  # chuangxin chuangye is one word rather than two
            yield from ((query.text.replace(run, one.text, 1), None, (one.term,)) for one in ones)
    single = [(word, ones[0]) for word, ones in fixes if " " not in word]
    if len(single) > 1:
        text = query.text
        for word, one in single:
            text = text.replace(word, one.text, 1)
        yield text, None, tuple(one.term for _, one in single)
    for one, word in sorted(((one, word) for word, ones in fixes for one in ones), key=lambda pair: pair[0]):
        if one.zone and not query.filters.values("zone"):
            yield " ".join(query.text.replace(word, " ", 1).split()), one.zone, ()
        else:
            yield query.text.replace(word, one.text, 1), None, (one.term,)


def _stands(word: str, found: Found) -> bool:
    return found(Word(word) if is_latin(word) else Phrase(word)) > FEW


def _words(node: Node) -> Iterator[str]:
    """What is looked for, not what is excluded."""
    match node:
        case Word(text) | Phrase(text):
            if fold(text).strip():
                yield text
        case All(nodes) | Either(nodes):
            for child in nodes:
                yield from _words(child)
        case Within(_, child):
            yield from _words(child)
        case _:
            return
