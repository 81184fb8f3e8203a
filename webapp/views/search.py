"""The search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request

from indexer.domain.query import Filters, Match, Query
from indexer.formats import tables
from indexer.search.parameters import query_params
from webapp.presenters import facets, hits, matching, suggested, words
from webapp.presenters.asked_words import asked_words
from webapp.urls import Address, link
from webapp.views import exports, library, unanswered

blueprint = Blueprint("search", __name__)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another question that does have answers."""

    text: str
    href: str
    total: int


@blueprint.get("/search")
def search() -> str:
    query = library().question(Address.of("/search", request.args).params())
    # from the query, not as typed: 光谷 and 东湖高新区 are one zone, so a filter is on under either name
    address = Address("/search", tuple(query_params(query)))
    found, cards = library().search_reports(query)
    if not found.total:
        unanswered(query.asked or query.text)
    return render_template(
        "search.html",
        query=query,
        found=found,
        understood=_understood(query),
        meant=suggested.meant(library().meant(query, found), address),
        shown=hits.shown(found.hits, cards, matching.carried(query, found)),
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
        wider=_wider(query, address) if not found.hits and query.page == 1 else (),
        examples=_examples() if not found.total else (),
    )


@blueprint.get("/search.<format>")
def taken_home(format: str) -> Response:
    """The passages that the page of the same address shows."""
    found, _ = library().search_reports(library().question(Address.of("/search", request.args).params()))
    return exports.answer(tables.hits(found, exports.base(), exports.here(), exports.today()), format)


@dataclass(frozen=True, slots=True)
class Understood:
    """What a plain question was taken to ask, where its words alone are looked for, and where it rather leads."""

    text: str
    plain: str
    leads_to: tuple[tuple[str, str], ...]


def _understood(query: Query) -> Understood | None:
    if not query.asked:
        return None
    parts = [f"{one.noun} {one.value}" for one in query.understood] + ([query.text] if query.text else [])
    leads: tuple[tuple[str, str], ...] = ()
    if query.intent and query.intent.name == "compare":
        values: dict[str, list[str]] = {}
        for name, value in query.intent.params:
            values.setdefault(name, []).append(value)
        theme = next((one for one in library().themes() if query.text and (one in query.text or query.text in one)), "")
        place = "、".join(values["zone"])
        leads = ((f"并列对标：{place}", link("/compare", theme=theme, zone=values["zone"], year=values.get("year"))),)
    if query.intent and query.intent.name == "define":
        leads = (("看名词解释", link("/search", **dict(query.intent.params))),)
    return Understood(" · ".join(parts), link("/search", q=query.asked, plain=1), leads)


def _wider(query: Query, address: Address) -> list[Suggestion]:
    """The same question without one filter, without all of them, and word for word: those that have answers."""
    tried: list[tuple[str, Address]] = [
        (f"去掉“{chip.text}”", address.without(chip.name, chip.value)) for chip in facets.chips(address)
    ]
    if len(tried) > 1:
        bare = link("/search", q=query.text)
        tried.append(("去掉全部筛选", Address("/search", (("q", query.text),)) if bare and query.text else address))
    if query.text and query.match is not Match.LOOSE:
        tried.append(("按“宽松”查找，部分匹配", address.replacing("match", Match.LOOSE.value)))
    words = asked_words(query.node)
    if len(words) > 1:
        tried += [(f"只搜“{word}”", Address("/search", (("q", word),))) for word in words[:6]]
    made = []
    for text, other in tried:
        total = library().search(replace(library().question(other.params()), limit=1)).total
        if total:
            made.append(Suggestion(text, str(other), total))
    return made


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
