"""Quotes whose text has quotation marks of its own inside."""

from __future__ import annotations

from collections.abc import Callable

from indexer.domain.query import All, Either, Phrase, Query, Word
from indexer.search.inner_marks import with_inner_marks, written_in

TEXT = "把企业的“皱眉头”当作改进的‘路线图’，逐月回访。"


def texts(*held: str) -> Callable[[Query], tuple[str, ...]]:
    return lambda query: held


def test_a_quote_is_found_where_the_text_has_marks_inside() -> None:
    query = with_inner_marks(Query(node=Phrase("企业的皱眉头当作改进的路线图")), texts(TEXT, "别的话"))
    assert query is not None
    assert query.node == Either((Phrase("企业的皱眉头当作改进的路线图"), Phrase("企业的“皱眉头”当作改进的‘路线图")))
    assert "企业的“皱眉头”当作改进的‘路线图" in query.warnings[0]


def test_marks_that_were_typed_and_the_text_lacks_are_left_out() -> None:
    assert written_in("企业的皱眉头", "企业的皱眉头少了") == ["企业的皱眉头"]
    query = with_inner_marks(Query(node=Phrase("企业的「皱眉头」")), texts("企业的皱眉头少了"))
    assert query is not None


def test_the_words_beside_a_quote_stay() -> None:
    asked = All((Word("回访"), Phrase("企业的皱眉头")))
    query = with_inner_marks(Query(node=asked), texts(TEXT))
    assert query is not None
    assert query.node == All((Word("回访"), Either((Phrase("企业的皱眉头"), Phrase("企业的“皱眉头")))))


def test_what_differs_by_more_than_marks_is_not_found() -> None:
    assert with_inner_marks(Query(node=Phrase("企业的皱眉当作改进")), texts(TEXT)) is None
    assert with_inner_marks(Query(node=Word("企业的皱眉头当作改进")), texts(TEXT)) is None
    assert with_inner_marks(Query(node=Phrase("业的")), texts("业“的”")) is None
