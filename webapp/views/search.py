"""The search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request
from markupsafe import Markup

from indexer.domain.facets import UNKNOWN
from indexer.domain.query import Filters, Query
from indexer.domain.report import Status
from indexer.domain.results import ResultPage
from indexer.formats import tables
from indexer.locale import listed, say, term
from indexer.search.parameters import listed_params, query_params
from webapp.presenters import facets, hits, marking, matching, suggested, words
from webapp.presenters.asked_words import asked_words
from webapp.presenters.widening import Suggestion, wider
from webapp.urls import Address, link
from webapp.views import exports, library, unanswered
from webapp.views.tray import in_tray

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def search() -> str:
    query = library().question(Address.of("/search", request.args).params())
    plain = bool(request.args.get("plain"))
    found, cards = library().search_reports(query)
    if query.asked and say("warning.filters_dropped") in found.warnings:  # then no filter is on, and none is shown so
        query, plain = library().question(_plain_params(query)), True
    # from the query, not as typed: 光谷 and 东湖高新区 are one zone, so a filter is on under either name
    address = Address("/search", (*query_params(query), *((("plain", "1"),) if plain and query.text else ())))
    if not found.total:
        unanswered(query.asked or query.text)
    return render_template(
        "search.html",
        query=query,
        found=found,
        understood=_understood(query),
        meant=suggested.meant(library().meant(query, found), address),
        shown=hits.shown(found.hits, cards, matching.carried(query, found), in_tray(), _asked_theme(query)),
        facets=facets.facets(found, address, library().practice_names()),
        bases=words.BASES,
        chips=facets.chips(address, library().practice_names()),
        bars=facets.histogram(found, address),
        sorts=facets.sorts(address, query.sort),
        levels=matching.levels(address, query.match),
        synonyms=matching.synonym_chips(address, found),
        restore=str(address.without("without")) if query.without else "",
        pages=facets.pages(found, address, query.page),
        address=address,
        first_page=address.at_page(1),
        defined=_defined(query, found),
        wider=_wider(query, address) if not found.hits and query.page == 1 else (),
        other_years=None if found.total else _other_years(address),
        examples=_examples() if not found.total else (),
    )


@blueprint.get("/search.<format>")
def taken_home(format: str) -> Response:
    """The passages that the page of the same address shows."""
    found, _ = library().search_reports(library().question(Address.of("/search", request.args).params()))
    return exports.answer(tables.hits(found, exports.base(), exports.here(), exports.today()), format)


def _plain_params(query: Query) -> dict[str, list[str]]:
    """The question of ``query`` as typed, sorted and paged as it is."""
    kept = [(name, value) for name, value in query_params(query) if name in ("sort", "limit", "page", "match")]
    return {"q": [query.asked], "plain": ["1"]} | {name: [value] for name, value in kept}


@dataclass(frozen=True, slots=True)
class Understood:
    """Where the words alone of a plain question are looked for, and where it rather leads; what it was taken to ask
    stands in the filters and in the text of the query."""

    plain: str
    leads_to: tuple[tuple[str, str], ...]


def _understood(query: Query) -> Understood | None:
    if not query.asked:
        return None
    return Understood(link("/search", q=query.asked, plain=1), _leads(query))


def _leads(query: Query) -> tuple[tuple[str, str], ...]:
    """Words and address of where the question rather leads."""
    if query.intent is None:
        return ()
    values = listed_params(query.intent.params)
    match query.intent.name:
        case "compare":
            text = say("page.search.compare_zones", zones=listed(values["zone"]))
            return ((text, link("/compare", theme=_theme(query), zone=values["zone"], year=values.get("year"))),)
        case "figures":
            text = say("page.search.see_figures", indicator=term(values["indicator"][0]), zones=listed(values["zone"]))
            return ((text, link("/figures", **values)),)
        case _:
            return ((say("page.search.see_definition"), link("/search", **values)),)


def _asked_theme(query: Query) -> str:
    """That is filtered by, or named by the words; "" for none or several."""
    themes = query.filters.values("theme")
    return themes[0] if len(themes) == 1 else _theme(query)


def _theme(query: Query) -> str:
    """The theme that a word asked names, in full or in part (招商 for 招商引资); "" where none or several are named."""
    words = [word for word in asked_words(query.node) if len(word) > 1]
    themes = [theme for theme in library().themes() if any(theme in word or word in theme for word in words)]
    return themes[0] if len(themes) == 1 else ""


def _wider(query: Query, address: Address) -> list[Suggestion]:
    def count(other: Address) -> int:
        return library().search(replace(library().question(other.params()), limit=1, facets=())).total

    return wider(query, address, facets.chips(address, library().practice_names()), count)


@dataclass(frozen=True, slots=True)
class OtherYears:
    """Years, each with its link, of a zone that has nothing for the ``year`` asked, or the years."""

    zone: str
    year: str
    links: tuple[tuple[str, str], ...]


def _other_years(address: Address) -> OtherYears | None:
    """Where one zone and a year are asked: the years that the zone does have."""
    zones, values = address.values("zone"), [value for value in address.values("year") if value != UNKNOWN]
    if len(zones) != 1 or not values:
        return None
    asked = replace(library().question({"zone": zones, "basis": address.values("basis")}), limit=1, facets=("year",))
    years = sorted((one.value for one in library().search(asked).facets["year"] if one.value), reverse=True)
    links = tuple((one, str(address.replacing("year", one))) for one in years)
    has_one = any(str(year) in years for year in facets.years(values))
    return OtherYears(term(zones[0]), listed(values), links) if links and not has_one else None


_DEFINED = 2  # definitions that stand above the results
# characters: of a term with its number, of that number, of a definition that is shown
_TERM, _NUMBERED, _LONGEST_NOTE = 24, 3, 160


@dataclass(frozen=True, slots=True)
class Definition:
    """A note of a report that explains an asked word. ``source``: its title; ``cite``: the address of its citation."""

    html: Markup
    href: str
    cite: str
    source: str


def _defined(query: Query, found: ResultPage) -> list[Definition]:
    """名词解释 of what was asked, where the passages found hold any: 链长制：……"""
    notes = next((one.passages for one in found.facets.get("status", ()) if one.value == Status.NOTE.value), 0)
    if not notes or not query.text or query.page > 1 or query.partly or query.filters.values("status"):
        return []
    filters = query.filters.with_(status=(Status.NOTE.value,))
    asked = replace(query, filters=filters, by_report=False, limit=10, facets=())
    words = asked_words(query.node)
    made = []
    for hit in library().search(asked).hits:
        text = hit.passage.text
        # what is explained stands in front of its sign, perhaps with a number: 14.链长制：……
        term_, colon, _ = text[:_TERM].partition("：")
        if colon and any(term_.endswith(word) and len(term_) <= len(word) + _NUMBERED for word in words):
            short = text if len(text) <= _LONGEST_NOTE else text[:_LONGEST_NOTE] + "……"
            made.append(
                Definition(
                    marking.whole(short, ()),
                    f"/doc/{hit.passage.report}#p{hit.passage.seq}",
                    link(f"/doc/{hit.passage.report}/cite", p=hit.passage.seq),
                    hit.passage.title,
                )
            )
    return made[:_DEFINED]


def _examples() -> list[Suggestion]:
    """Themes that have passages, so that an example never leads to another empty page."""
    made = []
    for theme in library().themes():
        total = library().search(Query(filters=Filters.of(theme=(theme,)), limit=1)).total
        if total:
            made.append(Suggestion(theme, link("/search", theme=theme), total))
        if len(made) == 6:
            break
    return made
