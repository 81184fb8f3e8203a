"""Describe: which kind of paper, of which year, of which zone, and how far to trust it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.domain.page import Cleaned, Extracted
from indexer.domain.report import Genre, Quality, Years
from indexer.domain.zones import ZoneReading
from indexer.pipeline.describe.genre import genre_of
from indexer.pipeline.describe.quality import quality_of
from indexer.pipeline.describe.year_mentions import with_plain_years
from indexer.pipeline.describe.years import date_report
from indexer.pipeline.describe.zones import read_zone
from indexer.reference.gazetteer import Gazetteer

_MASKED_YEAR = re.compile(r"(?:[xX×*]{4}|20[xX×*]{2})\s?年")


@dataclass(frozen=True, slots=True)
class Description:
    """What a page says of itself. Spans of the evidence are offsets in the cleaned text."""

    genre: Genre
    years: Years
    zone: ZoneReading
    quality: Quality


def describe(extracted: Extracted, cleaned: Cleaned, gazetteer: Gazetteer) -> Description:
    """Read genre, years, zone and quality from the title, the text and the date and source the page prints."""
    title = with_plain_years(cleaned.title) if cleaned.title else None
    genre = genre_of(title, cleaned.text)
    dating = date_report(
        title,
        cleaned.text,
        extracted.published_on,
        genre,
        masked_year=_MASKED_YEAR.search(cleaned.text) is not None,
        own_site=extracted.family.startswith("gov") and "hijacked" not in extracted.flags,
    )
    zone = read_zone(title, cleaned.text, extracted.source, gazetteer)
    quality = quality_of(
        extracted, cleaned, zone, redated=dating.redated, year_conflict=dating.years.conflict is not None
    )
    return Description(genre, dating.years, zone, quality)
