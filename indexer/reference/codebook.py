"""The codebook of themes (corpus/tables/themes.toml): what each takes in and leaves out, and words that tell of it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from indexer.errors import BadSetup

MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Theme:
    """``belongs`` says in one sentence what the theme is, ``excludes`` what only looks like it.

    ``words``: those that tell of it more often than of others, with the number of labelled sentences that hold them.
    They are for the reader: themes are given by learned weights.
    """

    name: str
    belongs: str
    excludes: str
    words: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes in the order in which they are shown."""

    themes: tuple[Theme, ...]

    @classmethod
    def parse(cls, text: str) -> Codebook:
        """Reads ``[[theme]]`` tables with ``name``, ``belongs``, ``excludes``, ``words``. Raises BadSetup."""
        try:
            tables = tomllib.loads(text).get("theme", [])
        except tomllib.TOMLDecodeError as wrong:
            raise BadSetup("table.themes_not_toml", problem=wrong) from wrong
        if not isinstance(tables, list) or not tables:
            raise BadSetup("table.themes_none")
        themes = tuple(_theme(table) for table in tables)
        names = [theme.name for theme in themes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadSetup("table.themes_twice", names=list(twice))
        return cls(themes)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(theme.name for theme in self.themes)


def _theme(table: object) -> Theme:
    if not isinstance(table, dict) or not isinstance(table.get("name"), str) or not table["name"]:
        raise BadSetup("table.theme_name")
    name = table["name"]
    if not isinstance(table.get("belongs"), str) or not table["belongs"]:
        raise BadSetup("table.theme_belongs", theme=name)
    unknown = sorted(set(table) - {"name", "belongs", "excludes", "words"})
    if unknown:
        raise BadSetup("table.theme_unknown", theme=name, names=list(unknown))
    words = table.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(count, int) for count in words.values()):
        raise BadSetup("table.theme_words", theme=name)
    if len(words) > MOST_WORDS:
        raise BadSetup("table.theme_too_many_words", theme=name, most=MOST_WORDS)
    return Theme(name, table["belongs"], str(table.get("excludes", "")), tuple(words.items()))
