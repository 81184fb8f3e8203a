"""Embedding models that tests make: a table of vectors in place of a network, in the folder's form of real ones.

The ONNX file is written byte by byte (its form: onnx.proto), so that no further library is needed to test ours.
"""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
DIMENSION = 6
MIXED = 0.25  # how much of the sum of its tokens' vectors each token gets: a cheap kind of attention
# Characters of one row mean the same to the model; a row is a direction.
MEANINGS = ("驻守派人登门拜访客商", "土地闲置收回腾退厂房", "审批减材料窗口办结")
_FLOAT, _INT32, _INT64 = 1, 6, 7  # of TensorProto.DataType


def needed() -> None:
    """Skips the test where the extra is absent, unless CI=true: there it must be."""
    absent = [name for name in ("onnxruntime", "tokenizers") if importlib.util.find_spec(name) is None]
    if absent and os.environ.get("CI") == "true":
        pytest.fail(f"CI=true but {absent} are not installed: loading a model cannot be left untested in CI")
    if absent:
        pytest.skip('the extra for embedding models is not installed: pip install "duibiao[embeddings]"')


def characters() -> list[str]:
    return list(dict.fromkeys("".join(MEANINGS)))


def table(meanings: Sequence[str] = MEANINGS) -> npt.NDArray[np.float32]:
    """A row a token of the vocabulary: special ones of their own, a character its meaning and a little of itself."""
    made = np.zeros((len(SPECIAL) + len(characters()), DIMENSION), np.float32)
    made[1, 3], made[2, 4], made[3, 5] = 0.5, 0.4, 0.4
    for place, character in enumerate(characters(), len(SPECIAL)):
        (meaning,) = (number for number, row in enumerate(meanings) if character in row)
        made[place, meaning] = 1.0
        made[place, 3] = 0.01 * place
    return made


def tiny_model(
    folder: Path, *, at: str = "model.onnx", pooling: str = "cls", longest: int = 64, **network: Any
) -> Path:
    """A whole model in ``folder``; ``network``: as ``onnx_file`` takes it."""
    for part in (folder, folder / "1_Pooling", (folder / at).parent):
        part.mkdir(parents=True, exist_ok=True)
    (folder / at).write_bytes(onnx_file(**network))
    switches = {f"pooling_mode_{name}": name.startswith(pooling) for name in ("cls_token", "mean_tokens", "max_tokens")}
    write_json(folder / "1_Pooling/config.json", {"word_embedding_dimension": DIMENSION, **switches})
    write_json(folder / "sentence_bert_config.json", {"max_seq_length": longest, "do_lower_case": False})
    write_tokenizer(folder / "tokenizer.json")
    return folder


def write_json(file: Path, told: Any) -> None:
    file.write_text(json.dumps(told), encoding="utf-8")


def write_tokenizer(file: Path) -> None:
    """As of a Chinese BERT: each character by itself between [CLS] and [SEP]; filled up to 16 and cut at 500, which
    loading has to undo."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.normalizers import BertNormalizer
    from tokenizers.pre_tokenizers import BertPreTokenizer
    from tokenizers.processors import TemplateProcessing

    vocabulary = {token: number for number, token in enumerate((*SPECIAL, *characters()))}
    made = Tokenizer(WordPiece(vocabulary, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = BertNormalizer(), BertPreTokenizer()
    made.post_processor = TemplateProcessing("[CLS] $A [SEP]", None, [("[CLS]", 2), ("[SEP]", 3)])
    made.enable_padding(length=16)
    made.enable_truncation(500)
    made.save(str(file))


def vector(text: str, pooling: str, words: npt.NDArray[np.float32] | None = None) -> npt.NDArray[np.float32]:
    """What the tiny model makes of ``text``, reckoned here."""
    words = table() if words is None else words
    known = characters()
    tokens = [2, *(known.index(one) + len(SPECIAL) if one in known else 1 for one in text), 3]
    hidden = words[tokens] + MIXED * words[tokens].sum(axis=0)
    pooled = hidden[0] if pooling == "cls" else hidden.mean(axis=0)
    return np.asarray(pooled / np.linalg.norm(pooled), np.float32)


# --- the ONNX file ---


def onnx_file(
    *,
    words: npt.NDArray[np.float32] | None = None,
    inputs: Sequence[str] = ("input_ids", "attention_mask", "token_type_ids"),
    output: str = "last_hidden_state",
    kind: int = _INT64,
) -> bytes:
    """``words[input_ids]``, to which MIXED times their sum over the mask is added; token_type_ids are looked up among
    zeros. As ``sentence_embedding`` the second vector comes out, which no pooling gives."""
    words = table() if words is None else words
    nodes = [
        _node("Gather", ("words", inputs[0]), "each"),
        _node("Cast", ("attention_mask",), "mask", to=_FLOAT),
        _node("Unsqueeze", ("mask", "two"), "masks"),
        _node("Mul", ("each", "masks"), "counted"),
        _node("ReduceSum", ("counted", "one"), "sum"),
        _node("Mul", ("sum", "mixed"), "share"),
        _node("Add", ("each", "share"), "mixture"),
    ]
    last = "mixture"
    if "token_type_ids" in inputs:
        nodes += [_node("Gather", ("types", "token_type_ids"), "type"), _node("Add", (last, "type"), "typed")]
        last = "typed"
    shape: tuple[str | int, ...] = ("batch", "length", words.shape[1])
    if output == "sentence_embedding":
        nodes.append(_node("Gather", (last, "second"), output, axis=1))
        shape = ("batch", words.shape[1])
    else:
        nodes.append(_node("Identity", (last,), output))
    constants: Mapping[str, npt.NDArray[Any]] = {
        "words": words,
        "types": np.zeros((2, words.shape[1]), np.float32),
        "mixed": np.array(MIXED, np.float32),
        "one": np.array([1], np.int64),
        "two": np.array([2], np.int64),
        "second": np.array(1, np.int64),
    }
    graph = [_message(1, node) for node in nodes] + [_text(2, "tiny")]
    graph += [_message(5, _tensor(name, array)) for name, array in constants.items()]
    graph += [_message(11, _value(name, kind, ("batch", "length"))) for name in inputs]
    graph += [_message(12, _value(output, _FLOAT, shape))]
    version = _text(1, "") + _number(2, 17)
    return _number(1, 8) + _message(8, version) + _message(7, b"".join(graph))


def _node(operation: str, given: Sequence[str], made: str, **attributes: int) -> bytes:
    named = b"".join(
        _message(5, _text(1, name) + _number(3, value) + _number(20, 2)) for name, value in attributes.items()
    )
    return b"".join(_text(1, name) for name in given) + _text(2, made) + _text(3, made) + _text(4, operation) + named


def _tensor(name: str, array: npt.NDArray[Any]) -> bytes:
    kind = _FLOAT if array.dtype == np.float32 else _INT64
    dimensions = b"".join(_number(1, size) for size in array.shape)
    return dimensions + _number(2, kind) + _text(8, name) + _message(9, array.tobytes())


def _value(name: str, kind: int, shape: Sequence[str | int]) -> bytes:
    sizes = (_text(2, size) if isinstance(size, str) else _number(1, size) for size in shape)
    tensor = _number(1, kind) + _message(2, b"".join(_message(1, size) for size in sizes))
    return _text(1, name) + _message(2, _message(1, tensor))


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _message(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])
