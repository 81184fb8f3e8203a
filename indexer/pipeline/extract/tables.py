"""Tables that hold data, told from tables that hold the page together."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html

_LONGEST_CELL = 300  # layout cells hold whole articles; of data cells 99% have fewer characters
_LEAST_ROWS = 2


def is_data_table(table: html.HtmlElement) -> bool:
    """At least two rows of two or more filled cells, no table inside, no cell as long as an article."""
    if table.find(".//table") is not None:
        return False
    wide = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        lengths = [_length(cell) for cell in cells]
        if any(length > _LONGEST_CELL for length in lengths):
            return False
        wide += sum(1 for length in lengths if length) >= 2
    return wide >= _LEAST_ROWS


def rows_of(table: html.HtmlElement) -> Iterator[tuple[str, int]]:
    """(cells joined with `` | ``, link characters) for each row that says anything."""
    for row in table.iter("tr"):
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("td", "th")]
        if any(cells):
            links = sum(len(" ".join("".join(link.itertext()).split())) for link in row.iter("a"))
            yield " | ".join(cells), links


def _length(cell: html.HtmlElement) -> int:
    return len("".join("".join(cell.itertext()).split()))
