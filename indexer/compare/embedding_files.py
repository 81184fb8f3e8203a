"""The folder of a sentence-embedding model, as sentence-transformers and Optimum write it.

::

    model.onnx or onnx/model.onnx      the network (beside it model.onnx_data where it has more than 2 GB)
    tokenizer.json                     cuts a text into the numbers it takes
    1_Pooling/config.json              how a text's vector comes of those of its tokens: cls or mean
    sentence_bert_config.json, tokenizer_config.json        how many tokens it takes at most
    modules.json, config_sentence_transformers.json         further steps; words that stand before every text

What is missing or says something that isn't done here is refused: a vector made otherwise than the model was trained
for looks like any other, and finds less.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from indexer.errors import BadSetup

FINGERPRINT = "embedding"  # what a build calls the sha256 of its model (ingest/fingerprints.py)
LONGEST = 512  # tokens of a text that are looked at, whatever the model takes: a measure is a sentence
_MODELS = ("model.onnx", "onnx/model.onnx")
_POOLING = "1_Pooling/config.json"
_LENGTHS = (("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length"))
_PROMPTS = "config_sentence_transformers.json"
_MODULES = "modules.json"
_POOLINGS = {"pooling_mode_cls_token": "cls", "pooling_mode_mean_tokens": "mean"}
_STEPS = ("Transformer", "Pooling", "Normalize")  # that are done here; the last one always


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """``model`` and ``tokenizer`` are there; the others are read when they are asked for."""

    folder: Path
    model: Path
    tokenizer: Path

    @classmethod
    def of(cls, folder: Path) -> ModelFiles:
        """Raises BadSetup."""
        if not folder.is_dir():
            raise BadSetup("embedding.no_folder", folder=folder)
        model = next((folder / name for name in _MODELS if (folder / name).is_file()), None)
        if model is None:
            raise BadSetup("embedding.no_file", folder=folder, name=_MODELS[0])
        tokenizer = folder / "tokenizer.json"
        if not tokenizer.is_file():
            raise BadSetup("embedding.no_file", folder=folder, name=tokenizer.name)
        return cls(folder, model, tokenizer)

    def sha256(self) -> str:
        """Of all files that decide a vector; read anew only where one was touched. Raises BadSetup."""
        try:
            stamps = [(file, file.stat()) for file in self._read()]
            return _sha256(tuple((self.folder, file, stat.st_size, stat.st_mtime_ns) for file, stat in stamps))
        except OSError as error:
            raise BadSetup("embedding.broken", file=self.folder, problem=error.strerror or error) from error

    def pooling(self) -> str:
        """``cls`` or ``mean``. Raises BadSetup."""
        file = self.folder / _POOLING
        if not file.is_file():
            raise BadSetup("embedding.no_file", folder=self.folder, name=_POOLING)
        told = _object(file)
        modes = told.get("pooling_mode")  # as newer ones are written; in older ones each has a switch of its own
        if modes is None:
            on = [name for name, value in told.items() if name.startswith("pooling_mode_") and value is True]
            modes = [_POOLINGS.get(name, name.removeprefix("pooling_mode_")) for name in on]
        found = modes if isinstance(modes, list) else [modes]
        if found not in (["cls"], ["mean"]):
            raise BadSetup("embedding.pooling", file=file, found=found)
        return str(found[0])

    def longest(self) -> int:
        """How many tokens of a text the model takes, LONGEST at most. Raises BadSetup where no file says it."""
        for name, key in _LENGTHS:
            file = self.folder / name
            told = _object(file).get(key) if file.is_file() else None
            if isinstance(told, int) and 0 < told <= 1_000_000:  # 10 ** 30 stands there for "not known"
                return min(told, LONGEST)
        raise BadSetup("embedding.no_length", folder=self.folder, names=[name for name, _ in _LENGTHS])

    def prompt(self) -> str:
        """What is put before every text; mostly nothing. Raises BadSetup."""
        file = self.folder / _PROMPTS
        if not file.is_file():
            return ""
        told = _object(file)
        prompts, name = told.get("prompts"), told.get("default_prompt_name")
        return str(prompts.get(name, "")) if isinstance(prompts, dict) and name is not None else ""

    def refuse_further_steps(self) -> None:
        """Raises BadSetup where more is done to a vector than this program does (a Dense layer, say)."""
        file = self.folder / _MODULES
        if not file.is_file():
            return
        try:
            types = [str(module["type"]).rpartition(".")[2] for module in _parsed(file)]
        except (TypeError, KeyError) as error:
            raise BadSetup("embedding.broken", file=file, problem=error) from error
        if other := [kind for kind in types if kind not in _STEPS]:
            raise BadSetup("embedding.further_step", file=file, found=other)

    def _read(self) -> Iterator[Path]:
        yield from sorted(self.model.parent.glob(f"{self.model.name}*"))  # with what is kept beside a large one
        yield self.tokenizer
        for name in (_POOLING, *(name for name, _ in _LENGTHS), _PROMPTS, _MODULES):
            if (self.folder / name).is_file():
                yield self.folder / name


@lru_cache(maxsize=8)
def _sha256(stamps: tuple[tuple[Path, Path, int, int], ...]) -> str:
    """Over (folder, file in it, size, time of change), so that a gigabyte isn't read for every question."""
    digest = hashlib.sha256()
    for folder, file, size, _ in stamps:
        digest.update(f"{file.relative_to(folder).as_posix()} {size}\n".encode())
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()


def _object(file: Path) -> dict[str, Any]:
    told = _parsed(file)
    if not isinstance(told, dict):
        raise BadSetup("embedding.broken", file=file, problem=type(told).__name__)
    return told


def _parsed(file: Path) -> Any:
    try:
        return json.loads(file.read_bytes())
    except OSError as error:
        raise BadSetup("embedding.broken", file=file, problem=error.strerror or error) from error
    except ValueError as error:
        raise BadSetup("embedding.broken", file=file, problem=error) from error
