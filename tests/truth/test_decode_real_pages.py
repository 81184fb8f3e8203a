"""The real pages in other charsets, under other labels and with a broken byte: each must come back."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import opencc
import pytest

from indexer.domain.page import RawPage
from indexer.pipeline.decode import decode
from tests.shared import shared_dir, some

PAGES = 60
START = 40_000  # characters of a page that the damage is tried on: counting whole ones would take a minute
_LABEL = re.compile(r"""charset\s*=\s*["']?[\w-]+""", re.IGNORECASE)


@cache
def pages() -> tuple[str, ...]:
    files = some(sorted((shared_dir() / "pages" / "real").glob("*.html"))[:PAGES], 4)
    return tuple(decode(RawPage(file.read_bytes(), file.name)).text for file in files)


def labelled(text: str, label: str) -> str:
    return _LABEL.sub(f"charset={label}" if label else "", text)


def came_back(make: Callable[[str], tuple[bytes, str]]) -> list[bool]:
    results = []
    for page in pages():
        data, wanted = make(page)
        results.append(decode(RawPage(data, "page.html")).text == wanted)
    return results


@pytest.mark.parametrize("label", ["gb2312", "", "utf-8"])
def test_gb18030_comes_back_under_any_label(label: str) -> None:
    def make(page: str) -> tuple[bytes, str]:
        text = labelled(page, label)
        return text.encode("gb18030"), text

    assert came_back(make) == [True] * len(pages())


def test_utf8_comes_back_under_a_gb2312_label() -> None:
    def make(page: str) -> tuple[bytes, str]:
        text = labelled(page, "gb2312")
        return text.encode(), text

    assert came_back(make) == [True] * len(pages())


def test_big5_comes_back_without_a_label() -> None:
    traditional = opencc.OpenCC("s2t")

    def make(page: str) -> tuple[bytes, str]:
        data = traditional.convert(labelled(page, "")).encode("big5hkscs", "ignore")
        return data, data.decode("big5hkscs")

    assert came_back(make) == [True] * len(pages())


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
@pytest.mark.parametrize(("damage", "most"), [("replaced", 4), ("inserted", 4), ("lost", 20)])
def test_one_bad_byte_costs_a_few_characters_and_no_more(encoding: str, damage: str, most: int) -> None:
    """A lost byte leaves no mark: in double-byte text the place has to be guessed from what reads like Chinese."""
    for page in pages():
        text = labelled(page, "gb2312")[:START]
        data = bytearray(text.encode(encoding))
        beyond = [at for at, byte in enumerate(data) if byte >= 0xA1]
        at = beyond[len(beyond) // 3]
        data[at : at + (damage != "inserted")] = b"" if damage == "lost" else b"\xff"
        found = decode(RawPage(bytes(data), "page.html"))
        assert found.encoding == encoding
        missing = Counter(text) - Counter(found.text)
        assert missing.total() <= most
