"""Vectors of an embedding model that the tests make: loaded, reckoned, kept with a build, asked."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from indexer.compare.embedding import EmbeddingModel
from indexer.compare.measure_vectors import MeasureVectors
from indexer.compare.similar_index import SimilarIndex, Wanted
from indexer.errors import OtherVersion
from indexer.library import Library
from indexer.locale import say
from indexer.settings import Settings, load
from indexer.stores.builds import BuildFolder, Builds
from tests import embedding_models
from tests.embedding_models import MEANINGS, SPECIAL, table, tiny_model, vector
from tests.unit.pages import in_folder
from tests.unit.test_embedding_files import refused
from tests.unit.test_similar import a_model, measure

ROOT = Path(__file__).resolve().parents[2]
TEXTS = ("派人驻守", "登门拜访客商三次", "闲置厂房收回", "审批", "登门", "")


@pytest.fixture(autouse=True)
def extra() -> None:
    embedding_models.needed()


@pytest.fixture
def model(tmp_path: Path) -> EmbeddingModel:
    return EmbeddingModel.open(tiny_model(tmp_path / "model"), 2.0)


# --- loading and reckoning ---


@pytest.mark.parametrize("pooling", ["cls", "mean"])
def test_a_text_has_the_vector_that_its_pooling_gives(tmp_path: Path, pooling: str) -> None:
    made = EmbeddingModel.open(tiny_model(tmp_path, pooling=pooling), 1.0).vectors(TEXTS)
    assert np.allclose(made, [vector(text, pooling) for text in TEXTS], atol=1e-6)


def test_both_poolings_differ() -> None:
    assert not np.allclose(vector(TEXTS[0], "cls"), vector(TEXTS[0], "mean"), atol=0.1)


@pytest.mark.parametrize(
    "network",
    [
        {"at": "onnx/model.onnx"},
        {"inputs": ("input_ids", "attention_mask")},
        {"kind": 6},
        {"output": "token_embeddings"},
    ],
)
def test_other_forms_of_a_network_give_the_same(tmp_path: Path, network: dict[str, Any]) -> None:
    made = EmbeddingModel.open(tiny_model(tmp_path, **network), 1.0).vectors(TEXTS)
    assert np.allclose(made, [vector(text, "cls") for text in TEXTS], atol=1e-6)


def test_a_network_that_pools_is_asked_for_what_it_pooled(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path, output="sentence_embedding")
    shutil.rmtree(folder / "1_Pooling")
    made = EmbeddingModel.open(folder, 1.0).vectors(["驻闲"])
    hidden = table()[[2, 4, 4 + embedding_models.characters().index("闲"), 3]]
    second = hidden[1] + embedding_models.MIXED * hidden.sum(axis=0)
    assert np.allclose(made, [second / np.linalg.norm(second)], atol=1e-6)


def test_many_texts_at_once_have_the_vectors_of_each_alone(model: EmbeddingModel) -> None:
    texts = [text * times for times in (1, 7, 3) for text in TEXTS] * 40
    alone = {text: model.vectors([text])[0] for text in set(texts)}
    assert np.allclose(model.vectors(texts), [alone[text] for text in texts], atol=1e-6)


def test_progress_is_told_up_to_the_last_text(model: EmbeddingModel) -> None:
    told: list[tuple[int, int]] = []
    model.vectors(TEXTS, lambda done, total: told.append((done, total)))
    assert told[-1] == (len(TEXTS), len(TEXTS))
    assert sorted(told) == told


def test_no_text_has_no_vector(model: EmbeddingModel) -> None:
    assert model.vectors([]).shape == (0, embedding_models.DIMENSION)


def test_of_a_long_text_as_much_is_read_as_the_model_takes(tmp_path: Path) -> None:
    short = EmbeddingModel.open(tiny_model(tmp_path, longest=6), 1.0)
    assert np.allclose(short.vectors(["派人驻守闲置"]), [vector("派人驻守", "cls")], atol=1e-6)


def test_the_words_a_model_wants_are_put_before_every_text(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path)
    wanted = {"prompts": {"any": "审批"}, "default_prompt_name": "any"}
    embedding_models.write_json(folder / "config_sentence_transformers.json", wanted)
    made = EmbeddingModel.open(folder, 1.0).vectors(["登门"])
    assert np.allclose(made, [vector("审批登门", "cls")], atol=1e-6)


def test_nobody_is_asked_over_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    made = EmbeddingModel.open(tiny_model(tmp_path), 1.0)
    made.vectors(TEXTS)
    assert made.session.get_providers() == ["CPUExecutionProvider"]
    assert "huggingface_hub" not in sys.modules


# --- what is refused ---


def opening(folder: Path) -> Callable[[], EmbeddingModel]:
    return lambda: EmbeddingModel.open(folder, 1.0)


@pytest.mark.parametrize("name", ["onnxruntime", "tokenizers"])
def test_a_missing_extra_is_told_with_how_to_install_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tiny_model(tmp_path)
    monkeypatch.setitem(sys.modules, name, None)
    refused(opening(folder), "no_extra", "duibiao[embeddings]", "compare.embedding_model")


@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
@pytest.mark.parametrize("kept", [0, 40, None])
def test_a_broken_file_is_named(tmp_path: Path, name: str, kept: int | None) -> None:
    file = tiny_model(tmp_path) / name
    file.write_bytes(b"<html>404</html>" if kept is None else file.read_bytes()[:kept])
    refused(opening(tmp_path), "broken", str(file))


def test_another_kind_of_network_is_refused_with_what_it_asks_and_gives(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path, inputs=("input_ids", "attention_mask", "pixel_values"))
    refused(opening(folder), "inputs", "pixel_values")
    tiny_model(folder, output="logits")
    refused(opening(folder), "outputs", "logits")


def test_the_tokenizer_of_another_model_is_told(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path, words=table()[: len(SPECIAL) + 2])  # the network knows fewer words than the tokenizer
    made = EmbeddingModel.open(folder, 1.0)
    refused(lambda: made.vectors(["审批"]), "failed", str(folder), "tokenizer.json")


@pytest.mark.parametrize("value", [0.0, np.nan])
def test_a_network_that_gives_no_numbers_is_told(tmp_path: Path, value: float) -> None:
    folder = tiny_model(tmp_path, words=np.full_like(table(), value))
    refused(opening(folder), "no_direction", str(folder))


def test_a_step_behind_the_pooling_is_refused_when_a_model_is_opened(tmp_path: Path) -> None:
    folder = tiny_model(tmp_path)
    embedding_models.write_json(folder / "modules.json", [{"type": "sentence_transformers.models.Dense"}])
    refused(opening(folder), "further_step", "Dense")


# --- kept with a build ---


def test_vectors_open_as_they_were_saved_in_half_the_bytes(model: EmbeddingModel, tmp_path: Path) -> None:
    made = MeasureVectors.of(TEXTS, model)
    made.save(tmp_path)
    again = MeasureVectors.open(tmp_path, model)
    assert again.rows.dtype == np.float16
    asked = ["登门驻守", "审批"]
    assert again.cosines(asked).tolist() == made.cosines(asked).tolist()
    wanted = np.stack([vector(text, "cls") for text in asked]) @ np.stack([vector(text, "cls") for text in TEXTS]).T
    assert np.allclose(again.cosines(asked), wanted, atol=2e-3)


def test_what_points_away_is_unlike_and_no_more(tmp_path: Path) -> None:
    words = table()
    words[4 + embedding_models.characters().index("审")] *= -3
    made = MeasureVectors.of(["审"], EmbeddingModel.open(tiny_model(tmp_path, words=words, pooling="mean"), 1.0))
    assert made.cosines(["批"]).tolist() == [[0.0]]


def test_the_build_before_spares_the_vectors_of_texts_that_it_has(
    model: EmbeddingModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    reckoned = EmbeddingModel.vectors

    def noted(model: EmbeddingModel, texts: Sequence[str], *more: object) -> object:
        asked.extend(texts)
        return reckoned(model, texts)

    before = MeasureVectors.of(["登门", "审批"], model)
    monkeypatch.setattr(EmbeddingModel, "vectors", noted)
    made = MeasureVectors.of(["闲置", "审批", "闲置", "登门"], model, before)
    assert asked == ["闲置"]
    monkeypatch.undo()
    assert np.array_equal(made.rows, MeasureVectors.of(["闲置", "审批", "闲置", "登门"], model).rows)


# --- one more signal ---

ROWS = [
    measure(1, "甲高新区", "客商登门"),
    measure(2, "乙高新区", "腾退厂房"),
    measure(3, "丙高新区", "材料办结"),
]
WANTED = Wanted("闲置土地收回", None, "招商引资")  # no pair of letters in common with any


def an_index(model: EmbeddingModel | None) -> SimilarIndex:
    embedded = None if model is None else lambda texts: MeasureVectors.of(texts, model)
    return SimilarIndex.of(enumerate(ROWS), a_model(), embedded)


def first(index: SimilarIndex) -> str:
    return ROWS[index.find(WANTED, index.allowed(None, None), 3)[0].number].text


def test_a_measure_that_the_model_finds_alike_comes_first(model: EmbeddingModel) -> None:
    assert first(an_index(None)) == "客商登门"  # all alike without it: in the order they were given
    assert first(an_index(model)) == "腾退厂房"
    assert first(an_index(replace(model, weight=0.0))) == "客商登门"


def test_a_score_says_how_much_of_all_signals_agrees(model: EmbeddingModel) -> None:
    with_model, without = an_index(model), an_index(None)
    everything = without.allowed(None, None)
    plain = {one.number: one.score for one in without.find(WANTED, everything, 3)}
    for one in with_model.find(WANTED, everything, 3):
        cosine = float(vector(WANTED.text, "cls") @ vector(ROWS[one.number].text, "cls"))
        assert one.score == pytest.approx((2.3 * plain[one.number] + 2.0 * cosine) / 4.3, abs=2e-3)


def test_without_a_model_an_index_has_the_files_it_always_had(model: EmbeddingModel, tmp_path: Path) -> None:
    an_index(None).save(tmp_path / "without")
    an_index(model).save(tmp_path / "with")
    without = {file.name: file.read_bytes() for file in (tmp_path / "without").iterdir()}
    with_model = {file.name: file.read_bytes() for file in (tmp_path / "with").iterdir()}
    assert with_model.keys() - without.keys() == {"vectors.npy", "vector_keys.npy"}
    assert without == {name: with_model[name] for name in without}


def test_an_index_opens_with_the_vectors_it_was_saved_with(model: EmbeddingModel, tmp_path: Path) -> None:
    made = an_index(model)
    made.save(tmp_path)
    again = SimilarIndex.open(tmp_path, a_model(), model)
    everything = made.allowed(None, None)
    assert again.find(WANTED, everything, 3) == made.find(WANTED, everything, 3)


def test_several_measures_are_asked_together_as_each_alone(model: EmbeddingModel) -> None:
    made = an_index(model)
    everything, others = made.allowed(None, None), [WANTED, Wanted("登门拜访客商", None, None)]
    assert made.find_each(others, everything, 3) == [made.find(one, everything, 3) for one in others]


# --- a library ---


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = load(ROOT / "config.toml").with_data_folder(tmp_path / "var")
    with closing(Library(settings)) as library:
        list(library.add([str(in_folder(tmp_path / "pages"))]))
    return settings


@pytest.fixture
def opened(settings: Settings) -> Iterator[Callable[[str], Library]]:
    """A library whose config.toml names a model; "": none."""
    libraries: list[Library] = []

    def open_one(model: str) -> Library:
        libraries.append(Library(replace(settings, compare=replace(settings.compare, embedding_model=model))))
        return libraries[-1]

    yield open_one
    for library in libraries:
        library.close()


def live(settings: Settings) -> BuildFolder:
    return Builds(settings.data_folder).live()[1]


def checked(library: Library) -> list[tuple[bool, str]]:
    return [(one.well, one.message) for one in library.check() if one.part == say("check.part.embedding")]


def test_a_build_holds_vectors_and_what_they_were_made_with(
    settings: Settings, opened: Callable[[str], Library], tmp_path: Path
) -> None:
    folder = tiny_model(tmp_path / "model")
    library = opened(str(folder))
    stages: list[str] = []
    library.build(lambda stage, done, total: stages.append(stage))
    assert "vectors" in stages
    model = EmbeddingModel.open(folder, 0.5)
    assert live(settings).made_with()["embedding"] == model.sha256
    assert len(MeasureVectors.open(live(settings).similar, model).rows) > 0
    assert library.similar({"text": ["派四支小分队驻点招商。"]})
    assert checked(library) == [(True, f"{folder}，6 维，与索引一致")]
    stages.clear()
    library.build(lambda stage, done, total: stages.append(stage))
    assert "vectors" not in stages  # every text was known


def test_without_a_model_a_build_says_and_holds_nothing_of_one(
    settings: Settings, opened: Callable[[str], Library]
) -> None:
    library = opened("")
    library.build()
    assert "embedding" not in live(settings).made_with()
    assert [file.name for file in live(settings).similar.iterdir() if "vector" in file.name] == []
    assert library.similar({"text": ["派四支小分队驻点招商。"]})
    assert checked(library) == []


def test_a_build_made_with_another_model_is_told_until_it_is_made_anew(
    opened: Callable[[str], Library], tmp_path: Path
) -> None:
    folder = tiny_model(tmp_path / "model")
    library = opened(str(folder))
    asked = {"text": ["派四支小分队驻点招商。"]}
    opened("").build()  # with none
    told = f"这份索引不是用现在的向量模型 {folder} 建的。请运行 duibiao build。"
    with pytest.raises(OtherVersion, match="不是用现在的向量模型"):
        library.similar(asked)
    assert checked(library) == [(False, told)]
    library.build()
    assert library.similar(asked)
    tiny_model(folder, words=table((MEANINGS[2], MEANINGS[0], MEANINGS[1])))  # another in its place
    with pytest.raises(OtherVersion, match="不是用现在的向量模型"):
        library.similar(asked)
    assert checked(library) == [(False, told)]
    library.build()
    assert library.similar(asked)
    assert opened("").similar(asked)  # whoever takes the model out of config.toml goes on without


def test_a_model_that_is_missing_stops_a_build_before_it_begins(
    settings: Settings, opened: Callable[[str], Library], tmp_path: Path
) -> None:
    opened("").build()
    number = Builds(settings.data_folder).current()
    library = opened(str(tmp_path / "gone"))
    refused(library.build, "no_folder", str(tmp_path / "gone"))
    refused(lambda: library.similar({"text": ["派四支小分队驻点招商。"]}), "no_folder")
    refused(library.check_embedding, "no_folder")
    assert [well for well, _ in checked(library)] == [False]
    assert Builds(settings.data_folder).current() == number


def test_a_relative_path_is_relative_to_the_settings_file(tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text('[compare]\nembedding_model = "models/tiny"\n', encoding="utf-8")
    assert load(file).embedding_folder == tmp_path / "models" / "tiny"
    file.write_text("", encoding="utf-8")
    assert load(file).embedding_folder is None
