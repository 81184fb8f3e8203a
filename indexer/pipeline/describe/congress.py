"""Whether a paper is a government's report to its people's congress, and where its head ends."""

from __future__ import annotations

import re

_SESSION = re.compile(r"第?[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大)")
_SESSION_LINE = re.compile(
    r"在[\u4e00-\u9fff]{1,16}第?[一二三四五六七八九十]{1,3}届[\s*]*(?:人民代表大会|人大)[^，。\n]{0,14}会议"
)
_ONLY_A_HEADING = re.compile(r"[*#\s]*[一二三][、.．]")
_ADDRESS = re.compile(r"各位代表")
_SPOKEN = re.compile(
    r"代表.{0,24}?(?:政府|革命委员会)[，,]?.{0,16}?(?:大会|会议|作|做|报告).{0,60}?(?:报告|工作|审议)"
    r"|向(?:本次)?大会(?:作|做|报告)|请予审议|请(?:各位|省人大|市人大)?代表.{0,6}审议"
)
_SPEAKER = re.compile(r"各位代表|省长|市长|州长|盟长|县长|旗长|自治区(?:人民政府)?(?:代)?主席")
_TITLE = re.compile(r"政府工作报告")
_HEAD = 400  # characters: title line, session, speaker, date
_OPENING = 1_500  # the sentence with which the report is put before the congress


_FOR_A_REGION = re.compile(r"全市|我市|全省|我省|全州|我州|全县|我县|自治区|省委|市委|州委|县委")
_OF_A_ZONE = re.compile(r"管委会|园区|我区|高新区|经开区|开发区")
_INSISTENT = 20  # times; the least insistent of the 1,472 work reports says it 31 times


def is_governments_report(title: str | None, text: str) -> bool:
    """True for a 政府工作报告: its title says so, it opens like one, or it speaks for a region from end to end.

    What extraction took for the title is often the session: both are looked at as one head.
    """
    head = f"{title}\n{text[:_OPENING]}" if title else text[:_OPENING]
    if _TITLE.search(head[:60]) or (title and _TITLE.search(title)):
        return True
    if _ADDRESS.search(head[:_HEAD]) and _SPOKEN.search(head):
        return True
    if _SESSION_LINE.search(head[:150]) or (_SESSION.search(head[:150]) and _SPEAKER.search(head[:_HEAD])):
        return True
    return (not title or _ONLY_A_HEADING.match(title) is not None) and _speaks_for_a_region(text)


def _speaks_for_a_region(text: str) -> bool:
    spoken = len(_FOR_A_REGION.findall(text))
    return spoken >= _INSISTENT and spoken > 2 * len(_OF_A_ZONE.findall(text))
