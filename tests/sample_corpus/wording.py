"""A fact as a sentence of a report: the notes' short forms written out, the figures as precise as they are known."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from tests.sample_corpus.facts import Fact

# A note's short forms and what a report would write. The first that fits a place is taken.
_LONG = (
    (r"规上工业产值|规上产值", "规模以上工业总产值"),
    (r"规上工业单位增加值", "规模以上工业单位增加值"),
    (r"规上工业增加值", "规模以上工业增加值"),
    (r"规上增加值", "规模以上工业增加值"),
    (r"规上", "规模以上"),
    (r"规模工业产值", "规模以上工业总产值"),
    (r"固投", "固定资产投资"),
    (r"(?:一般|(?<!公共))预算收入", "一般公共预算收入"),
    (r"GDP\s?", "地区生产总值"),
    (r"(?<!两)高企", "高新技术企业"),
    (r"科小", "科技型中小企业"),
    (r"战新(?:产业)?", "战略性新兴产业"),
    (r"三产", "第三产业"),
    (r"实际外资|实际使用外资", "实际利用外资"),
    (r"实到外资|外资实到", "实际到位外资"),
    (r"内资到位", "到位内资"),
    (r"社零总额|社零(?=额?\d|增|按)", "社会消费品零售总额"),
    (r"(?<!全社会)研发(?:投入)?强度|研发(?:投入)?占比|R&D投入强度", "研发投入强度"),
    (r"(?<=[，；、])登记失业率|^登记失业率", "城镇登记失业率"),
    (r"PM2.5(?:均值|平均浓度|年均浓度|年均值)?(?=降|升|为|较)", "PM2.5平均浓度"),
    (r"优良天数(?:比例|占比|占|率)", "优良天数比例"),
    (r"技术合同(?:成交额?|登记额?|交易额?)?(?=\d|破|过|达)", "技术合同成交额"),
    (r"(?<![外贸商口])进出口(?:总额|总值)?(?=\d)", "进出口总额"),
    (r"小巨人(?:企业)?(?=累计|新增|总数)", "小巨人企业"),
    (r"(?<![规模纳])民生支出占(?=\d)", "民生支出占比"),
    (r"年均增(?=\d)", "年均增长"),
    (r"平均增(?=\d)", "平均增长"),
    (r"(?:确保|争取|力争|预计|计划|预期)增(?=\d)", lambda match: match[0][:-1] + "增长"),
    (r"(?<!“)(十[二三四五]五)(?!”)", r"“\1”"),
)
_GROWTH = re.compile(
    r"(?:同比)?(?:(?<![新净年均累略总])增|(?<![上看])涨了?|(?<![增最生成特专])长了?|(?<![最许更])多(?=\d+(?:\.\d+)?%))(?=\d)"
)
_COMPARED = re.compile(r"(?:[比较]上年(?:同期)?|一年|全年|年内|同步|预计|平均|[也仍再只都各])$")
_NO_STOP = re.compile(r"(?<=[元个家辆吨列]|户)(?=同比增长|增长\d|占(?:全|大连|[二三四五六七八九]成)|翻番)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_QUANTITY = re.compile(
    r"(?P<about>(?:超过|超|过|约|近|逾)?)(?P<number>\d+(?:\.\d+)?)(?P<more>余|多)?(?P<unit>[万亿]?[^\d\s，。；、]{1,3})"
)
_MONEY_AFTER_COUNT = re.compile(r"(?<=[个家宗项])(?=(?:约|近|超|逾)?(\d+(?:\.\d+)?)亿(?:元|美元))")
_BARE = (
    "增速",
    "占比",
    "排名",
    "比例",
    "连续",
    "同比",
    "占全市",
    "占全省",
    "增幅",
    "目标",
    "提升",
    "上升",
    "提高",
    "下降",
    "两年均速",
)
_TENTHS = {"万美元": ("亿美元", 10_000), "万元": ("亿元", 10_000)}


@cache
def _own_words() -> dict[str, str]:
    """wording.tsv: facts whose note had to be said anew by hand."""
    with Path(__file__).with_name("wording.tsv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["sentence"] for row in csv.DictReader(file, delimiter="\t")}


def sentence(fact: Fact) -> str:
    """One sentence with its full stop."""
    by_hand = _own_words().get(fact.id)
    if by_hand:
        return by_hand.rstrip("。") + "。"
    text = _full_width(fact.gist)
    text = _precise(text, fact)
    for short, long in _LONG:
        text = re.sub(short, long, text)
    text = _GROWTH.sub(lambda found: _grown(found, text, fact), text)
    text = _NO_STOP.sub("，", text)
    text = _MONEY_AFTER_COUNT.sub("、金额", text)
    text = re.sub(r"(?<=.)[快微猛](?=(?:同比)?增长)|(?<=上年)同期(?=同比)", "", text)
    return text.rstrip("。") + _left_over(text, fact) + "。"


def _grown(found: re.Match[str], text: str, fact: Fact) -> str:
    """增 as a report writes it: 同比 only where the text has not said already against what."""
    before = text[: found.start()]
    bare = fact.status == "计划" or "五年" in text or "-" in fact.period or _COMPARED.search(before)
    return "增长" if bare else "同比增长"


def _full_width(text: str) -> str:
    text = re.sub(r"\((?=[\u4e00-\u9fff“])", "（", text)
    text = re.sub(r"(?<=（)([^()（）]*)\)", r"\1）", text)
    return text.translate(str.maketrans(",;:", "，；：")).replace("？", "")


def _precise(text: str, fact: Fact) -> str:
    """超过2900亿元 becomes 2907亿元 where the fact knows that."""
    figures = {(number(figure.value), figure.unit) for figure in fact.figures}
    for value, unit in ((figure.value, figure.unit) for figure in fact.figures):
        if isinstance(value, str) or number(value) in _NUMBER.findall(text):
            continue
        for found in _QUANTITY.finditer(text):
            printed = float(found["number"])
            same_unit = found["unit"].startswith(unit)
            if (found["number"], unit) in figures or not printed:
                continue
            larger = _TENTHS.get(unit)
            if same_unit and abs(printed - value) <= 0.05 * value:
                return _precise(
                    text[: found.start()] + number(value) + text[found.end("number") + len(found["more"] or "") :], fact
                )
            if larger and found["unit"].startswith(larger[0]) and abs(printed * larger[1] - value) <= 0.02 * value:
                end = found.start("unit") + len(larger[0])
                return _precise(text[: found.start()] + number(value) + unit + text[end:], fact)
    return text


def _left_over(text: str, fact: Fact) -> str:
    """The figures that the note's words do not give, each behind its name. A name that says nothing alone (增速) is
    left out, and so is a figure the words give in another spelling."""
    said = set(_NUMBER.findall(text))
    more = [
        f"{written(name)}{number(value)}{unit}"
        for name, value, unit in ((figure.name, figure.value, figure.unit) for figure in fact.figures)
        if number(value) not in said
        and not _told(written(name), text)
        and not name.startswith(_BARE)
        and len(name) >= 3
        and _plain(name, unit)
    ]
    return "".join(f"，{one}" for one in more)


def _told(name: str, text: str) -> bool:
    """Whether the text speaks of it already, though not in these figures (上门六十余次 for 上门服务60次)."""
    pairs = {name[at : at + 2] for at in range(len(name) - 1)} - {
        "产值",
        "项目",
        "投资",
        "企业",
        "总额",
        "收入",
        "亿元",
        "工业",
    }
    return any(pair in text for pair in pairs)


def _plain(name: str, unit: str) -> bool:
    return (
        not re.search(r"\d|首批|次批|上限|下限|门槛|扩区", name)
        and bool(unit)
        and not re.search(r"增速|占|涨|幅", name)
    )


def written(name: str) -> str:
    """The name of a figure as a report writes it."""
    for short, long in _LONG:
        name = re.sub(short, long, name)
    return name


def number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"
