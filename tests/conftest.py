"""Keeps Hypothesis repeatable in CI, leaves what is slow to CI, and makes once what many tests need.

``@pytest.mark.slow``: seconds of CPU for something that seldom breaks. Run with ``CI=true``, as .ci/run does.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from types import CodeType

import jieba
import pytest
from filelock import FileLock
from flask import Flask
from hypothesis import settings
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from indexer import tables
from indexer.library import Library
from indexer.locale import CHINESE, speaking
from indexer.text import analyser
from tests.shared import IN_CI

settings.register_profile("ci", derandomize=True, max_examples=100, deadline=None)
settings.register_profile("dev", max_examples=25, deadline=None)
settings.load_profile("ci" if IN_CI else "dev")
SAMPLE = Path(__file__).resolve().parents[1] / "corpus" / "sample" / "pages"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not IN_CI:
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(pytest.mark.skip(reason="slow: in CI, or with CI=true"))


def pytest_collection_finish() -> None:
    """Python looks through the whole heap for cycles again and again; 5,900 tests, tables and jieba's 500,000 words are
    none. Of three files of pages and commands this takes 14 % of the CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """A page asked for in English leaves its language to whatever comes next in this thread."""
    with speaking(CHINESE):
        yield


@pytest.fixture(autouse=True, scope="session")
def words_read_once() -> Iterator[None]:
    """Every Analyser reads jieba's dictionary, .4 s, and some 300 libraries are opened here. Those of one lexicon share
    an Analyser, others get a copy of the dictionary."""
    read = cache(partial(analyser._dictionary, jieba.Tokenizer()))

    def copied(_: jieba.Tokenizer) -> tuple[dict[str, int], int]:
        words, total = read()
        return words.copy(), total

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(analyser, "_dictionary", copied)
        patch.setattr(tables, "Analyser", cache(analyser.Analyser))
        yield


class CompiledTemplates(BytecodeCache):
    """Of all applications of a process. Most tests of pages make one, whose first page takes .04 s to compile."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.code


@pytest.fixture(autouse=True, scope="session")
def templates_compiled_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
        yield


@pytest.fixture(autouse=True, scope="session")
def nothing_waits_for_the_disk() -> Iterator[None]:
    """A small build asks 140 times for it, for .3 s. What the kernel has been given outlives a killed process; only the
    loss of power is another thing, which no test brings about. Processes of their own wait as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda file: None)
        yield


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample corpus in it, built once for all workers of a run; nobody writes to it."""
    run = tmp_path_factory.getbasetemp()
    folder = (run.parent if "PYTEST_XDIST_WORKER" in os.environ else run) / "sample"
    with FileLock(f"{folder}.lock"):
        if not (folder / "current").exists():
            library = Library.open(data=folder)
            added = list(library.add([str(SAMPLE)]))
            assert [one.reason for one in added if one.report is None] == []
            library.build()
            library.close()
    return folder
