"""Results as they are read: where and when first, then the title, then the passages themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from markupsafe import Markup, escape

from indexer.domain.cards import ReportCard
from indexer.domain.results import Hit
from indexer.domain.spans import Span
from indexer.formats import report_words
from indexer.locale import language, say, term
from webapp.language import cn, marked_up, named, reported
from webapp.preferences import cn_of
from webapp.presenters import marking, passage_notes, quotes, words
from webapp.presenters.facets import STATUS_CSS
from webapp.presenters.marking import escaped
from webapp.urls import link, quoted

Asked = Mapping[str, object]  # parameters of a report's address, for the same marks there


def shown(
    hits: Sequence[Hit], cards: Mapping[str, ReportCard], asked: Asked, in_tray: Collection[str], theme: str = ""
) -> Markup:
    """Articles, one a report: its hits stand together, where its best one stands. ``in_tray``: items that the reader
    keeps; ``theme``: that was asked for, "" for none.

    Built by hand: thirty passages and eighty links alone took Jinja 1.2 of its 8 ms.
    """
    together: dict[str, list[Hit]] = {}
    for hit in hits:
        together.setdefault(hit.passage.report, []).append(hit)
    query, fixed = link("", **asked), _fixed(language())
    made = [_report(cards[report], mine, query, in_tray, theme, fixed) for report, mine in together.items()]
    return Markup("\n".join(made))


class _Fixed(NamedTuple):
    """What all reports of a page have in common, as HTML. ``chinese``: the attribute of what is Chinese."""

    spoken: str
    chinese: Markup
    similar: Markup
    cite: Markup
    keep: Markup
    kept: Markup
    why: Markup


@cache
def _fixed(spoken: str) -> _Fixed:
    names = ("similar", "cite", "keep", "kept", "why")
    return _Fixed(spoken, cn(), *(escape(say(f"page.search.{name}")) for name in names))


def _report(
    card: ReportCard, hits: Sequence[Hit], query: str, in_tray: Collection[str], theme: str, fixed: _Fixed
) -> str:
    """``query``: of the report's address, with its question mark."""
    label, id, key = words.zone_label(card.zone), escaped(card.id), words.zone_key(card.zone)
    href = escaped(f"/doc/{card.id}{query}")
    when = words.year_number(card)
    province = term(card.zone.province) if card.zone.province else None
    place = province if province != label else None
    where = " · ".join([part for part in (place, None if card.year is None else when) if part])
    badges = _badges(words.Standing.of(card), fixed.spoken)
    if card.year is None:
        badges = _badge(words.Badge(when, "doubt")) + badges
    if card.mirrors:
        badges += f'<span class="badge plain">{marked_up("page.search.mirrors", n=card.mirrors)}</span>'
    title = card.title or report_words.title(None, key, card.year, hits[0].passage.genre)
    passages = "\n    ".join([_passage(card, hit, href, fixed.spoken) for hit in hits])
    item = quotes.item_of(card.id, hits[0].passage.seq)  # what the tray keeps of it: its best passage
    return (
        f'  <article class="hit" aria-labelledby="t-{id}">\n'
        f'    <p class="where">{_zone(label, words.column_key(card.zone, card.id), fixed.spoken)} '
        f"<span>{escaped(where)}</span> "
        f"{badges}</p>\n"
        f'    <h2 id="t-{id}"><a href="{href}"{fixed.chinese}>{escaped(title)}</a></h2>\n'
        f"    {passages}\n"
        f'    <p class="actions"><button class="keep" form="keep" name="item" value="{escaped(item)}" '
        f'data-keep="{fixed.keep}" data-kept="{fixed.kept}">{fixed.kept if item in in_tray else fixed.keep}</button>'
        f"{''.join(_actions(card, hits, theme, fixed))}</p>\n"
        f"{_why(hits, fixed)}  </article>"
    )


@lru_cache(maxsize=1 << 12)
def _zone(label: str, key: str, spoken: str) -> str:
    """Its name, which leads to its page."""
    return f'<a class="zone" href="/zones/{escape(quoted(key))}"><b{cn_of(label)}>{escaped(label)}</b></a>'


