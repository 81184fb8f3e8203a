"""Results as they are read: where and when first, then the title, then the passages themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer.domain.cards import ReportCard
from indexer.domain.results import Hit
from indexer.domain.spans import Span
from indexer.locale import say, term
from webapp.presenters import marking, passage_notes, quotes, words
from webapp.presenters.facets import STATUS_CSS
from webapp.presenters.words import Badge
from webapp.urls import link


@dataclass(frozen=True, slots=True)
class ShownPassage:
    status: str
    css: str
    html: Markup
    href: str


@dataclass(frozen=True, slots=True)
class Action:
    """``css``: by which the script knows it."""

    text: str
    href: str
    css: str = ""


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report of a result page with those of its passages that answer. ``why``: a line for each of them, or none."""

    id: str
    zone: str
    where: str  # and when
    badges: tuple[Badge, ...]
    mirrors: int
    title: str
    href: str
    passages: tuple[ShownPassage, ...]
    why: tuple[str, ...]
    actions: tuple[Action, ...]
    item: str  # what the tray keeps of it: its best passage


Asked = Mapping[str, object]  # parameters of a report's address, for the same marks there


def shown(hits: Sequence[Hit], cards: Mapping[str, ReportCard], asked: Asked) -> list[ShownReport]:
    """Hits of one report stand together, where its best one stands."""
    together: dict[str, list[Hit]] = {}
    for hit in hits:
        together.setdefault(hit.passage.report, []).append(hit)
    return [_report(cards[report], mine, asked) for report, mine in together.items()]


def _report(card: ReportCard, hits: Sequence[Hit], asked: Asked) -> ShownReport:
    label = words.zone_label(card.zone)
    href = link(f"/doc/{card.id}", **asked)
    when = words.year_number(card)
    unknown = (words.Badge(when, "doubt"),) if card.year is None else ()
    province = term(card.zone.province) if card.zone.province else None
    place = province if province != label else None
    why = tuple("；".join(hit.why) for hit in hits)
    return ShownReport(
        card.id,
        label,
        " · ".join(part for part in (place, None if unknown else when) if part),
        (*unknown, *words.badges(card)),
        card.mirrors,
        card.title or say("page.base.untitled"),
        href,
        tuple(_passage(card, hit, f"{href}#p{hit.passage.seq}") for hit in hits),
        why if any(why) else (),
        tuple(_actions(card, hits)),
        quotes.item_of(card.id, hits[0].passage.seq),
    )


def _actions(card: ReportCard, hits: Sequence[Hit]) -> list[Action]:
    year, first = card.year, hits[0].passage
    zone = words.zone_key(card.zone)
    theme = next((theme for hit in hits for theme in hit.passage.themes), None)
    actions = [
        Action(say("page.search.similar"), link("/similar", passage=first.id)),
        Action(say("page.search.cite"), link(f"/doc/{card.id}/cite", p=first.seq), "cite"),
    ]
    if theme and zone:
        said = say("page.search.compare_theme", theme=term(theme))
        actions.append(Action(said, link("/compare", theme=theme, zone=zone, year=year)))
    if card.zone.short or card.zone.name:
        said = say("page.search.zone_year" if year else "page.search.zone_all")
        actions.append(Action(said, link("/search", zone=zone, year=year)))
    return actions


def _passage(card: ReportCard, hit: Hit, href: str) -> ShownPassage:
    status = hit.passage.status.value
    html = marking.whole(hit.snippet, [*marking.asked(hit.marks), *_known(card, hit)])
    front = "" if hit.passage.text.startswith(hit.snippet) else "……"
    back = "" if hit.passage.text.endswith(hit.snippet) else "……"
    return ShownPassage(status, STATUS_CSS.get(status, ""), Markup(f"{front}{html}{back}"), href)


def _known(card: ReportCard, hit: Hit) -> list[marking.Stroke]:
    """Masks, figures and laundered words of the passage, as far as the snippet shows them."""
    notes = card.notes.get(hit.passage.seq)
    if notes is None or not hit.snippet:
        return []
    at = hit.passage.text.index(hit.snippet)
    return passage_notes.strokes(notes, Span(at, at + len(hit.snippet)))
