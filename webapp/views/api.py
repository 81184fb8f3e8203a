"""The same answers as JSON: the parameters are the options of the commands, the objects those of --json.

What a view returns is its type in the API's description (webapp/openapi.py); pages have the same answers under their
own address with .json behind it (webapp/views/twins.py).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from flask import Blueprint, request

from indexer.errors import BadQuery
from indexer.formats import json
from indexer.formats.json.answer_types import SearchJson, SimilarMeasuresJson, StatsJson, SuggestionsJson, TrayJson
from indexer.formats.json.comparing_types import (
    ComparisonJson,
    FigureTableJson,
    GapsJson,
    IndicatorsJson,
    MatrixJson,
    PeersJson,
    PracticesJson,
    ToldJson,
    ZoneProfileJson,
    ZonesJson,
)
from indexer.formats.json.report_types import StoredReportJson
from webapp.presenters import suggested
from webapp.presenters.named_json import told
from webapp.urls import Address
from webapp.views import codebooks, library, similar, tray

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> SearchJson:
    """The passages that answer a question. Pages count passages, as those of ``duibiao search``."""
    query = library().question(_as_it_came(Address.of("/search", request.args), "q", request.args.getlist("q")))
    page = library().search(query)
    return json.result_json(page, query, library().meant(query, page))


def _as_it_came(address: Address, name: str, values: list[str]) -> dict[str, list[str]]:
    """Parameters with the white space of ``name``, which counts where a value may have so many characters only."""
    return {**address.params(), name: values} if values else address.params()


@blueprint.get("/suggest")
def suggest() -> SuggestionsJson:
    """What the words in the box may become, under the filters that stand beside them."""
    address = Address.of("/search", request.args)
    # as typed: a space at the end says that the last word is done
    params = {**address.params(), "q": request.args.getlist("q")[-1:]}
    made = library().suggest(params)
    return {"suggestions": [json.suggestion_json(one, suggested.href(one, address)) for one in made]}


@blueprint.get("/reports/<report>")
def report(report: str) -> StoredReportJson:
    """One report with everything that was read of it."""
    stored = library().report(report)
    # where the file lies on the machine is nobody else's business
    stored = replace(stored, file=PurePath(stored.file).name if stored.file else None)
    return json.stored_json(stored)


@blueprint.get("/compare")
def compare() -> ComparisonJson:
    """A theme, two to six zones beside each other: a row for each practice."""
    return told(json.comparison_json(library().compare(request.args.to_dict(flat=False))))


@blueprint.get("/gaps")
def gaps() -> GapsJson:
    """What peers tell and this zone does not, the other way round, and what both tell."""
    return told(json.gaps_json(library().gaps(request.args.to_dict(flat=False))))


@blueprint.get("/figures")
def figures() -> FigureTableJson:
    """One indicator: lines of like figures, zones by years."""
    return told(json.figure_table_json(library().figures(request.args.to_dict(flat=False))))


@blueprint.get("/matrix")
def matrix() -> MatrixJson:
    """Zones, provinces or types by years: how many mentions, and the best grade."""
    return told(json.matrix_json(library().matrix(request.args.to_dict(flat=False))))


@blueprint.route("/similar", methods=["GET", "POST"])
def similar_measures() -> SimilarMeasuresJson:
    """Measures of other zones that are like those of a text, or of a passage. A long text is sent as a form."""
    given = request.form if request.method == "POST" else request.args
    asked = _as_it_came(Address.of("/similar", given, similar.NAMES), "text", given.getlist("text"))
    found = library().similar(asked)
    return {"measures": [json.similar_json(one) for one in found]}


@blueprint.get("/zones")
def zones() -> ZonesJson:
    """The zones that pass the filters, those that tell most first."""
    found = library().zone_listings(request.args.to_dict(flat=False))
    return {"zones": [json.zone_listing_json(one) for one in found]}


@blueprint.get("/zones/<zone>")
def zone(zone: str) -> ZoneProfileJson:
    """What is known of one zone: years, practices, figures."""
    return told(json.zone_profile_json(library().zone(zone)))


@blueprint.get("/zones/<zone>/peers")
def peers(zone: str) -> PeersJson:
    """The zones most like this one."""
    return {"peers": [json.peer_json(one) for one in library().peers(zone)]}


@blueprint.get("/practices")
def practices() -> PracticesJson:
    """The practices of the codebook with their counts."""
    found: PracticesJson = {"practices": [json.practice_json(*one) for one in library().practices()]}
    return told(found)


@blueprint.get("/practices/<path:practice>")
def practice(practice: str) -> ToldJson:
    """One practice, by id or name: its definition, and how many mentions each zone has of it in each year."""
    found, count = codebooks.practice_of(practice)
    where = library().matrix({"practice": [found.id]})
    answer: ToldJson = {"practice": json.practice_json(found, count), "matrix": json.matrix_json(where)}
    return told(answer)


@blueprint.get("/indicators")
def indicators() -> IndicatorsJson:
    """The indicators of the codebook with their counts."""
    found: IndicatorsJson = {"indicators": [json.indicator_json(*one) for one in library().indicators()]}
    return told(found)


@blueprint.get("/tray")
def kept() -> TrayJson:
    """Sentences that were collected, by item (REPORT:SEQ, or REPORT:SEQ:START-END), and zones."""
    address = Address.of("/tray", request.args, tray.NAMES)
    for item in address.values("item"):
        if not tray.ITEM.fullmatch(item):
            raise BadQuery("query.item_form", parameter="item", value=item[:30])
    found = dict(tray.quotes(address))
    return {
        "sentences": [json.kept_json(item, quote) for item, quote in found.items()],
        "zones": address.values("zone"),
        "lost": [item for item in address.values("item") if item not in found],
    }


@blueprint.get("/stats")
def stats() -> StatsJson:
    """What lies in the current build, and when it was made."""
    return json.stats_json(library().stats())
