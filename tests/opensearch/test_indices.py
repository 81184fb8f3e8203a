"""An index on the cluster: what it may be asked, how far its pages go, and how it comes back from a snapshot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from indexer.domain.query import Loose, Query, Sort
from indexer.engines.memory import MemoryEngine
from indexer.engines.opensearch.engine import OpenSearchEngine
from indexer.engines.opensearch.indices import sweep
from indexer.errors import Damaged, NoIndex, NothingBuilt, OtherVersion, Unreachable
from indexer.text.analyser import Analyser
from tests.contract.worlds import a_passage, ask, found, two_years_of_three_zones

Make = Callable[..., OpenSearchEngine]


def test_an_index_that_was_cut_by_another_dictionary_is_refused_with_the_command_that_mends_it(engine_at: Make) -> None:
    engine_at().replace_all(two_years_of_three_zones())
    with pytest.raises(OtherVersion, match="duibiao build"):
        engine_at(Analyser(["云溪"])).search(ask("招商"))


def test_an_index_of_another_schema_is_refused(engine_at: Make, alias: str) -> None:
    engine = engine_at()
    engine.replace_all(two_years_of_three_zones())
    client = engine.loading.client
    (name,) = client.indices.get_alias(name=alias)
    meta = client.indices.get_mapping(index=name)[name]["mappings"]["_meta"]
    client.indices.put_mapping(index=name, body={"_meta": {**meta, "schema": "older"}})
    with pytest.raises(OtherVersion, match="duibiao build"):
        engine_at().search(ask("招商"))


def test_passages_that_went_missing_are_found_out(engine_at: Make, alias: str) -> None:
    engine = engine_at()
    engine.replace_all(two_years_of_three_zones())
    engine.verify()
    client = engine.loading.client
    client.indices.put_settings(index=alias, body={"index.blocks.write": False})
    (name,) = client.indices.get_alias(name=alias)
    client.delete(index=name, id="s1:0", params={"refresh": "true"})
    with pytest.raises(Damaged, match="5"):
        engine.verify()
    assert not engine_at().inherit(engine)


def test_a_load_that_breaks_off_leaves_the_index_before(engine_at: Make, alias: str) -> None:
    engine = engine_at()
    engine.replace_all([a_passage("old", "招商")])
    broken = replace(a_passage("new", "招商"), themes=(object(),))  # type: ignore[arg-type]  # nothing that can be sent
    with pytest.raises(TypeError):
        engine.replace_all([broken])
    with pytest.raises(TypeError):
        engine.change([broken])
    assert found(engine.search(ask("招商"))) == ["old"]
    assert len(engine.loading.client.indices.get(index=f"{alias}-*")) == 1


def test_only_the_index_before_is_kept_beside_the_one_that_answers(engine_at: Make, alias: str) -> None:
    engine = engine_at()
    for n in range(4):
        engine.replace_all([a_passage(f"r{n}", "招商")])
    assert len(engine.loading.client.indices.get(index=f"{alias}-*")) == 2
    sweep(engine.loading, alias.rsplit("-", 1)[0], "somebody else", kept=())
    assert found(engine.search(ask("招商"))) == ["r3"]
    sweep(engine.loading, alias.rsplit("-", 1)[0], alias, kept=())
    with pytest.raises(NothingBuilt, match="duibiao build"):
        engine_at().search(ask("招商"))


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("question", ["招商", ""])
def test_pages_behind_the_candidates_hold_every_passage_once(
    engine_at: Make, analyser: Analyser, question: str, sort: Sort
) -> None:
    world = [
        a_passage(f"r{n % 90:02d}:{n}", "招商" * (1 + n % 4) + "工作" * (n % 9), published_on=date(2020 + n % 3, 1, 1))
        for n in range(330)
    ]
    engine = engine_at(candidates=100)
    engine.replace_all(world)
    pages = [engine.search(ask(question, sort=sort, limit=40, page=page)) for page in range(1, 11)]
    ids = [hit.passage.id for page in pages for hit in page.hits]
    assert sorted(ids) == sorted(passage.id for passage in world)
    assert {(page.total, page.reports, page.pages) for page in pages} == {(330, 90, 9)}
    reference = MemoryEngine(analyser)
    reference.replace_all(world)
    first = reference.search(ask(question, sort=sort, limit=40))
    assert [hit.score for hit in pages[0].hits] == [hit.score for hit in first.hits]
    if not question:
        assert [hit.passage.id for hit in pages[0].hits] == [hit.passage.id for hit in first.hits]


def test_pages_that_count_reports_hold_every_report_once(engine_at: Make) -> None:
    world = [a_passage(f"r{n % 330:03d}:{n}", "招商" * (1 + n % 4)) for n in range(660)]
    engine = engine_at(candidates=100)
    engine.replace_all(world)
    pages = [engine.search(ask("招商", by_report=True, limit=50, page=page)) for page in range(1, 9)]
    reports = [list(dict.fromkeys(hit.passage.report for hit in page.hits)) for page in pages]
    assert [len(one) for one in reports] == [50, 50, 50, 50, 50, 50, 30, 0]
    assert len({report for page in reports for report in page}) == 330
    assert {page.pages for page in pages} == {7}


def test_a_page_ten_thousand_passages_deep_is_walked_to(engine_at: Make) -> None:
    engine = engine_at()
    engine.replace_all(a_passage(f"r{n:05d}", "招商") for n in range(10_050))
    last = engine.search(ask("招商", limit=40, page=252))
    assert found(last) == [f"r{n:05d}" for n in range(10_040, 10_050)]
    by_report = engine.search(ask("", by_report=True, limit=40, page=252))
    assert found(by_report) == found(last)
    assert engine.search(ask("招商", limit=40, page=253)).hits == ()


def test_a_sentence_of_the_greatest_length_is_answered(engine_at: Make) -> None:
    sentence = "".join(chr(0x4E00 + 7 * n) for n in range(200))
    engine = engine_at()
    engine.replace_all([a_passage("all", sentence), a_passage("part", sentence[:50]), a_passage("none", "招商")])
    assert found(engine.search(Query(node=Loose(sentence)))) == ["all", "part"]


def test_a_snapshot_that_is_restored_answers_again(engine_at: Make, alias: str) -> None:
    engine = engine_at()
    engine.replace_all(two_years_of_three_zones())
    before = replace(engine.search(ask("招商")), took_ms=0)
    client = engine.loading.client
    client.snapshot.create_repository(repository=alias, body={"type": "fs", "settings": {"location": alias}})
    whole = {"wait_for_completion": "true"}
    client.snapshot.create(repository=alias, snapshot="one", body={"indices": f"{alias}-*"}, params=whole)
    client.indices.delete(index=f"{alias}-*")
    with pytest.raises(NoIndex):
        engine_at().search(ask("招商"))
    client.snapshot.restore(repository=alias, snapshot="one", body={"include_aliases": True}, params=whole)
    restored = engine_at()
    restored.verify()
    assert replace(restored.search(ask("招商")), took_ms=0) == before


def test_a_cluster_that_is_not_there_is_told_and_not_waited_for(engine_at: Make) -> None:
    engine = engine_at(hosts=("http://127.0.0.1:9",))
    with pytest.raises(Unreachable, match=r"opensearch\.hosts"):
        engine.search(ask("招商"))
    with pytest.raises(Unreachable):
        engine.change([a_passage("a", "招商")])


def test_a_sweep_leaves_every_build_that_is_still_there(engine_at: Make, alias: str, analyser: Analyser) -> None:
    engine = engine_at()
    builds = [f"{alias}x-{number}" for number in range(4)]
    made = [OpenSearchEngine(engine.loading.settings, build, analyser, owner=alias) for build in builds]
    for number, one in enumerate(made):
        one.replace_all([a_passage(f"r{number}", "招商")])
    sweep(engine.loading, f"{alias}x", alias, kept=iter(builds[1:]))
    assert [found(one.search(ask("招商"))) for one in made[1:]] == [["r1"], ["r2"], ["r3"]]
    made[0].close()  # forgets what it knew of its index
    with pytest.raises(NothingBuilt):
        made[0].search(ask("招商"))
    sweep(engine.loading, f"{alias}x", alias, kept=())
    for one in made:
        one.close()
