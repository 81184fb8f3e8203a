"""How a passage lies in an index of OpenSearch: one segmentation, ours.

Every field of text holds tokens that we cut, joined with U+001F, which Java counts as white space: the ``whitespace``
analyser of the core parts them again and does nothing else. Quotes go letter for letter over characters: ``one`` holds
each of them, ``two`` each pair of neighbours, so that a quote is a phrase of pairs and a word of two characters a
single term. ``title`` holds characters with a border wherever a run of Latin letters and digits begins or ends, so that
AI is found in 高新区AI产业 and not in MAIN.
"""

from __future__ import annotations

import hashlib
import json
import re
from itertools import pairwise
from typing import Any

from indexer.domain.facets import FACETS, UNKNOWN, Basis
from indexer.domain.results import IndexedPassage
from indexer.engines.evaluation.doc_values import Value, facet_column, facets_of
from indexer.engines.evaluation.indexed_terms import Material
from indexer.engines.opensearch.passage_text import passage_to_text
from indexer.text.fold import fold

SEPARATOR = "\x1f"
_ESCAPE = "\ufdd0"  # a character that no text may hold; where one does, it is escaped itself
_BORDER = _ESCAPE + "|"
_ODD = re.compile(r"[\s\x1c-\x1f\u0085\ud800-\udfff\ufdd0]")  # what parts tokens, and what UTF-8 can't say
_HALF = re.compile(r"[\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile(f"{_ESCAPE}([0-9a-f]{{4}})")
_ALNUM = re.compile(r"[a-z0-9]")
_LONG = 120  # characters; each may be two for Java

YEARS = tuple(facet_column("year", basis) for basis in Basis)
OF_ORDER = ("substance", "main_theme")  # nobody filters by these
NAMES = tuple(facet.name for facet in FACETS if facet.name != "year")


def _text(**more: Any) -> dict[str, Any]:
    return {"type": "text", "analyzer": "whitespace", **more}


MAPPING: dict[str, Any] = {
    "dynamic": "strict",
    # What a page shows (p) and what candidates are scored by; the rest can be made from the build.
    "_source": {"includes": ["p", "latin", "context"]},
    "properties": {
        "p": {"type": "keyword", "index": False, "doc_values": False},
        "one": _text(index_options="freqs"),
        "two": _text(),
        "one_restored": _text(index_options="freqs"),
        "two_restored": _text(),
        "latin": _text(index_options="freqs", norms=False),
        "context": _text(index_options="docs", norms=False),
        "title": _text(norms=False),
        "report": {"type": "keyword"},
        "seq": {"type": "integer"},
        "day": {"type": "integer"},
        "length": {"type": "integer", "index": False},
        "laundered": {"type": "boolean"},
        **{name: {"type": "short"} for name in YEARS},
        **{name: {"type": "keyword"} for name in (*NAMES, *OF_ORDER)},
    },
}
SCHEMA = hashlib.sha256(json.dumps(MAPPING, sort_keys=True).encode()).hexdigest()[:16]


def document(passage: IndexedPassage, material: Material) -> dict[str, Any]:
    """What is sent of a passage."""
    fields: dict[str, Any] = {
        "p": passage_to_text(passage),
        "one": singles(material.text),
        "two": SEPARATOR.join(pairs(material.text)),
        "latin": SEPARATOR.join(map(term_token, material.latin.elements())),
        "context": SEPARATOR.join(map(term_token, material.context)),
        "title": SEPARATOR.join(letters(fold(passage.title), bordered=True)),
        "report": plain(passage.report),
        "seq": passage.seq,
        "day": passage.published_on.toordinal() if passage.published_on else 0,
        "length": len(passage.text),
        "laundered": material.restored is not None,
    }
    if material.restored is not None:
        fields["one_restored"] = singles(material.restored)
        fields["two_restored"] = SEPARATOR.join(pairs(material.restored))
    for name, values in facets_of(passage).items():
        known = [plain(value) if isinstance(value, str) else value for value in values if value is not None]
        if known and name != "title":
            fields[name] = known if len(known) > 1 else known[0]
    return fields


def identifier(passage: IndexedPassage) -> str:
    """The same for the same passage: whoever loads it twice has it once."""
    return plain(passage.id)


def singles(text: str) -> str:
    return SEPARATOR.join(text if _ODD.search(text) is None else map(_token, text))


def pairs(text: str) -> list[str]:
    characters = text if _ODD.search(text) is None else list(map(_token, text))
    return [first + second for first, second in pairwise(characters)]


def letters(text: str, *, bordered: bool = False) -> list[str]:
    """The characters of words that are looked for in a title; ``bordered``: of a title, or of a Latin word, whose ends
    are borders too."""
    kinds = [_ALNUM.match(character) is not None for character in text]
    tokens = [_BORDER] if bordered else []
    for at, character in enumerate(text):
        if at and kinds[at] != kinds[at - 1]:
            tokens.append(_BORDER)
        tokens.append(_token(character))
    return [*tokens, _BORDER] if bordered else tokens


def term_token(term: str) -> str:
    """A term as the index has it: one too long for a token of the analyser (255) by its digest."""
    return plain(term) if len(term) <= _LONG else hashlib.sha256(term.encode("utf-8", "surrogatepass")).hexdigest()


def _token(character: str) -> str:
    return _escaped(character) if _ODD.match(character) else character


def plain(value: str) -> str:
    """``value`` as UTF-8 can say it: half a character is spelled out."""
    return value if _HALF.search(value) is None else _HALF.sub(lambda one: _escaped(one[0]), value)


def restored_value(value: str) -> str:
    """What ``plain`` was given."""
    return _ESCAPED.sub(lambda one: chr(int(one[1], 16)), value) if _ESCAPE in value else value


def _escaped(character: str) -> str:
    return f"{_ESCAPE}{ord(character):04x}"


def column_value(value: Any) -> Value:
    """A bucket's key as a facet has it."""
    return restored_value(value) if isinstance(value, str) else int(value)


def wanted_value(value: str) -> str | None:
    """A filter's value as the field holds it; None asks for what has none."""
    return None if value == UNKNOWN else plain(value)
