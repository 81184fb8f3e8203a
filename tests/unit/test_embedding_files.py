"""The folder of an embedding model: what is read out of it; what is refused, in a sentence that says what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from indexer.compare.embedding_files import LONGEST, ModelFiles
from indexer.errors import BadSetup
from indexer.locale import LANGUAGES, speaking
from tests.embedding_models import write_json


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """With the files of a model, none of which is one: here nothing is loaded."""
    (tmp_path / "1_Pooling").mkdir()
    (tmp_path / "model.onnx").write_bytes(b"a network")
    (tmp_path / "tokenizer.json").write_bytes(b"{}")
    write_json(tmp_path / "1_Pooling/config.json", {"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False})
    write_json(tmp_path / "sentence_bert_config.json", {"max_seq_length": 128})
    return tmp_path


def refused(ask: Callable[[], Any], key: str, *named: str) -> None:
    """In every language, with what it is about."""
    with pytest.raises(BadSetup) as told:
        ask()
    assert told.value.key == f"embedding.{key}"
    for wanted in LANGUAGES:
        with speaking(wanted):
            assert [name for name in named if name not in str(told.value)] == []


@pytest.mark.parametrize(
    ("told", "pooling"),
    [
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, "cls"),
        ({"pooling_mode_cls_token": False, "pooling_mode_mean_tokens": True, "include_prompt": True}, "mean"),
        ({"pooling_mode": "mean", "embedding_dimension": 6}, "mean"),
    ],
)
def test_pooling_is_read_as_older_and_newer_models_write_it(folder: Path, told: dict[str, Any], pooling: str) -> None:
    write_json(folder / "1_Pooling/config.json", told)
    assert ModelFiles.of(folder).pooling() == pooling


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({"pooling_mode_max_tokens": True}, "max_tokens"),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": True}, "mean"),
        ({"pooling_mode": "lasttoken"}, "lasttoken"),
        ({"pooling_mode_cls_token": False}, "config.json"),
        ({"pooling_mode": 3}, "config.json"),
    ],
)
def test_another_pooling_is_refused_by_its_name(folder: Path, told: dict[str, Any], named: str) -> None:
    write_json(folder / "1_Pooling/config.json", told)
    refused(ModelFiles.of(folder).pooling, "pooling", str(folder), named)


def test_no_pooling_is_guessed_where_no_file_says_it(folder: Path) -> None:
    (folder / "1_Pooling/config.json").unlink()
    refused(ModelFiles.of(folder).pooling, "no_file", str(folder), "1_Pooling/config.json")


def test_the_longest_text_is_what_the_nearer_of_two_files_says(folder: Path) -> None:
    write_json(folder / "tokenizer_config.json", {"model_max_length": 200})
    assert ModelFiles.of(folder).longest() == 128
    (folder / "sentence_bert_config.json").unlink()
    assert ModelFiles.of(folder).longest() == 200


def test_a_model_for_whole_books_reads_no_more_of_a_measure_than_others(folder: Path) -> None:
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": 8192})
    assert ModelFiles.of(folder).longest() == LONGEST


@pytest.mark.parametrize("told", [{}, {"max_seq_length": None}, {"max_seq_length": 10**30}, {"max_seq_length": 0}])
def test_a_longest_text_that_nobody_says_is_asked_for(folder: Path, told: dict[str, Any]) -> None:
    write_json(folder / "sentence_bert_config.json", told)
    refused(ModelFiles.of(folder).longest, "no_length", str(folder), "sentence_bert_config.json", "max_seq_length")


def test_words_that_a_model_wants_before_every_text_are_read(folder: Path) -> None:
    assert ModelFiles.of(folder).prompt() == ""
    prompts = {"prompts": {"likeness": "像什么：", "search": "找："}, "default_prompt_name": "likeness"}
    write_json(folder / "config_sentence_transformers.json", prompts)
    assert ModelFiles.of(folder).prompt() == "像什么："
    write_json(folder / "config_sentence_transformers.json", prompts | {"default_prompt_name": None})
    assert ModelFiles.of(folder).prompt() == ""


def test_a_step_behind_the_pooling_is_refused(folder: Path) -> None:
    steps = [{"type": f"sentence_transformers.models.{kind}"} for kind in ("Transformer", "Pooling", "Normalize")]
    write_json(folder / "modules.json", steps)
    ModelFiles.of(folder).refuse_further_steps()
    write_json(folder / "modules.json", [*steps, {"type": "sentence_transformers.models.Dense"}])
    refused(ModelFiles.of(folder).refuse_further_steps, "further_step", "modules.json", "Dense")


def test_a_folder_that_is_not_there_or_lacks_a_file_is_named(folder: Path) -> None:
    gone = folder / "gone"
    refused(lambda: ModelFiles.of(gone), "no_folder", str(gone), "compare.embedding_model")
    (folder / "tokenizer.json").unlink()
    refused(lambda: ModelFiles.of(folder), "no_file", str(folder), "tokenizer.json")
    (folder / "model.onnx").unlink()
    refused(lambda: ModelFiles.of(folder), "no_file", str(folder), "model.onnx")


@pytest.mark.parametrize("damage", [b"{", b"\xff\xfe", b"[1]"])
@pytest.mark.parametrize(
    ("name", "ask"),
    [
        ("1_Pooling/config.json", ModelFiles.pooling),
        ("sentence_bert_config.json", ModelFiles.longest),
        ("config_sentence_transformers.json", ModelFiles.prompt),
        ("modules.json", ModelFiles.refuse_further_steps),
    ],
)
def test_a_file_that_is_not_what_it_should_be_is_named(
    folder: Path, name: str, ask: Callable[[ModelFiles], Any], damage: bytes
) -> None:
    (folder / name).write_bytes(damage)
    refused(lambda: ask(ModelFiles.of(folder)), "broken", str(folder / name))


def test_every_file_that_decides_a_vector_decides_the_sha256(folder: Path) -> None:
    (folder / "model.onnx_data").write_bytes(b"weights")
    write_json(folder / "modules.json", [])
    seen = {ModelFiles.of(folder).sha256()}
    names = ("model.onnx", "model.onnx_data", "tokenizer.json", "1_Pooling/config.json", "sentence_bert_config.json")
    for name in (*names, "modules.json"):
        (folder / name).write_bytes((folder / name).read_bytes() + b" ")
        seen.add(ModelFiles.of(folder).sha256())
    assert len(seen) == 7


def test_the_sha256_is_of_what_is_read_and_of_no_place_or_time(folder: Path, tmp_path: Path) -> None:
    before = ModelFiles.of(folder).sha256()
    (folder / "README.md").write_bytes(b"About this model")
    os.utime(folder / "model.onnx", (1, 1))
    assert ModelFiles.of(folder).sha256() == before
    assert ModelFiles.of(folder.rename(tmp_path.parent / "elsewhere")).sha256() == before


def test_a_network_in_a_folder_of_its_own_is_found(folder: Path) -> None:
    (folder / "onnx").mkdir()
    (folder / "model.onnx").rename(folder / "onnx/model.onnx")
    assert ModelFiles.of(folder).model == folder / "onnx/model.onnx"
