"""What Duibiao says to people: sentences by key, in the language of whoever asks.

A language is one file, ``zh.toml`` or ``en.toml``, of nested tables: ``[query] too_long = "…{most}…"`` is said by
``say("query.too_long", most=200)``. Chinese is complete by definition, English is held to it by a test. Where the value
``n`` is the number 1, a key with ``_one`` behind it is taken if there is one (English needs it).

Terms of the field, which are data (themes, practices, provinces), are Chinese everywhere inside; ``terms_en.toml``
holds what ``term`` calls them in English, ``codebook_en.toml`` how ``defined`` explains them there.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = {"zh": "中文", "en": "English"}
CHINESE = "zh"
_WITHIN = "\n"  # between section and term: terms may hold dots (PM2.5)
_ASKED = os.environ.get("DUIBIAO_LANG", "")[:2].lower()
_language: ContextVar[str] = ContextVar("language", default=_ASKED if _ASKED in LANGUAGES else CHINESE)


def language() -> str:
    """The language that is spoken now: a key of LANGUAGES."""
    return _language.get()


def speak(wanted: str) -> None:
    """Speaks ``wanted`` from now on in this thread of control. Raises KeyError for a language that we don't have."""
    if wanted not in LANGUAGES:
        raise KeyError(wanted)
    _language.set(wanted)


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speaks ``wanted`` within the block."""
    before = _language.set(wanted)
    try:
        yield
    finally:
        _language.reset(before)


def say(key: str, /, **values: object) -> str:
    """The sentence of ``key`` with its values, a list's joined as the language joins. Raises KeyError where Chinese
    hasn't got it, or a value is missing."""
    if not values:
        return _fixed(key, _language.get())
    text = sentence(key, values.get("n"))
    for name, value in values.items():
        if type(value) not in _PLAIN:
            values[name] = _shown(value)
    return text.format(**values)


_PLAIN = (str, int)


@cache
def _fixed(key: str, spoken: str) -> str:
    """A sentence without values: a page of results says 200 of them."""
    known = catalogue(spoken)
    return (known[key] if key in known else catalogue(CHINESE)[key]).format()


class LazyText:
    """A sentence of the catalogue, or a part of one, that is said when the one around it is, in its language: ``what``
    of an error may be ``LazyText("name.year")``."""

    def __init__(self, key: str, /, **values: object) -> None:
        self.key = key
        self.values = values

    def __str__(self) -> str:
        return say(self.key, **self.values)


def _shown(value: object) -> object:
    if isinstance(value, list | tuple):
        return listed(map(str, value))
    return str(value) if isinstance(value, LazyText | BaseException) else value


def sentence(key: str, number: object = None) -> str:
    """The sentence of ``key`` as the catalogue has it, values still open."""
    spoken = catalogue(_language.get())
    if number == 1 and f"{key}_one" in spoken:
        return spoken[f"{key}_one"]
    return spoken[key] if key in spoken else catalogue(CHINESE)[key]


def term(chinese: str) -> str:
    """What a term of the field is called in the language spoken now; the Chinese itself where nobody translated it."""
    return chinese if _language.get() == CHINESE else terms(_language.get()).get(chinese, chinese)


def defined(row: str, part: str, chinese: str) -> str:
    """``part`` (definition, note …) of a codebook's ``row`` in the language spoken now; ``chinese``, which is what the
    table has, where nobody translated it. ``row``: id of a practice or an indicator, name of a theme."""
    return chinese if _language.get() == CHINESE else definitions(_language.get()).get((row, part), chinese)


def listed(parts: Iterable[str]) -> str:
    """高新区、经开区; in English with commas."""
    return say("list.comma").join(parts)


@cache
def terms(wanted: str) -> dict[str, str]:
    """Chinese term → what ``wanted`` calls it, over all sections."""
    return {key.rpartition(_WITHIN)[2]: name for key, name in _flat(_read(f"terms_{wanted}"), "", _WITHIN)}


@cache
def definitions(wanted: str) -> dict[tuple[str, str], str]:
    """Row of a codebook and part of it → what ``wanted`` says there."""
    parts = ((key.split(_WITHIN), text) for key, text in _flat(_read(f"codebook_{wanted}"), "", _WITHIN))
    return {(row, part): text for (_, row, part), text in parts}


@cache
def catalogue(wanted: str) -> dict[str, str]:
    """Every sentence of a language, by its dotted key."""
    return dict(_flat(_read(wanted), "", "."))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _flat(table: dict[str, Any], above: str, within: str) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{above}{name}{within}", within)
        else:
            yield above + name, value
