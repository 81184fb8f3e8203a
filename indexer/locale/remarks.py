"""Remarks that a reading leaves in a report: where title and text disagree, what a value rests on, of what it was
guessed. They are stored and given to programs as Chinese sentences; the templates that form them, ``remark`` of the
catalogue, read them back, so that people have them in their language, and in the words that the pages use.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from indexer.locale import CHINESE, catalogue, language, say, sentence, speaking, term

_SECTION = "remark."
_HOLE = re.compile(r"\\\{(\w+)\\\}")  # {name} after re.escape
_YEARS = re.compile(r"(\d{4})年")
_CLAUSES = "；"
# of the title, as it is stored and as pages call it; between quotation marks stand words of the report
_OLD_NAME, _NEW_NAME = re.compile("“[^”]*”|题名"), "标题"
_PRINTED = frozenset(("words", "phrases", "name"))  # values that are the page's own words


def remark(key: str, /, **values: object) -> str:
    """The sentence of ``remark.<key>`` as it is stored. Raises KeyError as ``say``."""
    with speaking(CHINESE):
        return say(_SECTION + key, **values)


def retold(stored: str) -> str:
    """A stored remark, of one clause or several, as people are told it in the language spoken now. What no template
    formed is taken for a term, and stays as it is where it is none: words of a report are never translated."""
    if language() == CHINESE or not stored:
        return _OLD_NAME.sub(lambda found: _NEW_NAME if found[0] == "题名" else found[0], stored)
    return say("list.semicolon").join(_clause(one) for one in stored.split(_CLAUSES))


def _clause(stored: str) -> str:
    for key, shape in _shapes().items():
        if found := shape.fullmatch(stored):
            return say(
                key, **{name: text if name in _PRINTED else _value(text) for name, text in found.groupdict().items()}
            )
    return term(stored)


def _value(text: str) -> str:
    """高新区 by its English name; 2021年、2023年 as 2021, 2023."""
    if _YEARS.search(text):
        return say("list.comma").join(_YEARS.sub(r"\1", one) for one in text.split("、"))
    return term(text)


@cache
def _shapes() -> Mapping[str, re.Pattern[str]]:
    """Key → what its Chinese sentence looks like. Those with more words of ours come first: 正文取自附件{name} would
    otherwise be an 附件{name}."""
    with speaking(CHINESE):
        texts = {key: sentence(key) for key in catalogue(CHINESE) if key.startswith(_SECTION)}
    longest = sorted(texts, key=lambda key: -len(texts[key]))
    return MappingProxyType({key: re.compile(_HOLE.sub(r"(?P<\1>.+?)", re.escape(texts[key]))) for key in longest})
