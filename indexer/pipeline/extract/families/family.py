"""What there is to know of one kind of site."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.pipeline.extract.markup import Markup


@dataclass(frozen=True, slots=True)
class Family:
    """``bodies`` and ``titles`` are places (``.class``, ``#id`` or XPath, see Markup.find), tried in
    order. ``cut_marks``: places that tell of a copy cut short.

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
