"""The texts of many passages one after the other, so that they are looked through in one go."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from indexer.text.fold import folded_codes

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class JoinedTexts:
    """Of each passage its text and its restored text ("" where there is none), with a character 0 behind each.

    ``parts``: text, restored text, text, restored text…; ``report_of``: of each passage the number of its report among
    these; ``honest``: of each report; ``looked_at``: of each passage, whether it is cut.
    """

    def __init__(self, parts: list[str], report_of: Ints, honest: Flags, looked_at: Flags) -> None:
        self.text = "\0".join((*parts, ""))
        self.codes = folded_codes(self.text)
        self.lengths = np.fromiter(map(len, parts), np.int64, len(parts)) + 1
        self.ends = self.lengths.cumsum()
        self.report_of = report_of
        self.honest = honest
        self.looked_at = looked_at

    @cached_property
    def part_of(self) -> npt.NDArray[np.int32]:
        """Of each character; the passage has half the number."""
        return np.repeat(np.arange(len(self.lengths), dtype=np.int32), self.lengths)

    @cached_property
    def shown(self) -> Flags:
        """Of each part, whether it is cut: texts are, restored ones aren't."""
        shown = np.zeros(len(self.ends), np.bool_)
        shown[::2] = self.looked_at
        return shown
