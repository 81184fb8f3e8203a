"""Cleaning: what a page says becomes text fit to read and search.

Each rule is a small function from a text to its edits; its place in the order matters and is told below. Cleaning
what was cleaned changes nothing, and the original can be rebuilt from the text and its history.

Rules and later stages read simplified script. A page that was written in Traditional keeps its own script beside
that: its history is the history of its own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

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
from indexer.text.script import to_simplified

__all__ = ["LaunderingTable", "clean"]

Rule = Callable[[str], Iterable[Edit]]
_MOST_ROUNDS = 8  # what one rule uncovers, an earlier one may still have to mend; real pages need one round


@dataclass(frozen=True, slots=True)
class Nature:
    """What title and text together show, decided once for both."""

    phonetics: bool = False
    traditional: bool = False
    own_script: bool = False  # written in Traditional, not put into it by a mill


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the page's own script, and as rules read it: simplified, so of the same length; mostly the same."""

    own: str
    view: str

    @classmethod
    def of(cls, own: str, nature: Nature) -> Text:
        return cls(own, to_simplified(own) if nature.own_script else own)

    def after(self, name: str, rule: Rule) -> tuple[Text, Edited]:
        """The text with the rule's edits made, and the step that its own script took."""
        step = apply(name, self.view, rule(self.view))
        if self.own == self.view:
            return Text(step.text, step.text), step
        own = apply(name, self.own, (replace(e, removed=self.own[e.at : e.at + len(e.removed)]) for e in step.edits))
        return Text(own.text, step.text), own


def clean(extracted: Extracted, laundering: LaunderingTable) -> Cleaned:
    """The five kinds of damage are mended, masks and laundering found. Never fails."""
    title, text, history, nature = _mended(extracted.title or "", extracted.original)
    flags = set(extracted.flags)
    found = masks.find(text.view)
    title_found = masks.find(title.view)
    launderings = laundering.is_laundered(text.view)
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
        title=title.view or None,
        text=text.view,
        history=history,
        masks=found,
        title_masks=tuple(mask.span.of(title.view) for mask in title_found),
        restorations=laundering.restorations(text.view) if launderings else (),
        flags=frozenset(flags),
        in_own_script=(title.own, text.own) if nature.own_script else None,
    )


def _mended(title_read: str, text_read: str) -> tuple[Text, Text, tuple[Edited, ...], Nature]:
    """Title and text after all rules, the text's history, and what the page was seen to be."""
    title, text = Text(title_read, title_read), Text(text_read, text_read)
    history: tuple[Edited, ...] = ()
    nature = Nature()
    while True:
        seen = _seen(f"{title.own}\n{text.own}", nature)
        if history and seen == nature:  # mending can uncover it: a notice in the other script is gone
            break
        nature = seen
        title, _ = _until_settled(Text.of(title.own, nature), _character_rules(nature))
        text, steps = _until_settled(Text.of(text.own, nature), _text_rules(nature, title.view))
        history += steps
        if not steps:
            break
    return title, text, history, nature


def _seen(page: str, before: Nature) -> Nature:
    """What was seen stays seen; a page that was put into another script once isn't its own any more."""
    phonetic = before.phonetics or phonetics.inserted_in(page)
    traditionally = before.traditional or traditional.is_traditional(page)
    was_own = before.own_script or not before.traditional
    return Nature(phonetic, traditionally, traditionally and was_own and not phonetic and traditional.is_native(page))


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
    if nature.traditional and not nature.own_script:
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


def _until_settled(text: Text, rules: list[tuple[str, Rule]]) -> tuple[Text, tuple[Edited, ...]]:
    history: list[Edited] = []
    for _ in range(_MOST_ROUNDS):
        steps = len(history)
        for name, rule in rules:
            changed, step = text.after(name, rule)
            if step.edits:
                history.append(step)
                text = changed
        if len(history) == steps:
            break
    return text, tuple(history)
