"""Words that hold a sentence together, as jieba's dictionary tells them: 以及, 通过, 一个, 其中."""

from __future__ import annotations

from functools import cache

import jieba

from indexer.text.evidence import ASKING, BINDING

# adverbs, conjunctions, prepositions, pronouns, particles, numerals, measures, directions, times, interjections, states
_KINDS = ("d", "c", "p", "r", "u", "m", "q", "f", "t", "y", "e", "o", "z")


@cache
def binding_words() -> frozenset[str]:
    """Of two characters and more. Reads the dictionary once (.3 s)."""
    words = set(ASKING | BINDING)
    with jieba.Tokenizer().get_dict_file() as file:
        for line in file:
            word, _, kind = line.decode("utf-8").rstrip("\n").split(" ")
            if len(word) > 1 and kind.startswith(_KINDS):
                words.add(word)
    return frozenset(words)
