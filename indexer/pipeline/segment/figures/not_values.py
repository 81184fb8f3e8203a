"""Printed numbers that are no values: thresholds (10亿元以上项目) and parts of names (第28, 稳外贸20条)."""

from __future__ import annotations

import re

from indexer.pipeline.segment.wording import words

CIRCLE = re.compile("[^，,。；;、]{0,8}圈|过境")  # 15分钟便民生活圈, 72小时过境免签
BLOTS = "xX×*＊_"
BLOTTED_BASES = frozenset(
    words(
        """
        个百分点 百分点 % ‰ 美元 欧元 港元 元 平方公里 平方千米 平方米 平方 ㎡ 平米 公顷 亩 公里 千米 米 吨 人次
        家次 批次 件次 人 名 家 户 项 件 个 条 栋 座 所 台 辆 套 宗 次 倍 亿
        """
    )
)
# What a set of measures is called by is no count: 落实稳外贸20条。 With 措施 behind it, the measures are counted.
CALLED = re.compile(
    "(?:环境|增长|经济|发展|创新|改革|消费|投资|工业|金融|外贸|外资|就业|开放|纾困|振兴|惠企|助企|暖企|惠民|六保|六稳)$"
)
CLOSED = re.compile("[，,。；;、）)]|等(?:[^，。；]{0,6}(?:政策|措施|举措))|$")
AMONG = re.compile("(?:全国|全省|全市|全区)$")
PLACED = re.compile("[^，。；、\\d]{0,10}(?:前列|第[一二三四五六七八九十\\d]|首位|榜首)")
THRESHOLD_UNITS = ("元", "亩", "平方米", "人", "亿", "吨")
THRESHOLD_AFTER = re.compile(
    r"(?:及?以上|以下)(?:的)?(?:[有在]|(?=\d)|[^，,。；;、\d]{0,10}(?:项目|企业|产业|工程|客商|岗位|投资|增加值|工业|大?户|个体|商户|村))|(?:及?以上|以下)[、和]\d[^，。；]{0,12}(?:企业|项目)|级|(?:存量)?(?:企业|项目)(?=\d|达|有|分别)"
    r"|(?:级|规模)?(?:产业集群|产业链|产业|俱乐部)"
)
OVER = ("过", "超", "上", "达", "破")
# 产值超20亿元的6家 counts those above; 总投资超20亿元的6个项目 may be worth that together, and stays a value.
THOSE_OVER = re.compile("的(?:有|占|达到?)?\\d")
TOGETHER = re.compile("(?:总投资|总规模|总额)[^，,。；;]{0,3}$")


def is_threshold(text: str, match: re.Match[str]) -> bool:
    """``match``: of a quantity, with its groups ``base``, ``scale``, ``low`` and ``after``."""
    if not match.group("base").endswith(THRESHOLD_UNITS):
        return False
    end = match.start("after") if match.group("after") else match.end()
    before = text[max(0, match.start() - 6) : match.start()]
    if before.endswith(("超", "超过", "过")) and THOSE_OVER.match(text, end) and not TOGETHER.search(before):
        return True
    found = THRESHOLD_AFTER.match(text, end)
    if found is None:
        return False
    if found.group() in ("企业", "项目", "存量企业"):
        return match.group("low") is not None or text[max(0, match.start() - 1) : match.start()] in OVER
    if found.group()[0] in "以及级":
        return True
    return match.group("scale") in ("亿", "万亿") and match.group("base") == "元"


def is_part_of_a_name(text: str, match: re.Match[str]) -> bool:
    """第28, 前11个月 and 7×24小时 count nothing; a blot before a doubtful counter (xx部, xx场) is rather a name."""
    if text[max(0, match.start() - 1) : match.start()] in ("第", "×", "前"):
        return True
    if match.group("base") in ("分钟", "小时", "公里") and CIRCLE.match(text, match.end()):
        return True
    if match.group("base") == "条" and CALLED.search(text, max(0, match.start() - 2), match.start()):
        return CLOSED.match(text, match.end()) is not None
    if AMONG.search(text, max(0, match.start() - 4), match.start()) and PLACED.match(text, match.end()):
        return True  # 居全国74个重点城市前列
    if match.group("base") == "位":  # 居全省第4位, 居全省前3位 are ranks
        return False
    blotted = match.group("digits") is None and any(c in BLOTS for c in match.group("number"))
    return blotted and not match.group("scale") and match.group("base") not in BLOTTED_BASES
