"""What a passage is about: up to three themes of the codebook (corpus/themes.toml), by the words that speak for each."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import BadSetup

STRONG = 3.0
WEAK = 1.0
ENOUGH = 2.0  # one strong word or two weak ones
MOST = 3  # themes of one passage


@dataclass(frozen=True, slots=True)
class Theme:
    """``belongs`` says in one sentence what the theme is. A word of ``never`` hides the weaker words inside it
    (招商银行 doesn't speak of 招商)."""

    name: str
    belongs: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    never: tuple[str, ...]

    def score(self, text: str) -> float:
        """How strongly ``text`` speaks of it; each word counts once."""
        for word in self.never:
            if word in text:
                text = text.replace(word, "\n")
        strong = sum(word in text for word in self.strong)
        weak = sum(word in text for word in self.weak)
        return STRONG * strong + WEAK * weak


@dataclass(frozen=True, slots=True)
class Codebook:
    """The themes in the order in which they are shown."""

    themes: tuple[Theme, ...]

    @classmethod
    def parse(cls, text: str) -> Codebook:
        """Reads ``[[theme]]`` tables with ``name``, ``belongs``, ``strong``, ``weak``, ``never``. Raises BadSetup."""
        try:
            tables = tomllib.loads(text).get("theme", [])
        except tomllib.TOMLDecodeError as wrong:
            raise BadSetup(f"主题词表不是有效的 TOML：{wrong}") from wrong
        if not isinstance(tables, list) or not tables:
            raise BadSetup("主题词表里没有任何 [[theme]]")
        themes = tuple(_theme(table) for table in tables)
        names = [theme.name for theme in themes]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise BadSetup(f"主题词表里有重名的主题：{'、'.join(twice)}")
        return cls(themes)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(theme.name for theme in self.themes)

    def themes_of(self, text: str, headings: Sequence[str] = ()) -> tuple[str, ...]:
        """Names of the themes that ``text`` speaks of, strongest first, at most three.

        ``headings`` are those over it, nearest first: a theme named in the nearest one counts half a strong word
        more, in the others a quarter. They tip the balance, they don't make a theme alone.
        """
        scores = []
        for place, theme in enumerate(self.themes):
            score = theme.score(text)
            if score > 0:
                score += sum((1.5 if i == 0 else 0.75) * (theme.score(h) > 0) for i, h in enumerate(headings))
            if score >= ENOUGH:
                scores.append((-score, place, theme.name))
        scores.sort()
        return tuple(name for score, _, name in scores[:MOST] if score * 4 <= scores[0][0])


def _theme(table: object) -> Theme:
    if not isinstance(table, dict) or not isinstance(table.get("name"), str) or not table["name"]:
        raise BadSetup("主题词表：每个 [[theme]] 都要有 name")
    name = table["name"]
    if not isinstance(table.get("belongs"), str) or not table["belongs"]:
        raise BadSetup(f"主题“{name}”缺少 belongs（一句话说明收什么）")
    unknown = sorted(set(table) - {"name", "belongs", "strong", "weak", "never"})
    if unknown:
        raise BadSetup(f"主题“{name}”有不认识的项：{'、'.join(unknown)}")
    lists = [_words(table.get(key, []), name, key) for key in ("strong", "weak", "never")]
    return Theme(name, table["belongs"], *lists)


def _words(value: object, theme: str, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise BadSetup(f"主题“{theme}”的 {key} 应是词的列表")
    return tuple(dict.fromkeys(value))
