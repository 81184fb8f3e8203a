"""The title, printed once or twice more where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.domain.edits import Edit

_SKIPPED = re.compile(r"[^\w]|_")
_SUFFIX = re.compile(r"\.(?:docx?|pdf|txt|wps|ofd|html?)$", re.IGNORECASE)
_YEAR = re.compile(r"^(?:(?:19|20)\d\d|[xX×]{2,4})年度?")
_SHORTEST = 6  # letters of a title that may be taken off where no line end closes it
# What a text begins with when the title runs directly into it.
_BEGINS = re.compile(
    r"[一二三四五六七八九十]、|[（(]|今年|近年|去年|本年|上半年|一年来|各位|尊敬|根据|按照|为(?:贯彻|深入|进一步|全面|落实|了)|现将"
    r"|(?:19|20)\d\d年|x{1,4}(?:年|至|高|经|区|市|县|科)"
)
_MOST = 3


def drop_title(text: str, title: str) -> Iterator[Edit]:
    """Repeated titles at the beginning go. Years in front of it and punctuation may differ: a copy's title is often
    re-dated, and brackets get lost."""
    wanted = {form for form in _forms(title) if len(form) >= _SHORTEST}
    here = 0
    for _ in range(_MOST):
        end = _title_end(text, here, wanted)
        if end is None or not text[end:].strip():
            break
        here = end
    if here:
        yield Edit(0, text[:here], "")


def _forms(title: str) -> set[str]:
    whole = _SKIPPED.sub("", _SUFFIX.sub("", title.strip()))
    return {whole, _YEAR.sub("", whole)}


def _title_end(text: str, start: int, wanted: set[str]) -> int | None:
    """Where a title that begins at ``start`` ends, with the space behind it."""
    longest = max(map(len, wanted), default=0)
    letters = ""
    for here in range(start, min(len(text), start + 3 * longest + 10)):
        character = text[here]
        if character == "\n":
            break
        if not _SKIPPED.match(character):
            letters += character
        if len(letters) > longest + 6:
            break
        if not wanted & {letters, _YEAR.sub("", letters)}:
            continue
        end = here + 1
        while end < len(text) and text[end] in '》”"）)】.':
            end += 1
        rest = text[end:]
        if not rest or rest[0] in " \n" or _BEGINS.match(rest):
            return end + len(rest) - len(rest.lstrip())
    return None
