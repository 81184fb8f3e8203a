"""schema.org (JSON-LD): a report as a Report, what is collected as a Dataset. It is data: no browser runs it."""

from __future__ import annotations

import json
from typing import Any

from flask import request

from indexer.domain.catalogue import StoredReport
from indexer.domain.report import Report
from indexer.errors import DuibiaoError
from indexer.formats import report_words
from indexer.locale import say
from webapp.presenters import provenance, words
from webapp.views import exports, library

_SHOWN = 300  # characters of a text
_DATASETS = ("home.home", "about.about", "figures.figures")


def report() -> StoredReport | None:
    """That the page is about; None where it is about no single one."""
    if request.endpoint != "reports.report" or not request.view_args:
        return None
    return library().report(str(request.view_args["report"]))


def summary(read: Report) -> str:
    """Where and when it is of, and how it begins."""
    when = read.years.period or ""
    year = say("program.year_of", year=read.years.report) if read.years.report else say("program.year_unknown")
    return f"{words.zone_label(read.zone)} · {year}{when} · {read.text[:_SHOWN]}"


def data() -> dict[str, Any] | None:
    """Of the page that is asked for, None where there is nothing to say."""
    if (found := report()) is not None:
        return _report(found)
    return _dataset() if request.endpoint in _DATASETS else None


def as_script(data: dict[str, Any]) -> str:
    """No < may stand in it: </script> ends a script whatever is around it."""
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", "\\u2028")


def _report(stored: StoredReport) -> dict[str, Any]:
    """Unknown things are left out. A year that was only guessed isn't claimed."""
    read, here = stored.report, f"{exports.base()}/doc/{stored.id}"
    years = read.years
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": here,
        "url": here,
        "name": report_words.title(read.title, words.zone_key(read.zone), years.report, read.genre.value),
        "inLanguage": "zh-CN",
        "genre": read.genre.value,
        "abstract": read.text[:_SHOWN],
        "isPartOf": {"@type": "Dataset", "@id": f"{exports.base()}/about", "name": say("program.dataset")},
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/json", "contentUrl": f"{here}.json"},
    }
    if read.published_on:
        told["datePublished"] = read.published_on.isoformat()
    if stored.versions:
        told["dateModified"] = stored.versions[-1].added_at.isoformat()
    if read.source:
        told["publisher"] = {"@type": "Organization", "name": read.source}
    if read.zone.name or read.zone.short:
        told["spatialCoverage"] = {"@type": "Place", "name": read.zone.short or read.zone.name}
    if years.report and not years.only_guessed:
        told["temporalCoverage"] = str(years.report)
    if read.url and provenance.safe(read.url):
        told["isBasedOn"] = read.url
    return told


def _dataset() -> dict[str, Any] | None:
    try:
        stats = library().stats()
    except DuibiaoError:  # the page could be made without; so can this
        return None
    years = [year for year, _ in stats.years if year is not None]
    told: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{exports.base()}/about",
        "url": f"{exports.base()}/about",
        "name": say("program.dataset"),
        "description": say("program.description"),
        "inLanguage": "zh-CN",
        "spatialCoverage": {"@type": "Country", "name": "CN"},
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": exports.base() + path}
            for kind, path in (("application/json", "/api/openapi.json"), ("application/atom+xml", "/search.atom"))
        ],
    }
    if years:
        told["temporalCoverage"] = f"{min(years)}/{max(years)}"
    if stats.built_at:
        told["dateModified"] = stats.built_at.isoformat()
    return told
