"""Why a passage was found, as it is told to the user."""

from __future__ import annotations

import pytest

from indexer.domain.query import Alike, Loose, Node, Not, Word
from indexer.domain.results import IndexedPassage
from indexer.search.explanation import why
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser

PASSAGE = IndexedPassage(
    "r", 0, "招商专班开展招商，光伏项目有补贴", restored="招商专班发展招商，光伏项目有补贴", title="总结"
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser(["光伏"])


@pytest.mark.parametrize(
    ("node", "told"),
    [
        (None, ()),
        (parse("招商")[0], ("“招商”出现 2 处",)),
        (parse('"招商，光"')[0], ("“招商，光”逐字出现 1 处",)),
        (parse("总结 招商 -大会")[0], ("“总结”在标题、园区或年份里", "“招商”出现 2 处")),
        (parse("光伏补贴")[0], ("“光伏补贴”拆开出现：光伏、补贴",)),
        (parse("发展")[0], ("“发展”见于还原后的文字，原文作“开展”",)),
        (parse("标题:总结")[0], ("标题里有",)),
        (Alike(Word("引资"), (("招商", 0.9),)), ("“引资”的另一种说法“招商”出现 2 处",)),
        (Loose("光伏企业有哪些补贴"), ("问句里的 3 个词有 2 个：光伏、补贴",)),
        (Not(Word("大会")), ()),
    ],
)
def test_each_part_of_the_question_says_where_it_was_found(
    node: Node | None, told: tuple[str, ...], analyser: Analyser
) -> None:
    assert why(PASSAGE, node, analyser) == told
