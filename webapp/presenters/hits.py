"""Results as they are read: where and when first, then the title, then the passages themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup, escape

from indexer.domain.cards import ReportCard
from indexer.domain.results import Hit
from indexer.domain.spans import Span
from indexer.locale import language, say, term
from webapp.language import cn, named, reported
from webapp.preferences import cn_of
from webapp.presenters import marking, passage_notes, quotes, words
from webapp.presenters.facets import STATUS_CSS
from webapp.urls import link, quoted


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report of a result page with those of its passages that answer. ``why``: a line for each of them, or none.

    Badges, passages and actions are HTML, built by hand: a page has twenty reports with thirty passages and eighty
    links, which took Jinja 1.2 of its 8 ms.
    """

    id: str
    zone: str
    zone_language: Markup  # attribute
    where: str  # and when
    badges: Markup
    mirrors: int
    title: str
    href: str
    passages: Markup
    why: tuple[str, ...]
    actions: Markup
    item: str  # what the tray keeps of it: its best passage


Asked = Mapping[str, object]  # parameters of a report's address, for the same marks there


def shown(hits: Sequence[Hit], cards: Mapping[str, ReportCard], asked: Asked) -> list[ShownReport]:
    """Hits of one report stand together, where its best one stands."""
    together: dict[str, list[Hit]] = {}
    for hit in hits:
        together.setdefault(hit.passage.report, []).append(hit)
    query = link("", **asked)
    return [_report(cards[report], mine, query) for report, mine in together.items()]


def _report(card: ReportCard, hits: Sequence[Hit], query: str) -> ShownReport:
    """``query``: of the report's address, with its question mark."""
    label = words.zone_label(card.zone)
    href = f"/doc/{card.id}{query}"
    when = words.year_number(card)
    unknown = (words.Badge(when, "doubt"),) if card.year is None else ()
    province = term(card.zone.province) if card.zone.province else None
    place = province if province != label else None
    why = tuple("；".join(hit.why) for hit in hits)
    spoken, escaped = language(), str(escape(href))
    badges = (*unknown, *words.badges(card))
    return ShownReport(
        card.id,
        label,
        cn_of(label),
        " · ".join(part for part in (place, None if unknown else when) if part),
        Markup("".join([_badge(one.text, one.tone, spoken) for one in badges])),
        card.mirrors,
        card.title or say("page.base.untitled"),
        href,
        Markup("\n    ".join([_passage(card, hit, escaped, spoken) for hit in hits])),
        why if any(why) else (),
        Markup("".join(_actions(card, hits, spoken))),
        quotes.item_of(card.id, hits[0].passage.seq),
    )


@lru_cache(maxsize=1 << 10)
def _badge(text: str, tone: str, spoken: str) -> str:
    return f'<span class="badge {tone}">{reported(text)}</span>'


def _actions(card: ReportCard, hits: Sequence[Hit], spoken: str) -> Iterator[str]:
    first = hits[0].passage
    zone = words.zone_key(card.zone)
    theme = next((theme for hit in hits for theme in hit.passage.themes), None)
    similar, cite = _fixed_actions(spoken)
    yield f'<a href="/similar?passage={quoted(first.report)}%3A{first.seq}">{similar}</a>'
    yield f'<a class="cite" href="/doc/{card.id}/cite?p={first.seq}">{cite}</a>'  # the script knows it by its class
    if theme and zone:
        yield _compare_action(theme, zone, card.year, spoken)
    if card.zone.short or card.zone.name:
        yield _zone_action(zone, card.year, spoken)


@cache
def _fixed_actions(spoken: str) -> tuple[str, str]:
    return escape(say("page.search.similar")), escape(say("page.search.cite"))


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
    html = marking.whole(snippet, [*marking.asked(hit.marks), *_known(card, hit)])
    front = "" if passage.text.startswith(snippet) else "……"
    back = "" if passage.text.endswith(snippet) else "……"
    before, behind = _around_passage(passage.status.value, spoken)
    return f'{before}{front}{html}{back}</span> <a class="place" href="{href}#p{passage.seq}">{behind}'


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
