"""How a report was read, as its page says it: attachments that were taken in or not, rules of cleaning by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from indexer.domain.catalogue import PageHistory
from indexer.domain.page import Attachment
from indexer.pipeline import clean as cleaning
from tests.web.shelf import shelf
from webapp.presenters import provenance

SUMMARY = Attachment("年度总结.docx", "http://yunxi.example/a/1.docx")
TABLE = Attachment("指标表.xlsx", "http://yunxi.example/a/2.xlsx")


@pytest.mark.parametrize(
    ("parts", "said", "each"),
    [
        ((), "2 个，未读入", ["", ""]),
        (("http://yunxi.example/a/1.docx",), "2 个，读入 1 个，其余未读入", ["已读入", ""]),
        ((SUMMARY.url, TABLE.url), "2 个，已读入", ["已读入", "已读入"]),
        (("index_2.html",), "2 个，未读入", ["", ""]),
    ],
)
def test_an_attachment_that_was_read_is_not_called_unread(parts: Sequence[str], said: str, each: Sequence[str]) -> None:
    stored = shelf()[0]
    stored = replace(stored, report=replace(stored.report, attachments=(SUMMARY, TABLE), parts=tuple(parts)))
    (fact,) = [one for one in provenance.facts(stored, PageHistory()) if one.name == "附件"]
    assert fact.value == said
    assert [proof.said for proof in fact.proofs] == each
    assert [proof.quote for proof in fact.proofs] == ["年度总结.docx", "指标表.xlsx"]


def test_every_cleaning_rule_has_a_name_that_readers_understand() -> None:
    rules = {name for name, _ in cleaning._text_rules(cleaning.Nature(phonetics=True, traditional=True), "")}
    assert rules == set(provenance.RULES)
