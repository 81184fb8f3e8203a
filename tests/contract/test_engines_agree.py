"""The truth of the quote, and the same answer from every engine."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.domain.query import Node, Phrase, Query
from indexer.engines.memory import MemoryEngine
from indexer.engines.whoosh import index_files
from indexer.engines.whoosh.engine import WhooshEngine
from indexer.errors import NoIndex
from indexer.search.question_language import parse
from indexer.text.analyser import Analyser
from indexer.text.fold import fold
from tests.contract.engines import every_engine, examples
from tests.contract.worlds import a_passage, ask, found, two_years_of_three_zones

LETTERS = "招商引资专项债高新区开发展工作的一二，。、\n 5Ｇg發Xx%*（）“”"
texts = st.lists(st.text(LETTERS, min_size=1, max_size=60), min_size=1, max_size=6, unique=True)


@st.composite
def texts_and_a_piece(draw: st.DrawFn) -> tuple[list[str], str]:
    """Some texts, and a stretch out of one of them, or one that may be in none."""
    some = draw(texts)
    whole = draw(st.sampled_from(some))
    start = draw(st.integers(0, len(whole) - 1))
    piece = whole[start : draw(st.integers(start + 1, len(whole)))]
    return some, draw(st.sampled_from([piece, piece[::-1], draw(st.text(LETTERS, min_size=1, max_size=3))]))


@pytest.mark.slow
@settings(max_examples=examples(40))
@given(texts_and_a_piece())
def test_a_quote_finds_exactly_what_contains_it(analyser: Analyser, drawn: tuple[list[str], str]) -> None:
    some, piece = drawn
    expected = {f"r{number}" for number, text in enumerate(some) if fold(piece) in fold(text)}
    passages = [a_passage(f"r{number}", text) for number, text in enumerate(some)]
    with every_engine(analyser, passages) as engines:
        for engine in engines:
            page = engine.search(Query(piece, Phrase(piece)))
            assert set(found(page)) == expected
            assert all(fold(mark.of(hit.snippet)) for hit in page.hits for mark in hit.marks)


questions = st.lists(
    st.sampled_from(["招商", "引资", "招商引资", '"商引"', "-专项债", "OR", "高新区", "5g", "的", "发展", "-工作"]),
    min_size=1,
    max_size=5,
).map(" ".join)


@settings(max_examples=examples(25))
@given(texts, st.lists(questions, min_size=1, max_size=4), st.booleans())
def test_every_engine_answers_as_the_reference_does(
    analyser: Analyser, some: list[str], asked: list[str], by_report: bool
) -> None:
    passages = [
        a_passage(f"r{n % 3}:{n}", text, restored=text.replace("开", "发"), title=some[0], year=2020 + n % 2)
        for n, text in enumerate(some)
    ]
    with every_engine(analyser, passages) as (reference, *others):
        for question in asked:
            query = ask(question, by_report=by_report)
            expected = replace(reference.search(query), took_ms=0)
            for engine in others:
                assert replace(engine.search(query), took_ms=0) == expected, question


def test_every_word_of_a_text_finds_it(analyser: Analyser) -> None:
    engine = MemoryEngine(analyser)
    engine.replace_all(two_years_of_three_zones())
    for passage in two_years_of_three_zones():
        for term in analyser.question_terms(passage.text):
            node: Node | None = parse(term)[0]
            assert passage.id in {hit.passage.id for hit in engine.search(Query(term, node)).hits}


def test_memory_without_passages_says_what_to_do(analyser: Analyser) -> None:
    with pytest.raises(NoIndex, match="duibiao build"):
        MemoryEngine(analyser).search(ask("招商"))


def a_built_folder(folder: Path, analyser: Analyser) -> Path:
    """Folder of a Whoosh index; gives the folder of its segment."""
    engine = WhooshEngine(folder, analyser)
    engine.replace_all(two_years_of_three_zones())
    engine.close()
    (build,) = (path for path in folder.iterdir() if path.is_dir())
    return build


def test_a_built_index_can_be_opened_again(analyser: Analyser, tmp_path: Path) -> None:
    a_built_folder(tmp_path, analyser)
    assert found(WhooshEngine(tmp_path, analyser).search(ask("专项债"))) == ["c1:1"]


def test_a_missing_index_says_what_to_do(analyser: Analyser, tmp_path: Path) -> None:
    with pytest.raises(NoIndex, match="duibiao build"):
        WhooshEngine(tmp_path / "nowhere", analyser).search(ask("招商"))


@pytest.mark.parametrize("pattern", ["*.toc", "facets.json", "letters_row.npy"])
@pytest.mark.parametrize("damage", ["cut", "bit", "gone"])
def test_a_damaged_index_is_not_opened(analyser: Analyser, tmp_path: Path, pattern: str, damage: str) -> None:
    segment = a_built_folder(tmp_path, analyser)
    (file,) = [*segment.glob(pattern), *tmp_path.glob(pattern)]
    data = bytearray(file.read_bytes())
    if damage == "gone":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(data[: len(data) // 2])
    else:
        data[len(data) // 2] ^= 1
        file.write_bytes(data)
    with pytest.raises(NoIndex, match="duibiao build"):
        WhooshEngine(tmp_path, analyser).search(ask("招商"))


def test_a_bit_of_a_large_file_is_missed_at_opening_and_found_by_a_thorough_look(
    analyser: Analyser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_built_folder(tmp_path, analyser) / "letters_row.npy"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(data)
    monkeypatch.setattr(index_files, "_SMALL", 64)
    index_files.check(tmp_path, index_files.read(tmp_path))
    with pytest.raises(NoIndex, match="letters_row"):
        index_files.check(tmp_path, index_files.read(tmp_path), thoroughly=True)


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        '{"format": "duibiao-index/3", "generation": 0, "files": {}}',
        '{"format": "duibiao-index/4", "generation": 0, "files": 3}',
        '{"format": "duibiao-index/4", "generation": 0, "files": {"../x": [1, ""]}}',
    ],
)
def test_an_index_that_is_not_ours_is_not_opened(analyser: Analyser, tmp_path: Path, manifest: str) -> None:
    a_built_folder(tmp_path, analyser)
    (tmp_path / "manifest.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(NoIndex, match="duibiao build"):
        WhooshEngine(tmp_path, analyser).search(ask("招商"))


def test_the_build_before_is_removed(analyser: Analyser, tmp_path: Path) -> None:
    first = a_built_folder(tmp_path, analyser)
    assert a_built_folder(tmp_path, analyser) != first
    assert not first.exists()


def test_questions_under_way_are_answered_while_the_index_is_replaced(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    worlds = [[a_passage(f"w{n}:{seq}", "招商引资") for seq in range(20)] for n in range(4)]
    engine.replace_all(worlds[0])
    stop = threading.Event()

    def asking() -> set[tuple[str, ...]]:
        seen = set()
        while not stop.is_set():
            seen.add(tuple(sorted({hit.passage.report for hit in engine.search(ask('"商引"')).hits})))
        return seen

    with ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(asking) for _ in range(4)]
        for world in worlds[1:]:
            engine.replace_all(world)
        stop.set()
        seen = set().union(*(one.result() for one in asked))
    assert seen <= {("w0",), ("w1",), ("w2",), ("w3",)}  # never a mixture, never an error
    assert found(engine.search(ask("招商", limit=1))) == ["w3"]
    engine.close()


def test_a_build_that_fails_leaves_the_old_one(analyser: Analyser, tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path, analyser)
    engine.replace_all([a_passage("old", "招商")])
    broken = replace(a_passage("new", "招商"), themes=(object(),))  # type: ignore[arg-type]  # nothing that can be written
    with pytest.raises(TypeError):
        engine.replace_all([broken])
    assert found(engine.search(ask("招商"))) == ["old"]
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 1
    engine.close()


def test_an_index_closed_under_a_question_stays_open_until_it_is_answered(tmp_path: Path) -> None:
    class ClosingAnalyser(Analyser):
        def question_terms(self, text: str) -> list[str]:
            engine.close()
            return super().question_terms(text)

    engine = WhooshEngine(tmp_path, ClosingAnalyser([]))
    engine.replace_all([a_passage("m1", "招商工作"), a_passage("m2", "别的")])
    assert found(engine.search(ask("招商 工作"))) == ["m1"]
    assert found(engine.search(ask("别的"))) == ["m2"]
    engine.close()
