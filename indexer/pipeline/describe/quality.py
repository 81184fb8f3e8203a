"""How far a text can be trusted, in one letter and the flags behind it."""

from __future__ import annotations

import re
from collections import Counter

from indexer.domain.page import Cleaned, Extracted
from indexer.domain.report import FLAGS, Grade, Quality
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.pipeline.extract.doubt import HIGH
from indexer.text.addresses import parts_of

_GOVERNMENT = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+gov\.cn", re.IGNORECASE)


def quality_of(
    extracted: Extracted, cleaned: Cleaned, zone: ZoneReading, *, redated: bool, year_conflict: bool
) -> Quality:
    """A official, B a whole copy, C masked, cut short or read from a picture or from text printed upon text,
    D laundered or re-dated. The worst that applies decides."""
    found = set(extracted.flags) | set(cleaned.flags)
    masks = Counter(mask.kind for mask in cleaned.masks)
    if masks:
        found.add("masked")
    for flag, holds in (
        ("redated", redated),
        ("year_conflict", year_conflict),
        ("zone_conflict", zone.conflict is not None),
        ("undated", extracted.published_on is None),
    ):
        if holds:
            found.add(flag)
    flags = tuple(flag for flag in FLAGS if flag in found)
    return Quality(_grade(frozenset(flags), extracted, zone), flags, dict(masks), extracted.doubt)


def _grade(flags: frozenset[str], extracted: Extracted, zone: ZoneReading) -> Grade:
    if flags & {"laundered", "redated"}:
        return Grade.TAMPERED
    if flags & {"masked", "truncated", "overprinted", "recognised"}:
        return Grade.MASKED
    doubtful = extracted.doubt is not None and extracted.doubt >= HIGH
    if "hijacked" not in flags and not doubtful and _official(extracted, zone):
        return Grade.OFFICIAL
    return Grade.COPY


def _official(extracted: Extracted, zone: ZoneReading) -> bool:
    """Three things agree: a government's address, its mark-up, and a site that is the zone's or its region's.

    Any of them alone can be had by a copy: of the hijacked pages seen, most kept the mark-up, some the address. So the
    address must be known from fetching; one that a saved page only says of itself (its meta tags) proves nothing.
    """
    if "url" in extracted.origins or not _government_address(extracted.url):
        return False
    if not extracted.family.startswith("gov"):
        return False
    site = extracted.site_name or ""
    if not site:
        return False
    if zone.status in (ZoneStatus.NAMED, ZoneStatus.REGION):
        names = (zone.name, zone.short, zone.city, zone.province)
        return any(name and name in site for name in names)
    return zone.status is ZoneStatus.TYPE_ONLY and (zone.type or "") in site


def _government_address(url: str | None) -> bool:
    if url is None:
        return False
    host = parts_of(url if "//" in url else f"//{url}").hostname or ""
    return bool(_GOVERNMENT.fullmatch(host))
