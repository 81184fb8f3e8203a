"""What no report should be like and some one will be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.domain.facets import UNKNOWN
from indexer.domain.query import Filters
from indexer.ports import SearchEngine
from tests.contract.worlds import a_passage, ask, counts, found


@pytest.mark.slow
def test_a_word_may_stand_in_a_passage_as_often_as_it_likes(engine: SearchEngine) -> None:
    """More often than 8 bits count, than 16 bits count, and once."""
    often = (1, 255, 256, 65_535, 65_536)
    engine.replace_all(a_passage(f"r{n:05d}", "招商 5G。" * n) for n in often)
    for word in ("招商", "5g", '"招商"', "招商 5g"):
        assert sorted(found(engine.search(ask(word)))) == [f"r{n:05d}" for n in often]


@pytest.mark.slow
def test_there_may_be_more_titles_than_16_bits_count(engine: SearchEngine) -> None:
    engine.replace_all(replace(a_passage(f"r{n:05d}", "招商"), title=f"第{n}号总结") for n in range(66_000))
    for n in (0, 255, 256, 65_535, 65_536, 65_999):
        assert found(engine.search(ask(f"标题:第{n}号总结 招商"))) == [f"r{n:05d}"]


def test_an_address_may_be_none(engine: SearchEngine) -> None:
    odd = ("http://[::1", "ftp://", "//", "http://www./", "")
    engine.replace_all(
        replace(a_passage(f"r{n}", "招商"), url=url) for n, url in enumerate((*odd, "http://WWW.A.cn.:80/b"))
    )
    page = engine.search(ask("招商", facets=("site",)))
    assert counts(page, "site") == {"a.cn": 1, None: len(odd)}
    assert found(engine.search(ask("招商", filters=Filters.of(site=("a.cn",))))) == [f"r{len(odd)}"]
    assert len(found(engine.search(ask("招商", filters=Filters.of(site=(UNKNOWN,)))))) == len(odd)


def test_half_a_character_is_kept_wherever_it_stands(engine: SearchEngine) -> None:
    """Half of one that needs two, as broken pages have them. In a title it stopped the index."""
    half = "\ud842"
    passage = replace(a_passage(f"r{half}", f"招商{half}引资"), title=f"总结{half}", zone=half, themes=(half,))
    engine.replace_all([passage])
    assert [hit.passage for hit in engine.search(ask(f'"{half}引"')).hits] == [passage]
    assert counts(engine.search(ask("招商", facets=("zone",))), "zone") == {half: 1}
