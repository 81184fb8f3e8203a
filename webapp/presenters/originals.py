"""A report beside what it was before cleaning: paragraph for paragraph, with the characters that differ tinted."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from indexer.domain.edits import original_of, original_span
from indexer.domain.report import Report
from webapp.presenters import marking
from webapp.presenters.invisible import spelled

# Characters of a changed stretch that are compared one by one; comparing takes the square of them: 600 take 8 ms.
_LONGEST = 600
_END = "⏎"
_SPACES = "\n\t\u3000\xa0"


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph as it was read, and what it was. ``cleaned`` is empty where cleaning took all of it away."""

    cleaned: Markup
    original: Markup
    changed: bool


def pairs(report: Report) -> list[Pair]:
    """All of the original stands at the right, in its order and once."""
    original = original_of(report.text, report.history)
    made: list[Pair] = []
    at = 0
    for line in marking.lines(report.text):
        was = original_span(line, report.history)
        start, end = max(at, was.start), max(at, was.end)
        if dropped := original[at:start].strip():
            made.append(Pair(Markup(""), _shown(dropped, "was"), True))
        made.append(_pair(line.of(report.text), original[start:end]))
        at = end
    if dropped := original[at:].strip():
        made.append(Pair(Markup(""), _shown(dropped, "was"), True))
    return made


def _pair(cleaned: str, original: str) -> Pair:
    if cleaned == original:
        return Pair(Markup(escape(cleaned)), Markup(escape(original)), False)
    head = _common(cleaned, original)
    tail = _common(cleaned[head:][::-1], original[head:][::-1])
    ends = len(cleaned) - tail, len(original) - tail
    left, right = _differing(cleaned[head : ends[0]], original[head : ends[1]])
    front, back = escape(cleaned[:head]), escape(cleaned[ends[0] :])
    return Pair(Markup(front + left + back), Markup(front + right + back), True)


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    shorter = min(len(one), len(other))
    return next((n for n in range(shorter) if one[n] != other[n]), shorter)


def _differing(cleaned: str, original: str) -> tuple[Markup, Markup]:
    if max(len(cleaned), len(original)) > _LONGEST:
        return _shown(cleaned, "now"), _shown(original, "was")
    left, right = Markup(""), Markup("")
    for kind, a, b, c, d in SequenceMatcher(None, cleaned, original, autojunk=False).get_opcodes():
        same = kind == "equal"
        left += _shown(cleaned[a:b], "" if same else "now")
        right += _shown(original[c:d], "" if same else "was")
    return left, right


def _shown(text: str, css: str) -> Markup:
    if not text:
        return Markup("")
    if not css:
        return Markup(escape(text))
    return Markup('<span class="{}">{}</span>').format(css, spelled(text, kept=_SPACES).replace("\n", _END))