def _why(hits: Sequence[Hit], fixed: _Fixed) -> str:
    """A line for each of the hits, or nothing."""
    if not any(hit.why for hit in hits):
        return ""
    lines = "".join([f"<li>{escaped('；'.join(hit.why))}</li>" for hit in hits])
    return f'    <details class="why"><summary>{fixed.why}</summary>\n      <ol>{lines}</ol>\n    </details>\n'


@lru_cache(maxsize=1 << 10)
def _badges(standing: words.Standing, spoken: str) -> str:
    return "".join(map(_badge, words.badges(standing)))


def _badge(badge: words.Badge) -> str:
    return f'<span class="badge {badge.tone}">{reported(badge.text)}</span>'


def _actions(card: ReportCard, hits: Sequence[Hit], asked: str, fixed: _Fixed) -> Iterator[str]:
    first = hits[0].passage
    zone = words.zone_key(card.zone)
    told = [theme for hit in hits for theme in hit.passage.themes]
    theme = asked if asked in told else next(iter(told), None)
    yield f'<a href="/similar?passage={quoted(first.report)}%3A{first.seq}">{fixed.similar}</a>'
    # the script knows it by its class
    yield f'<a class="cite" href="/doc/{escaped(card.id)}/cite?p={first.seq}">{fixed.cite}</a>'
    if theme:
        yield _compare_action(theme, words.column_key(card.zone, card.id), card.year, fixed.spoken)
    if card.zone.short or card.zone.name:
        yield _zone_action(zone, card.year, fixed.spoken)


@lru_cache(maxsize=1 << 12)
def _compare_action(theme: str, zone: str, year: int | None, spoken: str) -> str:
    text = say("page.search.compare_theme", theme=term(theme))
    return f'<a href="{escape(link("/compare", theme=theme, zone=zone, year=year))}">{escape(text)}</a>'


@lru_cache(maxsize=1 << 12)
def _zone_action(zone: str | None, year: int | None, spoken: str) -> str:
    text = say("page.search.zone_year" if year else "page.search.zone_all")
    return f'<a href="{escape(link("/search", zone=zone, year=year))}">{escape(text)}</a>'


def _passage(card: ReportCard, hit: Hit, href: str, spoken: str) -> str:
    """``href``: of the report, escaped."""
    passage, snippet = hit.passage, hit.snippet
    html = marking.whole(snippet, [*marking.asked(_joined(hit.marks)), *_known(card, hit)])
    front = "" if passage.text.startswith(snippet) else "……"
    back = "" if passage.text.endswith(snippet) else "……"
    before, behind = _around_passage(passage.status.value, spoken)
    return f'{before}{front}{html}{back}</span> <a class="place" href="{href}#p{passage.seq}">{behind}'


def _joined(marks: Sequence[Span]) -> list[Span]:
    """Words that touch as one mark: of a long question half a sentence is marked at once."""
    made: list[Span] = []
    for mark in sorted(marks, key=lambda span: span.start):
        if made and mark.start <= made[-1].end:
            made[-1] = Span(made[-1].start, max(made[-1].end, mark.end))
        else:
            made.append(mark)
    return made


@cache
def _around_passage(status: str, spoken: str) -> tuple[str, str]:
    """What stands before a snippet and behind its link: the same for each passage of a ``status``."""
    css = STATUS_CSS.get(status, "")
    before = f'<p class="passage"><span class="status status-{css}">{named(status)}</span> <span{cn()}>'
    return before, f"{escape(say('page.search.original'))}</a></p>"


def _known(card: ReportCard, hit: Hit) -> list[marking.Stroke]:
    """Masks, figures and laundered words of the passage, as far as the snippet shows them."""
    notes = card.notes.get(hit.passage.seq)
    if notes is None or not hit.snippet:
        return []
    at = hit.passage.text.index(hit.snippet)
    return passage_notes.strokes(notes, Span(at, at + len(hit.snippet)))
