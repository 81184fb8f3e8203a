"""What there is to know of one kind of site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.pipeline.extract.markup import Markup


@dataclass(frozen=True, slots=True)
class Family:
    """``bodies`` and ``titles`` are XPaths, tried in order. ``cut_marks``: XPaths that tell of a copy cut short.

    ``site_is_source``: a mill names nobody else, so its own name stands as the source. ``unlabelled_source``: news
    sites print a name below the headline without saying what it is.
    """

    name: str
    recognises: Callable[[Markup], bool]
    bodies: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    site_is_source: bool = False
    unlabelled_source: bool = False
    cut_marks: tuple[str, ...] = ()


def css(*names: str) -> tuple[str, ...]:
    """XPaths for ``.class`` and ``#id``, letter case ignored for ids (JCMS writes both zoom and Zoom)."""
    return tuple(_path(name) for name in names)


def _path(name: str) -> str:
    if name.startswith("#"):
        upper, lower = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
        return f"//*[translate(@id,'{upper}','{lower}')='{name[1:].lower()}']"
    return f"//*[contains(concat(' ',normalize-space(@class),' '),' {name[1:]} ')]"
