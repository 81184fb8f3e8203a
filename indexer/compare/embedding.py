"""Vectors of texts by a sentence-embedding model that lies on this machine (the extra ``embeddings``).

onnxruntime runs the network on the processor, tokenizers cuts the texts; both read the files they are given and ask
nobody. Which files, and how they are read: ``embedding_files``.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from indexer.compare.embedding_files import ModelFiles
from indexer.errors import BadSetup

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Floats = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
SENTENCE = "sentence_embedding"  # an output that is a text's vector: pooling and further steps are in the network
_OUTPUTS = (SENTENCE, "last_hidden_state", "token_embeddings")  # the others: a vector a token
_TYPES = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
_TOKENS_AT_ONCE = 2048  # of a batch
_TRIED = "试一试"  # when a model is opened


@dataclass(frozen=True, slots=True)
class EmbeddingModel:
    """``weight``: what its cosine counts beside the other signals. ``inputs``: name → type. ``pooling``: None where
    ``output`` is pooled already. ``dimension`` of a vector. Any number of threads may ask it at once."""

    folder: Path
    sha256: str
    weight: float
    session: InferenceSession
    tokenizer: Tokenizer
    prompt: str
    inputs: tuple[tuple[str, npt.DTypeLike], ...]
    output: str
    pooling: str | None
    dimension: int = 0

    @classmethod
    def open(cls, folder: Path, weight: float, threads: int = 1) -> EmbeddingModel:
        """Raises BadSetup where the extra or a file is missing, a file is broken, or the model is of another kind."""
        files = ModelFiles.of(folder)
        sha256, prompt = files.sha256(), files.prompt()
        tokenizer, session = _tokenizer(files), _session(files, threads)
        output = _output(files, session)
        pooling = None
        if output != SENTENCE:
            files.refuse_further_steps()
            pooling = files.pooling()
        inputs = _inputs(files, session)
        made = cls(folder, sha256, weight, session, tokenizer, prompt, inputs, output, pooling)
        dimension = made._run(made._numbers(_TRIED)[np.newaxis]).shape[1]
        return cls(folder, sha256, weight, session, tokenizer, prompt, inputs, output, pooling, dimension)

    def vectors(self, texts: Sequence[str], told: Callable[[int, int], None] = lambda done, total: None) -> Floats:
        """A row a text, each of length 1. Texts of as many tokens go through together, so that none is filled up and
        a vector doesn't depend on its neighbours. ``told``: (so many done, of so many). Raises BadSetup."""
        made = np.zeros((len(texts), self.dimension), np.float32)
        numbers = [self._numbers(text) for text in texts]
        done = 0
        for batch in _batches([len(one) for one in numbers]):
            made[batch] = self._run(np.stack([numbers[place] for place in batch]))
            done += len(batch)
            told(done, len(texts))
        return made

    def _numbers(self, text: str) -> Numbers:
        return np.array(self.tokenizer.encode(self.prompt + text).ids, np.int64)

    def _run(self, numbers: Numbers) -> Floats:
        """``numbers``: a row a text, all as long, no filling."""
        given = {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        }
        try:
            (found,) = self.session.run(
                [self.output], {name: given[name].astype(kind, copy=False) for name, kind in self.inputs}
            )
        except _runtime_errors() as error:
            raise BadSetup("embedding.failed", folder=self.folder, problem=_first_line(error)) from error
        pooled = np.asarray(found, np.float32)
        if self.pooling is not None and pooled.ndim == 3:
            pooled = pooled[:, 0] if self.pooling == "cls" else pooled.mean(axis=1)
        elif self.pooling is not None or pooled.ndim != 2:
            raise BadSetup("embedding.outputs", folder=self.folder, found=[self.output], known=list(_OUTPUTS))
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        if not (np.isfinite(lengths).all() and (lengths > 0).all()):
            raise BadSetup("embedding.no_direction", folder=self.folder)
        return np.asarray(pooled / lengths, np.float32)


def _session(files: ModelFiles, threads: int) -> InferenceSession:
    try:
        import onnxruntime
    except ImportError as error:
        raise BadSetup("embedding.no_extra") from error
    onnxruntime.disable_telemetry_events()  # there are none but on Windows
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
    options.log_severity_level = 4  # what is wrong is said once, by us
    try:
        # named, for what is there may hold one that asks a cloud (Azure)
        return onnxruntime.InferenceSession(str(files.model), options, providers=["CPUExecutionProvider"])
    except _runtime_errors() as error:
        raise BadSetup("embedding.broken", file=files.model, problem=_first_line(error)) from error


def _runtime_errors() -> tuple[type[Exception], ...]:
    """All that onnxruntime raises; it has no root of its own for them."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state

    named = (getattr(state, name) for name in dir(state))
    own = (one for one in named if isinstance(one, type) and issubclass(one, Exception))
    return (*own, ValueError, RuntimeError)


def _tokenizer(files: ModelFiles) -> Tokenizer:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")  # a process makes one page at a time
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # tokenizers asks the hub for what has only a name; a file has none
    try:
        from tokenizers import Tokenizer
    except ImportError as error:
        raise BadSetup("embedding.no_extra") from error
    longest = files.longest()
    try:
        tokenizer = Tokenizer.from_file(str(files.tokenizer))
    except Exception as error:  # tokenizers raises nothing nearer for a file that it can't read
        raise BadSetup("embedding.broken", file=files.tokenizer, problem=_first_line(error)) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer


def _inputs(files: ModelFiles, session: InferenceSession) -> tuple[tuple[str, npt.DTypeLike], ...]:
    found = {one.name: one.type for one in session.get_inputs()}
    known = ("input_ids", "attention_mask", "token_type_ids")
    if "input_ids" not in found or not set(found) <= set(known) or not set(found.values()) <= set(_TYPES):
        raise BadSetup("embedding.inputs", folder=files.folder, found=list(found), known=list(known))
    return tuple((name, _TYPES[kind]) for name, kind in found.items())


def _output(files: ModelFiles, session: InferenceSession) -> str:
    found = [one.name for one in session.get_outputs()]
    wanted = next((name for name in _OUTPUTS if name in found), None)
    if wanted is None:
        raise BadSetup("embedding.outputs", folder=files.folder, found=found, known=list(_OUTPUTS))
    return wanted


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of texts of one length, _TOKENS_AT_ONCE at most; none of those that have no token at all."""
    alike: dict[int, list[int]] = defaultdict(list)
    for place, length in enumerate(lengths):
        if length:
            alike[length].append(place)
    for length, places in sorted(alike.items()):
        most = max(1, _TOKENS_AT_ONCE // length)
        yield from (places[start : start + most] for start in range(0, len(places), most))


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0][:200]
