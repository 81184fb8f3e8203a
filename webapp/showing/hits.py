"""Results as they are read: where and when first, then the title, then the passages themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Report
from indexer.domain.results import Hit
from indexer.domain.spans import Span
from webapp.asked import link
from webapp.showing import known, marking, words
from webapp.showing.facets import STATUS_CSS
from webapp.showing.words import Badge


@dataclass(frozen=True, slots=True)
class ShownPassage:
    status: str
    css: str
    html: Markup
    href: str
    themes: tuple[str, ...]
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownReport:
    """One report of a result page with those of its passages that answer."""

    id: str
    zone: str
    place: str
    when: str
    badges: tuple[Badge, ...]
    mirrors: int
    title: str
    href: str
    passages: tuple[ShownPassage, ...]
    actions: tuple[Action, ...]


Asked = Mapping[str, object]  # parameters of a report's address, for the same marks there


def shown(hits: Sequence[Hit], stored: Callable[[str], StoredReport], asked: Asked) -> list[ShownReport]:
    """Hits of one report stand together, where its best one stands."""
    together: dict[str, list[Hit]] = {}
    for hit in hits:
        together.setdefault(hit.passage.report, []).append(hit)
    return [_report(stored(report), mine, asked) for report, mine in together.items()]


def _report(stored: StoredReport, hits: Sequence[Hit], asked: Asked) -> ShownReport:
    report = stored.report
    label = words.zone_label(report.zone)
    path = f"/doc/{stored.id}"
    when = words.year_number(report)
    unknown = (words.Badge(when, "doubt"),) if report.years.report is None else ()
    place = report.zone.province or ""
    return ShownReport(
        stored.id,
        label,
        place if place != label else "",
        "" if unknown else when,
        (*unknown, *words.badges(stored)),
        len([m for m in stored.mirrors if m != stored.id]),
        report.title or "（无题名）",
        link(path, **asked),
        tuple(_passage(report, hit, f"{link(path, **asked)}#p{hit.passage.seq}") for hit in hits),
        tuple(_actions(stored, hits, label, asked)),
    )


def _actions(stored: StoredReport, hits: Sequence[Hit], label: str, asked: Asked) -> list[Action]:
    report = stored.report
    year = report.years.report
    theme = next((theme for hit in hits for theme in hit.passage.themes), None)
    actions = [Action("看全文", f"{link(f'/doc/{stored.id}', **asked)}#p{hits[0].passage.seq}")]
    if theme and label != "地区不明":
        actions.append(Action(f"放入对标：{theme}", link("/compare", theme=theme, zone=label, year=year)))
    if report.zone.short or report.zone.name:
        said = "同区同年" if year else "同区"
        actions.append(Action(said, link("/search", zone=label, year=year)))
    return actions


def _passage(report: Report, hit: Hit, href: str) -> ShownPassage:
    status = hit.passage.status.value
    html = marking.whole(hit.snippet, [*marking.asked(hit.marks), *_known(report, hit)])
    cut_front = not hit.passage.text.startswith(hit.snippet)
    cut_back = not hit.passage.text.endswith(hit.snippet)
    html = Markup("{}{}{}").format("……" if cut_front else "", html, "……" if cut_back else "")
    return ShownPassage(status, STATUS_CSS.get(status, ""), html, href, hit.passage.themes, hit.why)


def _known(report: Report, hit: Hit) -> list[marking.Stroke]:
    """Masks, figures and laundered words of the passage, as far as the snippet shows them."""
    passage = known.passage_of(report, hit.passage.seq)
    at = hit.passage.text.find(hit.snippet) if hit.snippet else -1
    if passage is None or at < 0 or passage.text != hit.passage.text:
        return []
    start = passage.span.start + at
    return known.strokes(report, passage, Span(start, start + len(hit.snippet)))
