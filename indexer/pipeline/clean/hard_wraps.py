"""Line ends of a printed page that became spaces, or stayed as newlines, in the middle of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from indexer.domain.edits import Edit

_IDEOGRAPH = "\u3400-\u9fff\uf900-\ufaff"
# A break of a line for certain: no editor sets a space between two characters neither of which is a letter or digit.
_BREAK = re.compile(r" (?<=[^\sA-Za-z0-9|] )(?=[^\sA-Za-z0-9|])")
_MID_WORD = re.compile(f" (?<=[{_IDEOGRAPH}] )(?=[{_IDEOGRAPH}])")
_SPACE = re.compile(r" (?<=[^\s|] )(?=[^\s|])")
_SENTENCE_END = re.compile(r"[。！？!?；;：:…][”’」』）)]*$")
_STARTS_ANEW = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节部条]"
    r"|\d{1,2}[.．、](?!\d)|[①-⑳]|[一二三四五六七八九十]{1,2}是|各位代表|——|[●■◆▲★]|附件|注[:：])"
)
_NARROWEST, _WIDEST = 15, 100  # characters on a printed line
_FEWEST = 5  # breaks in mid-word before a text counts as wrapped; seed 003 has 102
_REGULAR = 0.5  # share of the lines that are as long as the usual one


def width(text: str) -> int:
    """Characters on a line where lines became spaces; 0 where the text isn't wrapped so."""
    if len(_MID_WORD.findall(text)) < _FEWEST:
        return 0
    printed = [
        [round(breadth(stretch)) for stretch in _BREAK.split(line)[1:-1]]
        for line in text.split("\n")
        if " | " not in line
    ]
    lengths = Counter(measure for line in printed for measure in line)
    usual = max(range(_NARROWEST, _WIDEST), key=lambda w: sum(lengths[w + d] for d in (-1, 0, 1)))
    near = sum(lengths[usual + d] for d in (-3, -2, -1, 0, 1, 2, 3))
    halved = sum(_in_two(line, usual) for line in printed)
    lines = sum(lengths.values()) - halved
    return usual if near >= _FEWEST and near + halved >= _REGULAR * lines else 0


def _in_two(stretches: list[int], usual: int) -> int:
    """Printed lines in which a paragraph ended: its space there cuts them in two that make up the usual length."""
    found = at = 0
    while at < len(stretches) - 1:
        first, second = stretches[at : at + 2]
        whole = max(first, second) < usual - 3 and abs(first + second - usual) <= 2
        found += whole
        at += 2 if whole else 1
    return found


def join_spaces(text: str, usual: int) -> Iterator[Edit]:
    """Spaces of wrapped lines go; those between words in Latin letters stay. After the last line of a paragraph,
    which is shorter and ends with a stop, a newline comes instead."""
    at = 0
    for line in text.split("\n"):
        if " | " not in line:
            yield from _of_line(line, at, usual)
        at += len(line) + 1


def _of_line(line: str, at: int, usual: int) -> Iterator[Edit]:
    started = 0
    for space in _SPACE.finditer(line):
        here = space.start()
        before, after = line[here - 1], line[here + 1]
        if _latin(before) and _latin(after):
            continue  # R&D expenditure
        inserted = ""
        if not _latin(before) and not _latin(after):
            printed = line[max(started, here - 2 * usual) : here]
            ends = _SENTENCE_END.search(printed)
            # The first stretch may begin in the middle of a printed line, where a heading was split off: not measured.
            if started and ends and here - started < 2 * usual and breadth(printed) < 0.8 * usual:
                inserted = "\n"
            started = here + 1
        yield Edit(at + here, " ", inserted)


def join_lines(text: str) -> Iterator[Edit]:
    """Newlines in mid-paragraph go, where most lines are of one length and end in mid-sentence."""
    lines = text.split("\n")
    usual = _usual_line(lines)
    if not usual:
        return
    at = 0
    previous: tuple[int, str] | None = None  # where the last written line ends, and the line
    for line in lines:
        stripped = line.strip()
        if stripped:
            if previous and _runs_on(previous[1], line, usual):
                latin = _latin(previous[1].rstrip()[-1]) and _latin(stripped[0])
                start, end = previous[0], at + len(line) - len(line.lstrip())
                yield Edit(start, text[start:end], " " if latin else "")
            previous = (at + len(line.rstrip()), line)
        at += len(line) + 1


def _usual_line(lines: list[str]) -> int:
    written = [line.rstrip() for line in lines if line.strip() and " | " not in line]
    if len(written) < 8:
        return 0
    lengths = Counter(round(breadth(line.strip())) for line in written)
    usual = max(range(_NARROWEST, _WIDEST), key=lambda w: sum(lengths[w + d] for d in (-1, 0, 1)))
    full = [line for line in written if abs(breadth(line.strip()) - usual) <= 3]
    in_mid_sentence = sum(not _SENTENCE_END.search(line) for line in full)
    longer = sum(breadth(line) > usual + 4 for line in written)
    regular = len(full) >= _REGULAR * len(written) and longer <= 0.05 * len(written)
    return usual if regular and in_mid_sentence >= 0.6 * len(full) else 0


def _runs_on(line: str, after: str, usual: int) -> bool:
    if breadth(line.strip()) < usual - 3.5 or " | " in line or " | " in after:
        return False
    if _STARTS_ANEW.match(after):
        return False
    return not (_SENTENCE_END.search(line.rstrip()) and after.startswith("  "))


def breadth(line: str) -> float:
    """In full-width characters; the narrow ones count half, spaces nothing."""
    spaces = line.count(" ")
    beyond = (len(line.encode("utf-8", "surrogatepass")) - len(line)) / 2  # a Chinese character takes three bytes
    return beyond + (len(line) - beyond - spaces) / 2


def _latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
