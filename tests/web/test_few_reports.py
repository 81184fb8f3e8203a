"""A library of a handful of reports, as one has on the first day."""

from __future__ import annotations

from indexer.library import Library


def test_a_word_that_few_reports_do_not_hold_empties_no_sentence(shelved: Library) -> None:
    """Of a thousand passages it says that nobody speaks of it, of a handful nothing."""
    sentence = shelved.question({"q": ["怎么样抓好招商引资"]})
    assert not shelved.search(shelved.question({"q": ["抓好"], "match": ["exact"]})).total
    found = shelved.search(sentence)
    assert found.total
    assert found.loosened
