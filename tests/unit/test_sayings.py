"""Which texts of one place say the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.sayings import longest_holders

LONG = "派十名干部驻点招商，收到线索三十条。"


def test_a_part_and_a_repetition_stand_under_the_longest() -> None:
    assert longest_holders(["收到线索三十条。", LONG, "派十名干部 驻点招商", LONG]) == [1, 1, 1, 1]
    assert longest_holders(["驻点招商。", LONG]) == [1, 1], "however short"
    assert longest_holders(["派十名干部驻点招商。", "派九名干部驻点招商。"]) == [0, 1]


def test_two_that_hold_the_same_part_stay_two() -> None:
    both = ["建立重点项目专班。", "建立重点项目专班，每周会商。", "建立重点项目专班，挂图作战两百天。"]
    assert longest_holders(both) == [2, 1, 2]


_PARTS = st.tuples(st.integers(0, 20), st.integers(1, 20)).map(
    lambda cut: (LONG + "年底前，再派十名干部。")[cut[0] :][: cut[1]]
)


@given(st.lists(st.text("招商、", max_size=14) | _PARTS, max_size=12))
def test_it_is_what_looking_at_every_pair_finds(texts: list[str]) -> None:
    letters = ["".join(filter(str.isalnum, text)) for text in texts]
    for mine, found in zip(letters, longest_holders(texts), strict=True):
        holding = [n for n, other in enumerate(letters) if mine in other]
        assert found == max(holding, key=lambda n: (len(letters[n]), -n))
