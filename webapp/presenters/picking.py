"""Zones to choose from: filtered by type, level and province, with what each tells, and why it is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.columns import Column
from indexer.domain.zone_profiles import Peer, ZoneListing
from indexer.locale import listed, term
from webapp.presenters import words
from webapp.presenters.comparison import where
from webapp.urls import Address

OFFERED = 24  # zones at once; the rest is counted and one click away
FILTERS = ("type", "level", "province")


@dataclass(frozen=True, slots=True)
class Candidate:
    """``reasons``: why it is like the first zone chosen, "" where it isn't offered for that."""

    key: str
    label: str
    where: str
    href: str
    years: str
    practices: int
    figures: int
    reasons: str


@dataclass(frozen=True, slots=True)
class Picker:
    """``options``: for each of FILTERS its (value, name, chosen). ``peers`` stand before the ``others``; ``more`` pass
    the filters and aren't shown, ``all`` is the address that shows them."""

    options: dict[str, list[tuple[str, str, bool]]]
    peers: list[Candidate]
    others: list[Candidate]
    more: int
    all: str


def picker(
    address: Address, listings: Sequence[ZoneListing], peers: Sequence[Peer], chosen: Sequence[str], parameter: str
) -> Picker:
    """``listings``: every zone that tells something; ``chosen``: keys that stand on the page already; ``parameter``:
    that an offered zone is added to."""
    passing = [one for one in listings if one.column.key not in chosen and _passes(one.column, address)]
    reasons = {peer.key: listed(term(reason) for reason in peer.reasons) for peer in peers}
    alike = [
        _candidate(one, address, parameter, reasons[one.column.key]) for one in passing if one.column.key in reasons
    ]
    order = [peer.key for peer in peers]
    others = [one for one in passing if one.column.key not in reasons]
    shown = others if address.value("pick") else others[:OFFERED]
    return Picker(
        options={name: _options(name, listings, address) for name in FILTERS},
        peers=sorted(alike, key=lambda one: order.index(one.key)),
        others=[_candidate(one, address, parameter) for one in shown],
        more=len(others) - len(shown),
        all=f"{address.replacing('pick', 'all')}#add",
    )


def _passes(column: Column, address: Address) -> bool:
    asked = ((name, value) for name in FILTERS for value in [address.value(name)] if value)
    return all(_value(name, column) == value for name, value in asked)


def _value(name: str, column: Column) -> str | None:
    return {"type": column.zone_type, "level": column.level, "province": column.province}[name]


def _options(name: str, listings: Sequence[ZoneListing], address: Address) -> list[tuple[str, str, bool]]:
    values = [value for one in listings if (value := _value(name, one.column))]
    common = sorted(dict.fromkeys(values), key=lambda value: (-values.count(value), value))
    return [(value, term(value), value == address.value(name)) for value in common]


def _candidate(one: ZoneListing, address: Address, parameter: str, reasons: str = "") -> Candidate:
    column = one.column
    href = str(address.without("pick").adding(parameter, column.key))
    return Candidate(
        column.key, column.label, where(column), href, words.years(one.years), one.practices, one.figures, reasons
    )
