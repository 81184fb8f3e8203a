"""How much a text reads like Chinese, and double-byte text read across a lost byte."""

from __future__ import annotations

import re

# The characters that fill a third of any Chinese text, simplified and traditional, with its punctuation.
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
    "已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"
    "市区县省企项目投招商创科技服务首页下载发布时间来源网站信息新闻"
    "這為個國時來們對會發動種說過產後經進著電裡實兩體機從業應開還樣與關線內數間義問質氣條結變無系軍題黨員總設長頭資邊級圖統"
    "較將組見計別論運農縣項創務頁載聞網"
    "，。、：；（）《》“”"
)
_ODD = re.compile("[\ue000-\uf8ff\u0080-\u009f\uff61-\uff9f\u3105-\u312f\u0400-\u04ff\u2500-\u257f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
# Double-byte text with the ASCII letters that may be second bytes; gb18030's four-byte characters hold digits.
_RUN = re.compile(rb"[\x80-\xff](?:(?<=[\x81-\xfe])[0-9][\x81-\xfe][0-9]|[\x40-\xff])*")
_MOST_MENDED = 50_000  # bytes; a page with more unreadable ones is in another charset, mending would only cost time


def everyday_share(text: str) -> float:
    """Share of everyday characters among those beyond ASCII; replaced and odd ones count against it. 0 where none."""
    beyond = re.sub("[\x00-\x7f]+", "", text)
    if not beyond:
        return 0.0
    everyday = sum(map(_EVERYDAY.__contains__, beyond))
    against = 2 * beyond.count("\ufffd") + len(_ODD.findall(beyond))
    return (everyday - against) / len(beyond)


def decode_double_byte(data: bytes, name: str) -> str:
    """``data`` in gb18030 or big5hkscs, bad bytes replaced.

    One lost or added byte shifts every pair after it up to the next ASCII character, and most wrong pairs are
    characters too. So a run that cannot be read strictly, or gives characters of private use, is read at every
    alignment and cut where that gives the most everyday characters.
    """
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        text = ""
    if text and not _PRIVATE.search(text):
        return text
    parts: list[str] = []
    here = mended = 0
    for run in _RUN.finditer(data):
        parts.append(data[here : run.start()].decode("ascii", "replace"))
        here = run.end()
        try:
            read = run.group().decode(name)
        except UnicodeDecodeError:
            read = ""
        if not read or _PRIVATE.search(read):
            mended += len(run.group())
            if mended > _MOST_MENDED:
                return text or data.decode(name, "replace")
            read = _mended(run.group(), name)
        parts.append(read)
    parts.append(data[here:].decode("ascii", "replace"))
    return "".join(parts)


def _mended(run: bytes, name: str) -> str:
    """``run`` with one byte or two given up, at the place that leaves the most everyday characters."""
    worth_from = [0] * (len(run) + 3)
    for at in range(len(run) - 1, -1, -1):
        character, width = _character(run, at, name)
        worth_from[at] = _worth(character) + worth_from[at + width]
    best, cut, skipped = worth_from[0], 0, 0
    at = gained = 0
    while at < len(run):
        for skip in (1, 2):
            worth = gained + worth_from[at + skip] - 4
            if worth > best:
                best, cut, skipped = worth, at, skip
        character, width = _character(run, at, name)
        gained += _worth(character)
        at += width
    head, tail = (_characters(part, name) for part in (run[:cut], run[cut + skipped :]))
    return head + ("\ufffd" if skipped else "") + tail


def _characters(run: bytes, name: str) -> str:
    found, at = [], 0
    while at < len(run):
        character, width = _character(run, at, name)
        found.append(character)
        at += width
    return "".join(found)


def _character(run: bytes, at: int, name: str) -> tuple[str, int]:
    """The character at ``at`` and how many bytes it takes; U+FFFD and one byte where there is none."""
    if run[at] < 0x80:
        return chr(run[at]), 1
    for width in (2, 4):
        try:
            read = run[at : at + width].decode(name)
        except UnicodeDecodeError:
            continue
        return read, min(width, len(run) - at)
    return "\ufffd", 1


def _worth(character: str) -> int:
    """Points for ``character``: a wrong alignment gives few everyday ones and many of the rarer second levels."""
    if character == "\ufffd":
        return -4
    if character in _EVERYDAY:
        return 3
    return 1 if character < "\x80" or _is_first_level(character) else 0


def _is_first_level(character: str) -> bool:
    """Of the 3,755 common characters of GB 2312, or the 5,401 of Big5."""
    for name, first, last in (("gb2312", b"\xb0\xa1", b"\xd7\xf9"), ("big5", b"\xa4\x40", b"\xc6\x7e")):
        try:
            code = character.encode(name)
        except UnicodeEncodeError:
            continue
        if first <= code <= last:
            return True
    return False
