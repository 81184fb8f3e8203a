"""Cleaning: what a page says becomes text fit to read and search.

Each rule is a small function from a text to its edits; its place in the order matters and is told below. Cleaning
what was cleaned changes nothing, and the original can be rebuilt from the text and its history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.domain.edits import Edit, Edited, apply
from indexer.domain.page import Cleaned, Extracted
from indexer.pipeline.clean import (
    characters,
    fragments,
    hard_wraps,
    layout,
    lost_spaces,
    markup,
    masks,
    notices,
    opening,
    phonetics,
    run_ons,
    traditional,
)
from indexer.pipeline.clean.laundering import LaunderingTable

__all__ = ["LaunderingTable", "clean"]

Rule = Callable[[str], Iterable[Edit]]
_MOST_ROUNDS = 8  # what one rule uncovers, an earlier one may still have to mend; real pages need one round


@dataclass(frozen=True, slots=True)
class Nature:
    """What title and text together show, decided once for both."""

    phonetics: bool
    traditional: bool


def clean(extracted: Extracted, laundering: LaunderingTable) -> Cleaned:
    """The five kinds of damage are mended, masks and laundering found. Never fails."""
    title, text, history, nature = _mended(extracted.title or "", extracted.original)
    flags = set(extracted.flags)
    found = masks.find(text)
    title_found = masks.find(title)
    launderings = laundering.is_laundered(text)
    for flag, raised in (
        ("masked", bool(found or title_found)),
        ("laundered", launderings),
        ("traditional", nature.traditional),
        ("phonetics", nature.phonetics),
        ("truncated", notices.says_it_is_cut(extracted.original)),
        ("fragmented", any(step.rule == "fragments" for step in history)),
        ("hard_wrapped", any(step.rule == "hard_wraps" for step in history)),
    ):
        if raised:
            flags.add(flag)
    return Cleaned(
        title=title or None,
        text=text,
        history=history,
        masks=found,
        title_masks=tuple(mask.span.of(title) for mask in title_found),
        restorations=laundering.restorations(text) if launderings else (),
        flags=frozenset(flags),
    )


def _mended(title: str, text: str) -> tuple[str, str, tuple[Edited, ...], Nature]:
    """Title and text after all rules, the text's history, and what the page was seen to be."""
    history: tuple[Edited, ...] = ()
    nature = Nature(phonetics=False, traditional=False)
    while True:
        page = f"{title}\n{text}"
        seen = Nature(
            phonetics=nature.phonetics or phonetics.inserted_in(page),
            traditional=nature.traditional or traditional.is_traditional(page),
        )
        if history and seen == nature:  # mending can uncover it: a notice in the other script is gone
            break
        nature = seen
        title, _ = _until_settled(title, _character_rules(nature))
        text, steps = _until_settled(text, _text_rules(nature, title))
        history += steps
        if not steps:
            break
    return title, text, history, nature


def _character_rules(nature: Nature) -> list[tuple[str, Rule]]:
    """Rules that mend single characters: the same for title and text."""
    rules: list[tuple[str, Rule]] = [
        ("spaces", characters.even_out),
        ("spaces", characters.unpile),
        ("radicals", characters.plain),
        ("width", characters.narrow),
        ("lost_spaces", lost_spaces.restore),
    ]
    if nature.phonetics:
        rules.append(("phonetics", phonetics.drop))
    if nature.traditional:
        rules.append(("traditional", traditional.simplify))  # after the phonetics: phrases are whole again
    return [*rules, ("layout", layout.tidy)]


def _text_rules(nature: Nature, title: str) -> list[tuple[str, Rule]]:
    """Pieces are joined before headings are split, and headings before the spaces of wrapped lines go: those spaces
    show where a heading ends."""
    *characterwise, tidy = _character_rules(nature)
    return [
        *characterwise,
        ("markup", markup.strip),
        ("notices", notices.drop),
        ("fragments", fragments.join),
        ("hard_wraps", hard_wraps.join_lines),
        *_wrapped_rules(),
        ("opening", lambda text: opening.drop_title(text, title)),
        tidy,
    ]


def _wrapped_rules() -> list[tuple[str, Rule]]:
    """Both need the printed width, which the splitting hides."""
    printed = 0

    def split(text: str) -> Iterable[Edit]:
        nonlocal printed
        printed = hard_wraps.width(text)
        return run_ons.split(text, printed)

    def join(text: str) -> Iterable[Edit]:
        return hard_wraps.join_spaces(text, printed) if printed else ()

    return [("run_ons", split), ("hard_wraps", join)]


def _until_settled(text: str, rules: list[tuple[str, Rule]]) -> tuple[str, tuple[Edited, ...]]:
    history: list[Edited] = []
    for _ in range(_MOST_ROUNDS):
        steps = len(history)
        for name, rule in rules:
            step = apply(name, text, rule(text))
            if step.edits:
                history.append(step)
                text = step.text
        if len(history) == steps:
            break
    return text, tuple(history)
