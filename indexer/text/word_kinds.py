"""Words that hold a sentence together, as jieba's dictionary tells them: 以及, 通过, 一个, 其中."""

from __future__ import annotations

import re
from functools import cache

import jieba

from indexer.text.evidence import ASKING, BINDING

# adverbs, conjunctions, prepositions, pronouns, particles, numerals, measures, directions, times, interjections, states
_WORD_OF_KIND = re.compile(r"^(\S{2,}) \d+ [dcprumqftyeoz]", re.MULTILINE)


@cache
def binding_words() -> frozenset[str]:
    """Of two characters and more. Reads the dictionary once (.1 s)."""
    with jieba.Tokenizer().get_dict_file() as file:
        found = _WORD_OF_KIND.findall(file.read().decode("utf-8"))
    return frozenset({*ASKING, *BINDING, *found})
