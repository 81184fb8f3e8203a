"""The embedding model that config.toml names, where it names one."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from indexer.compare.embedding import EmbeddingModel
from indexer.compare.embedding_files import FINGERPRINT, ModelFiles
from indexer.compare.measure_vectors import MeasureVectors
from indexer.errors import NoIndex, OtherVersion
from indexer.settings import Settings
from indexer.stores.builds import Builds


class ConfiguredEmbedding:
    """Opens nothing before it is asked. Any number of threads may ask it at once."""

    def __init__(self, settings: Settings) -> None:
        self._folder: Path | None = settings.embedding_folder
        self._weight = settings.compare.embedding_weight
        self._builds = Builds(settings.data_folder)
        self._lock = threading.Lock()
        self._model: EmbeddingModel | None = None

    def opened(self, threads: int = 1) -> EmbeddingModel | None:
        """The model, on ``threads`` threads of its own; None where none is configured. Raises BadSetup."""
        return None if self._folder is None else EmbeddingModel.open(self._folder, self._weight, threads)

    def of_build(self, made_with: Mapping[str, str]) -> EmbeddingModel | None:
        """The model, for questions to a build that says what it was made with; opened once, and again where its files
        were changed. Raises BadSetup; OtherVersion where the build was made with another one or with none."""
        if self._folder is None:
            return None
        with self._lock:
            if made_with.get(FINGERPRINT) != ModelFiles.of(self._folder).sha256():
                raise OtherVersion("embedding.other_build", folder=self._folder)
            if self._model is None or self._model.sha256 != made_with[FINGERPRINT]:
                self._model = self.opened()
            return self._model

    def vectors_before(self, model: EmbeddingModel) -> MeasureVectors | None:
        """Those of the live build, where ``model`` made them and no byte of the build has turned."""
        try:
            _, folder = self._builds.live()
            if folder.made_with().get(FINGERPRINT) != model.sha256 or folder.damage(thoroughly=True):
                return None
            return MeasureVectors.open(folder.similar, model)
        except (NoIndex, OSError):
            return None

    def check(self) -> EmbeddingModel | None:
        """The model, opened anew and tried; None where none is configured. Raises BadSetup; NoIndex where the live
        build was made with another, and where there is none."""
        model = self.opened()
        if model is not None:
            self.of_build(self._builds.live()[1].made_with())
        return model
