"""What is answered, as JSON: hits, copies, comparisons, numbers."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.domain.catalogue import Cluster, Outcome, Stats
from indexer.domain.comparison import Quote
from indexer.domain.query import Query
from indexer.domain.results import Hit, ResultPage
from indexer.domain.suggestions import Offer, Suggestion
from indexer.formats.json.answer_types import (
    AddedJson,
    ClusterJson,
    DifferingJson,
    HitJson,
    KeptJson,
    SearchJson,
    StatsJson,
    SuggestionJson,
)
from indexer.formats.json.comparing import quote_json
from indexer.formats.json.report import iso, pair


def result_json(page: ResultPage, query: Query, meant: Sequence[Offer] = ()) -> SearchJson:
    """``duibiao search --json`` and ``/api/v1/search``. ``meant``: what else may have been meant."""
    return {
        "understood": [{"parameter": one.parameter, "value": one.value} for one in query.understood],
        "intent": {"name": query.intent.name, "params": dict_of_lists(query.intent.params)} if query.intent else None,
        "total": page.total,
        "reports": page.reports,
        "pages": page.pages,
        "took_ms": round(page.took_ms, 2),
        "expanded": list(page.expanded),
        "synonyms": [{"word": one.word, "added": one.added, "near": one.near} for one in page.synonyms],
        "loosened": page.loosened,
        "full": page.full,
        "warnings": list(page.warnings),
        "partial": page.partial,
        "suggestions": [{"text": one.text, "zone": one.zone, "passages": one.passages} for one in meant],
        "hits": [hit_json(one) for one in page.hits],
        "facets": {
            name: [{"value": one.value, "count": one.passages} for one in counts]
            for name, counts in page.facets.items()
        },
    }


def dict_of_lists(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def suggestion_json(suggestion: Suggestion, href: str) -> SuggestionJson:
    """One of ``/api/v1/suggest``. Of ``passages`` and ``reports`` there is the one that ``href`` leads to."""
    told: SuggestionJson = {
        "text": suggestion.text,
        "kind": suggestion.kind.value,
        "name": suggestion.name,
        "href": href,
    }
    if suggestion.passages:
        return {**told, "passages": suggestion.count}
    return {**told, "reports": suggestion.count}


def hit_json(hit: Hit) -> HitJson:
    passage = hit.passage
    return {
        "report": passage.report,
        "seq": passage.seq,
        "title": passage.title,
        "url": passage.url,
        "zone": passage.zone,
        "zone_type": passage.zone_type,
        "level": passage.level,
        "province": passage.province,
        "year": passage.year,
        "report_year": passage.report_year,
        "plan_year": passage.plan_year,
        "published_on": iso(passage.published_on),
        "period": passage.period,
        "status": passage.status.value,
        "themes": list(passage.themes),
        "grade": passage.grade.value,
        "site": passage.site,
        "score": round(hit.score, 4),
        "snippet": hit.snippet,
        "marks": [pair(one) for one in hit.marks],
        "why": list(hit.why),
        "mirrors": list(passage.mirrors),
    }


def kept_json(item: str, quote: Quote) -> KeptJson:
    """A sentence of the tray. ``item`` names it in an address: REPORT:SEQ:START-END."""
    source = quote.source
    return {
        **quote_json(quote),
        "item": item,
        "zone": source.label,
        "title": source.title,
        "grade": source.grade.value,
    }


def added_json(file: str, url: str | None, report: str | None, outcome: Outcome, reason: str | None) -> AddedJson:
    """One line of ``duibiao add --json``. An address that was fetched is no file."""
    return {
        "file": None if file == url else file,
        "url": url,
        "report": report,
        "outcome": outcome.value,
        "reason": reason,
    }


def cluster_json(cluster: Cluster) -> ClusterJson:
    """One line of ``duibiao mirrors --json``."""
    differing: list[DifferingJson] = [{"context": one.context, "values": dict(one.values)} for one in cluster.differing]
    return {"witness": cluster.witness, "reports": list(cluster.reports), "differing": differing}


def stats_json(stats: Stats) -> StatsJson:
    """``duibiao stats --json``."""
    return {
        "reports": stats.reports,
        "passages": stats.passages,
        "figures": stats.figures,
        "skipped": stats.skipped,
        "zones": stats.zones,
        "years": [{"value": year, "count": count} for year, count in stats.years],
        "grades": [{"value": grade, "count": count} for grade, count in stats.grades],
        "flags": [{"value": flag, "count": count} for flag, count in stats.flags],
        "built_at": stats.built_at.isoformat() if stats.built_at else None,
        "changed_tables": list(stats.changed_tables),
    }
