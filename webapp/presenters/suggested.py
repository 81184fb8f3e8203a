"""Where suggestions and offers lead: the filters that are on stay on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.suggestions import Kind, Offer, Suggestion
from indexer.locale import say
from webapp.urls import Address, link


@dataclass(frozen=True, slots=True)
class Meant:
    text: str
    href: str
    passages: int


def href(suggestion: Suggestion, address: Address) -> str:
    """A word is searched; a zone becomes the only zone among the filters; a report is opened, several of one title
    are searched by it."""
    if suggestion.kind is Kind.WORD:
        return str(_asking(address, suggestion.text))
    if suggestion.kind is not Kind.REPORT:
        return str(_asking(address, suggestion.kept, suggestion.target))
    if suggestion.target:
        return link(f"/doc/{suggestion.target}")
    return link("/search", q=say("page.search.asking.title", title=suggestion.text))


def meant(offers: Sequence[Offer], address: Address) -> list[Meant]:
    return [
        Meant(
            " · ".join(part for part in (one.zone, one.text) if part),
            str(_asking(address, one.text, one.zone)),
            one.passages,
        )
        for one in offers
    ]


def _asking(address: Address, text: str, zone: str | None = None) -> Address:
    others = tuple(pair for pair in address.pairs if pair[0] not in ("q", "page") and not (zone and pair[0] == "zone"))
    asked = (("q", text),) if text else ()
    return Address("/search", (*asked, *((("zone", zone),) if zone else ()), *others))
