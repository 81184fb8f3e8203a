"""Text with what is known of it: asked words, masks, figures, passages, evidence, laundered words.

Spans may nest and cross; the HTML nests. The text itself is never changed, only wrapped.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup, escape

from indexer.domain.page import Restoration
from indexer.domain.spans import Span
from indexer.locale import say

NOTHING = Markup("")
_SPECIAL = re.compile("[&<>'\"]")


class Stroke(NamedTuple):  # not a dataclass: a page makes a hundred, and those take three times as long
    """One stretch to wrap. ``order``: the smaller stands outside. ``id`` and ``lead`` come with the first piece only,
    ``tail`` with the last, however often the stretch is cut."""

    span: Span
    order: int
    tag: str
    css: str = ""
    id: str = ""
    lead: Markup = NOTHING
    tail: Markup = NOTHING
    title: str = ""

    def opened(self, first: bool) -> str:
        tag = _tag(self.tag, self.id if first else "", self.css, self.title)
        return f"{tag}{self.lead}" if first and self.lead else tag

    def closed(self, last: bool) -> str:
        return f"{self.tail}</{self.tag}>" if last and self.tail else f"</{self.tag}>"


@lru_cache(maxsize=256)
def _tag(tag: str, id: str, css: str, title: str) -> str:
    # built by hand: Markup.format took 100 of the 500 ms of a page of twenty long reports
    named = [f' {name}="{escape(value)}"' for name, value in (("id", id), ("class", css), ("title", title)) if value]
    return f"<{tag}{''.join(named)}>"


def asked(spans: Iterable[Span]) -> list[Stroke]:
    return [Stroke(span, 50, "mark") for span in spans]


def masks(spans: Iterable[Span]) -> list[Stroke]:
    title = say("mark.masked")
    return [Stroke(span, 60, "span", "mask", title=title) for span in spans]


def figures(spans: Iterable[Span]) -> list[Stroke]:
    return [Stroke(span, 40, "b", "figure") for span in spans]


def restored(restorations: Iterable[Restoration]) -> list[Stroke]:
    """The word as it stands, with what it was before somebody swapped it written small above."""
    return [Stroke(r.span, 55, "ruby", "restored", tail=Markup("<rt>{}</rt>").format(r.restored)) for r in restorations]


def render(text: str, window: Span, strokes: Sequence[Stroke]) -> Markup:
    """``window`` of ``text`` as HTML, wrapped in the ``strokes`` that reach into it."""
    inside = sorted((s for s in strokes if s.span.overlaps(window)), key=lambda s: s.span.start)
    if all(one.span.end <= other.span.start for one, other in pairwise(inside)):
        return _side_by_side(text, window, inside)
    cuts = {window.start, window.end}
    for stroke in inside:
        cuts |= {max(stroke.span.start, window.start), min(stroke.span.end, window.end)}
    parts: list[str] = []
    open_: list[Stroke] = []
    begun = 0
    for start, end in pairwise(sorted(cuts)):
        wanted = [s for s in open_ if end <= s.span.end]
        while begun < len(inside) and inside[begun].span.start <= start:
            wanted.append(inside[begun])
            begun += 1
        if len(wanted) > 1:
            wanted.sort(key=lambda s: (s.order, s.span.start))
        keep = 0
        while keep < len(open_) and keep < len(wanted) and open_[keep] is wanted[keep]:
            keep += 1
        parts += [s.closed(last=s.span.end <= start) for s in reversed(open_[keep:])]
        parts += [s.opened(first=s.span.start >= start) for s in wanted[keep:]]
        parts.append(escape(text[start:end]))
        open_ = wanted
    parts += [s.closed(last=s.span.end <= window.end) for s in reversed(open_)]
    return Markup("".join(parts))


def _side_by_side(text: str, window: Span, strokes: Sequence[Stroke]) -> Markup:
    """``render`` where no stroke reaches into another, as in nearly every snippet: a third of the time."""
    parts: list[str] = []
    at = window.start
    for stroke in strokes:
        span = stroke.span
        start = span.start if span.start > at else at
        end = span.end if span.end < window.end else window.end
        opened, closed = stroke.opened(first=start == span.start), stroke.closed(last=end == span.end)
        parts += (escaped(text[at:start]), opened, escaped(text[start:end]), closed)
        at = end
    parts.append(escaped(text[at : window.end]))
    return Markup("".join(parts))


def escaped(text: str) -> str:
    """As ``escape``, without making a Markup of each of the 400 pieces of a page: a third of the time."""
    return str(escape(text)) if _SPECIAL.search(text) else text


def whole(text: str, strokes: Sequence[Stroke]) -> Markup:
    return render(text, Span(0, len(text)), strokes) if text else Markup("")


def lines(text: str) -> list[Span]:
    """The lines of ``text`` that are not empty, without their newline."""
    found: list[Span] = []
    at = 0
    for line in text.split("\n"):
        if line:
            found.append(Span(at, at + len(line)))
        at += len(line) + 1
    return found


def by_line(strokes: Iterable[Stroke], where: Sequence[Span]) -> list[list[Stroke]]:
    """For each line the strokes that reach into it: one pass, so that long reports with many masks stay quick."""
    buckets: list[list[Stroke]] = [[] for _ in where]
    starts = [line.start for line in where]
    for stroke in strokes:
        n = max(0, bisect_right(starts, stroke.span.start) - 1)
        while n < len(where) and where[n].end <= stroke.span.start:
            n += 1
        if n < len(where) and stroke.span.start < where[n].start < stroke.span.end:
            # it starts on an empty line, which nobody sees: its anchor comes with the first line that is seen
            stroke = stroke._replace(span=Span(where[n].start, stroke.span.end))
        while n < len(where) and where[n].start < stroke.span.end:
            buckets[n].append(stroke)
            n += 1
    return buckets
