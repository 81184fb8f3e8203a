"""The right reading of each page, from what was known when it was written. No part of the reader is asked."""

from __future__ import annotations

import re
from typing import Any

from tests.sample_corpus.compose import GENRES, Draft, Piece
from tests.sample_corpus.damage import masked_number
from tests.sample_corpus.dress import Dressed
from tests.sample_corpus.facts import Fact, regions, zones
from tests.sample_corpus.plan import Planned
from tests.sample_corpus.wording import number, written

FLAGS = (
    *("masked", "laundered", "redated", "hijacked", "truncated", "fragmented", "hard_wrapped"),
    *("traditional", "phonetics", "year_conflict", "zone_conflict", "undated"),
)
_GROWS = re.compile(r"(?:增长|下降|增|降|增幅|增速)(?:达到?|约|超过?|为)?$")
_MASK = re.compile(r"x+(?:\.x+)?")


def truth(page: Planned, sent: Dressed) -> dict[str, Any]:
    """One line of truth.jsonl."""
    draft = page.draft
    flags = set(sent.flags) | ({"year_conflict"} if draft.truth.get("year_conflict") else set())
    masks = len(_MASK.findall(draft.title + "\n" + draft.text)) if "masked" in flags else 0
    in_text = len(_MASK.findall(draft.text)) if "masked" in flags else 0
    return {
        "page": page.file,
        "kind": draft.kind,
        "family": page.family,
        "damages": list(draft.damages),
        "copy_of": draft.copy_of,
        "url": sent.url,
        "title": draft.title,
        "published_on": sent.published_on,
        "source": sent.source,
        "genre": GENRES[draft.kind],
        "years": years(draft),
        "zone": draft.truth.get("zone") or zone(draft.facts[0]),
        "quality": {
            "grade": _grade(flags),
            "flags": [flag for flag in FLAGS if flag in flags],
            "masks": {"x": in_text} if masks and in_text else {},
        },
        "text": draft.text,
        "sections": [[line.level, line.heading] for line in draft.lines if line.heading],
        "sentences": [said(piece, draft) for line in draft.lines for piece in line.pieces if piece.fact],
        "facts": [
            {
                "id": fact.id,
                "url": fact.url if fact.link else None,
                "source": None if fact.url else fact.source_title,
                "confidence": fact.confidence,
            }
            for fact in draft.facts
        ],
    }


def _grade(flags: set[str]) -> str:
    if "laundered" in flags:
        return "D"
    if flags & {"masked", "truncated"}:
        return "C"
    return "B"  # also where a page says that its address is a government's: its own word proves nothing


def years(draft: Draft) -> dict[str, Any]:
    report = None if draft.kind in ("plan", "policy") else draft.year
    plan = draft.plan_year
    return {
        "report": draft.truth.get("report", report),
        "plan": draft.truth.get("plan", plan),
        "period": _period(draft),
        "conflict": bool(draft.truth.get("year_conflict")),
    }


def _period(draft: Draft) -> str | None:
    """What the text says: a report its own stretch, news what all of its facts speak of if the words stand there."""
    if draft.kind in ("plan", "policy"):
        return None
    if draft.kind == "summary":
        return "全年"
    if draft.period:
        return draft.period
    words = [one for one in ("一季度", "上半年", "前三季度", "全年") if one in draft.text]
    return words[0] if len(words) == 1 else None


def zone(fact: Fact) -> dict[str, Any]:
    if fact.zone_status == "region":
        row = next(row for row in regions()[fact.zone] if row["province"] == fact.province)
        return {
            "status": "region",
            "name": row["name"],
            "short": row["short"],
            "type": None,
            "level": row["level"],
            "province": row["province"],
            "city": row["city"] or None,
            "conflict": None,
        }
    if fact.zone_id:
        row = zones()[fact.zone_id]
        return {
            "status": "named",
            "name": row["official_name"],
            "short": row["short_name"],
            "type": row["type"],
            "level": row["level"] or None,
            "province": row["province"] or None,
            "city": row["city"] or None,
            "conflict": None,
        }
    return {
        "status": "named",
        "name": fact.zone,
        "short": fact.zone,
        "type": fact.zone_type,
        "level": None,  # the text does not say it
        "province": fact.province,
        "city": fact.city,
        "conflict": None,
    }


def said(piece: Piece, draft: Draft) -> dict[str, Any]:
    """A sentence with what it is, what it is about, when that was, and its figures."""
    fact = piece.fact
    assert fact is not None
    return {
        "text": piece.text,
        "fact": fact.id,
        "status": fact.status,
        "theme": fact.topic,
        "practice": fact.practice,
        "year": fact.year,
        "period": fact.period,
        "figures": figures(piece.text, fact, masked="masked" in draft.damages),
    }


def figures(text: str, fact: Fact, *, masked: bool) -> list[dict[str, Any]]:
    """The fact's figures that stand in the sentence, with the clause they stand in. ``change``: it is the growth of the
    figure before it. Degrees (D级) are no figures. ``phrase``: the fact's name of it, only where its words stand there;
    ``indicator`` and ``role``: of the codebook, where they are known."""
    found = []
    for figure in fact.figures:
        value, unit = figure.value, figure.unit
        if isinstance(value, str) or unit in ("级", "") or (unit == "位" and not figure.indicator):
            continue
        printed = number(value)
        for spelling in (printed, masked_number(printed)) if masked else (printed,):
            place = re.search(rf"(?<![\d.x]){re.escape(spelling)}(?:余|多|余家次)?{re.escape(unit)}", text)
            if place:
                break
        else:
            continue
        clause = (
            re.split("[。；，、：（）]", text[: place.start()])[-1]
            + re.split("[。；，、：（）]", text[place.start() :])[0]
        )
        known = written(figure.name)
        hidden = spelling != printed
        found.append(
            {
                "phrase": known if known in text else None,
                "indicator": figure.indicator,
                "role": figure.role,
                "value": None if hidden else value,
                "unit": unit,
                "mask": spelling if hidden else None,
                "change": unit == "%" and bool(_GROWS.search(text[: place.start()])),
                "in": clause,
            }
        )
    return found
