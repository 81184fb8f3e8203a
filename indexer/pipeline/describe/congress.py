"""Whether a paper is a government's report to its people's congress, and where its head ends."""

from __future__ import annotations

import re

_SESSION = re.compile(r"第?[一二三四五六七八九十]{1,3}届(?:人民代表大会|人大)")
_ADDRESS = re.compile(r"各位代表")
_SPOKEN = re.compile(
    r"代表.{0,24}?(?:政府|革命委员会)[，,]?.{0,16}?(?:大会|会议|作|做|报告).{0,60}?(?:报告|工作|审议)"
    r"|向(?:本次)?大会(?:作|做|报告)|请予审议|请(?:各位|省人大|市人大)?代表.{0,6}审议"
)
_SPEAKER = re.compile(r"各位代表|省长|市长|州长|盟长|县长|旗长|自治区(?:人民政府)?(?:代)?主席")
_TITLE = re.compile(r"政府工作报告")
_HEAD = 400  # characters: title line, session, speaker, date
_OPENING = 1_500  # the sentence with which the report is put before the congress


def speaks_to_congress(title: str | None, text: str) -> bool:
    """True for a 政府工作报告: it says so in its title, or opens like one."""
    if title and _TITLE.search(title):
        return True
    head = text[:_HEAD]
    if _TITLE.search(head[:60]):
        return True
    opened = _ADDRESS.search(head) is not None and _SPOKEN.search(text[:_OPENING]) is not None
    return opened or (_SESSION.search(head[:150]) is not None and _SPEAKER.search(head) is not None)
