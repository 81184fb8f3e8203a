"""The story of the five stages: from the bytes of a page to its report."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.domain.page import Extracted, RawPage
from indexer.domain.report import Report
from indexer.domain.zones import ZoneReading, ZoneStatus
from indexer.errors import Skip
from indexer.pipeline.assemble import whole
from indexer.pipeline.clean import LaunderingTable, clean
from indexer.pipeline.clean.characters import shown
from indexer.pipeline.decode import decode
from indexer.pipeline.describe import describe
from indexer.pipeline.documents import read_container
from indexer.pipeline.documents.safety import Limits
from indexer.pipeline.documents.saved import saved_page
from indexer.pipeline.extract import extract
from indexer.pipeline.own_script import in_own_script
from indexer.pipeline.segment import SegmentTables, segment
from indexer.ports import Neighbours
from indexer.reference.gazetteer import Gazetteer
from indexer.settings import ReadingSettings

_OF_A_ZONE = frozenset({ZoneStatus.NAMED, ZoneStatus.ANONYMISED, ZoneStatus.TYPE_ONLY})
_CHINESE = re.compile("[\u3400-\u9fff\uf900-\ufaff\u2e80-\u2fdf]")


# A five-year plan with annexes has 150,000 characters; of 346 real pages the one with most has 11,808 tags. 19 MB of
# <p>a took 2.1 GB, 110 bytes a byte.
_MOST_CHARACTERS = 1_000_000
_MOST_BLOCKS = 50_000
_MOST_TAGS = 200_000
# Of 1,472 government work reports the one with most has 736; each costs 45 µs to be read as a figure. A page of 400 KB
# made of nothing but 1% took 9 s.
_MOST_NUMBERS = 50_000
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads one page after another with the same tables. Holds no state between them."""

    gazetteer: Gazetteer
    laundering: LaunderingTable
    segmenting: SegmentTables
    limits: ReadingSettings

    def read(self, page: RawPage, beside: Neighbours | None = None) -> Report:
        """``beside``: what was given along with the page. Raises Skip where the page carries no report."""
        extracted, parts = whole(self._extracted(page), beside or NOTHING_BESIDE, self._extracted)
        _bounded(extracted)
        if extracted.blocks and not _CHINESE.search(f"{extracted.title or ''}\n{extracted.original}"):
            raise Skip("not_chinese", "resave")
        cleaned = clean(extracted, self.laundering)
        description = describe(extracted, cleaned, self.gazetteer)
        own_zone = description.zone.status in _OF_A_ZONE
        sections, passages = segment(
            cleaned, description.genre, description.years, self.segmenting, own_zone, _names(description.zone)
        )
        if not passages and not extracted.attachments:  # a page whose report is attached still says what and when it is
            raise Skip("no_body", "read")
        report = Report(
            title=cleaned.title,
            published_on=extracted.published_on,
            source=_shown(extracted.source),
            genre=description.genre,
            years=description.years,
            zone=description.zone,
            quality=description.quality,
            text=cleaned.text,
            sections=sections,
            passages=passages,
            attachments=tuple(replace(one, name=shown(one.name) or one.url) for one in extracted.attachments),
            cited=extracted.cited,
            masks=cleaned.masks,
            restorations=cleaned.restorations,
            history=cleaned.history,
            origins=extracted.origins,
            family=extracted.family,
            url=page.url or extracted.url,
            site_name=_shown(extracted.site_name),
            parts=parts,
        )
        return in_own_script(report, cleaned)

    def _extracted(self, page: RawPage) -> Extracted:
        if len(page.data) > self.limits.max_bytes:
            raise too_large(len(page.data), self.limits.max_bytes)
        saved = saved_page(page)
        if saved is not None:
            found = self._opened(saved.page)
            return found if found.url else replace(found, url=saved.claimed_url)
        return self._opened(page)

    def _opened(self, page: RawPage) -> Extracted:
        read = read_container(page, Limits())
        if read is not None:
            return read
        decoded = decode(page, self.limits.max_bytes)
        if decoded.text.count("<") > _MOST_TAGS:
            raise Skip("too_large", "tags", most=_MOST_TAGS)
        return extract(page, decoded)


class _Alone:
    """Nothing lies beside the page."""

    def given(self, link: str) -> RawPage | None:
        return None


NOTHING_BESIDE = _Alone()


def _shown(name: str | None) -> str | None:
    return shown(name) or None if name else None


def _bounded(found: Extracted) -> Extracted:
    """Raises Skip where there is more to read than any report says: figures and passages of it would take minutes."""
    if len(found.blocks) > _MOST_BLOCKS or sum(len(block.text) for block in found.blocks) > _MOST_CHARACTERS:
        raise Skip("too_large", "text", characters=_MOST_CHARACTERS // 10_000, blocks=_MOST_BLOCKS)
    if sum(len(_NUMBERS.findall(block.text)) for block in found.blocks) > _MOST_NUMBERS:
        raise Skip("too_large", "numbers", most=_MOST_NUMBERS)
    return found


def too_large(size: int, most: int) -> Skip:
    return Skip("too_large", "file", size=size / 1_000_000, most=most / 1_000_000)


_A_ZONE = ("开发区", "园区")  # what a zone calls itself too, whatever its type


def _names(zone: ZoneReading) -> tuple[str, ...]:
    """What the zone or region that reports is called in its own text, the longest first."""
    own = (*_A_ZONE, zone.type) if zone.status in _OF_A_ZONE else ()
    return tuple(sorted({name for name in (zone.name, zone.short, *own) if name}, key=lambda name: (-len(name), name)))
